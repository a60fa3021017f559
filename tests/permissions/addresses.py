"""Every address of the site, with the rows that its parameters can name.

A route with a parameter that is not known here fails the walk: say in FILL what to fill it with,
and whose right to read it asks for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from tests.permissions.world import World

NOWHERE = ("/static/", "/healthz", "/readyz", "/statusz", "/metrics")


@dataclass(frozen=True)
class Address:
    """A filled route; `subjects` are the rows that it names, outermost first."""

    rule: Rule
    values: dict[str, Any]
    subjects: tuple[Any, ...]

    def path(self, app: Flask) -> str:
        method = "POST" if "POST" in (self.rule.methods or ()) else "GET"
        adapter = app.url_map.bind("localhost")
        return str(adapter.build(self.rule.endpoint, self.values, method=method))


def speaks_in_fragments(app: Flask, endpoint: str) -> bool:
    """Whether a route looks at who asks; to all others a script's request is like any other."""
    view = app.view_functions[endpoint]
    return "wants_fragment" in vars(import_module(view.__module__))


Filling = tuple[Any, Any]  # the parameter's value, the row it names or None
Fill = Callable[[World, tuple[Any, ...]], list[Filling]]


def _series(world: World, _before: tuple[Any, ...]) -> list[Filling]:
    return [(row.slug, row) for row in world.series]


def _threads(world: World, _before: tuple[Any, ...]) -> list[Filling]:
    return [(row.slug, row) for row in world.threads]


def _positions(world: World, before: tuple[Any, ...]) -> list[Filling]:
    rows = [row for row in world.positions if not before or row.thread is before[-1]]
    return [(row.public_id, row) for row in rows]


def _versions(_world: World, before: tuple[Any, ...]) -> list[Filling]:
    """Every version that a position ever showed; the first where it showed none."""
    shown = [one.version for one in before[-1].revisions if one.version is not None]
    return [(number, None) for number in shown or [1]]


def _responses(world: World, before: tuple[Any, ...]) -> list[Filling]:
    return [(row.public_id, row) for row in world.responses if row.position is before[-1]]


def _items(world: World, before: tuple[Any, ...]) -> list[Filling]:
    return [(row.public_id, row) for row in world.items if row.series is before[-1]]


def _contributions(world: World, before: tuple[Any, ...]) -> list[Filling]:
    rows = world.positions if before[-1] == "positions" else world.responses
    return [(row.public_id, row) for row in rows]


def _written(world: World, before: tuple[Any, ...]) -> list[Filling]:
    """What moderators may take words out of, and whose authors they may ask something of.

    The right is that of moderating the series, whatever the state: some of each are enough.
    """
    if not before:
        return [("bcdfghjkmn", None)]
    rows: dict[str, list[Any]] = {
        "positions": world.positions, "responses": world.responses, "evidence": world.items,
        "threads": world.threads,
    }  # fmt: skip
    if before[-1] == "lookings":
        return [("bcdfghjkmn", None)]
    if before[-1] == "statements":
        return [(row.public_id, None) for row in world.statements]
    some = dict.fromkeys([*rows[before[-1]][:2], *rows[before[-1]][-2:]])
    return [(row.public_id, row) for row in some]


def _reported(world: World, before: tuple[Any, ...]) -> list[Filling]:
    """Everything that people wrote, by its kind; one response in each state."""
    rows: dict[str, list[Any]] = {
        "position": world.positions,
        "response": list({row.state: row for row in world.responses}.values()),
        "evidence": world.items,
        "thread": world.threads,
    }
    if before[-1] == "person":
        return [(world.people[letter].public_id, None) for letter in "ao"]
    if before[-1] == "looking":
        return [("bcdfghjkmn", None)]  # nobody looks into anything here
    if before[-1] == "statement":
        return [(row.public_id, None) for row in world.statements]
    return [(row.public_id, row) for row in rows[before[-1]]]


def _statements(world: World, before: tuple[Any, ...]) -> list[Filling]:
    """Drafts are for moderators, and for who is asked about them: the words tell."""
    return [(row.public_id, None) for row in world.statements if row.thread is before[-1]]


def _one_of(*values: Any) -> Fill:
    return lambda _world, _before: [(value, None) for value in values]


def _of_series(find: Callable[[Any], str]) -> Fill:
    return lambda _world, before: [(find(before[-1]), None)]


_FIRST_VALUE = _of_series(lambda series: series.values[0].slug)
_PERSON: Fill = lambda world, _before: [  # noqa: E731
    (row.public_id, None) for row in world.people.values()
]

# (the beginning of the rule, its parameter) → what to fill in; the longest beginning counts
FILL: dict[tuple[str, str], Fill] = {
    ("/series/", "slug"): _series,
    ("/series/", "theme"): _of_series(lambda series: series.themes[0].slug),
    ("/series/", "row"): lambda _world, before: [
        (row.slug, None)
        for rows in (before[0].themes, before[0].scales, before[0].reasons)
        for row in rows[:1]
    ],
    ("/series/", "person"): lambda world, _before: [(world.people["c"].public_id, None)],
    ("/series/", "invitation"): _one_of("bcdfghjkmn"),
    ("/series/", "proposal"): _one_of("bcdfghjkmn"),
    ("/series/", "value"): _FIRST_VALUE,
    ("/values/", "slug"): _series,
    ("/values/", "value"): _FIRST_VALUE,
    ("/evidence/", "slug"): _series,
    ("/transparency/", "slug"): _series,
    ("/feeds/series/", "slug"): _series,
    ("/feeds/series/", "theme"): _of_series(lambda series: series.themes[0].slug),
    ("/feeds/series/", "value"): _FIRST_VALUE,
    ("/feeds/series/", "public_id"): _items,
    ("/feeds/threads/", "slug"): _threads,
    ("/pictures/icon-", "size"): _one_of(192),
    ("/embed/threads/", "slug"): _threads,
    ("/embed/findings/", "slug"): _threads,
    ("/embed/positions/", "public_id"): _positions,
    ("/embed/publications/", "slug"): _series,
    ("/embed/publications/", "publication"): lambda world, before: [
        (row.slug, row) for row in world.publications if row.series is before[0]
    ],
    ("/cite/", "format"): _one_of("bib", "csl"),
    ("/cite/threads/", "slug"): _threads,
    ("/cite/findings/", "slug"): _threads,
    ("/cite/findings/", "number"): _one_of(1),
    ("/cite/positions/", "public_id"): _positions,
    ("/cite/positions/", "version"): _versions,
    ("/cite/evidence/", "slug"): _series,
    ("/cite/evidence/", "public_id"): _items,
    ("/cite/publications/", "slug"): _series,
    ("/cite/publications/", "number"): _one_of(1),
    ("/cite/publications/", "publication"): lambda world, before: [
        (row.slug, row) for row in world.publications if row.series is before[0]
    ],
    ("/embed/card-", "digest"): _one_of("0123456789ab"),
    ("/pictures/series/", "slug"): _series,
    ("/pictures/threads/", "slug"): _threads,
    ("/pictures/positions/", "public_id"): _positions,
    ("/pictures/findings/", "slug"): _threads,
    ("/sitemaps/", "number"): _one_of(1),
    ("/duties/", "kind"): _one_of("accountable-person", "illegal-content-risk-assessment"),
    ("/duties/", "version"): _one_of(1),
    ("/evidence/", "public_id"): _items,
    ("/rounds/", "slug"): _threads,
    ("/rounds/", "public_id"): _statements,
    ("/rounds/", "act"): _one_of("reword", "retire", "up"),
    ("/threads/", "slug"): _threads,
    ("/threads/", "act"): _one_of("edit", "hide", "open", "pin"),
    ("/threads/", "number"): _one_of(1),
    ("/threads/", "note_id"): _one_of(1),
    ("/threads/", "heading_id"): _one_of(1),
    ("/threads/", "related_id"): _one_of(1),
    ("/threads/warnings/", "token"): _one_of("not-a-token"),
    ("/notices/stop/", "token"): _one_of("not-a-token"),
    ("/threads/", "public_id"): _positions,
    ("/threads/", "regrouping"): _one_of("bcdfghjkmn"),
    ("/threads/propose/", "series"): _series,
    ("/rounds/", "number"): lambda world, before: [
        (row.number, row) for row in world.rounds if row.thread is before[-1]
    ],
    ("/positions/", "public_id"): _positions,
    ("/positions/", "scale"): _one_of("requirement"),
    ("/positions/", "version"): _versions,
    ("/positions/", "response_id"): _responses,
    ("/positions/write/", "thread"): _threads,
    ("/moderation/batch/", "batch"): _one_of("bcdfghjkmn"),
    ("/moderation/<kind>/", "kind"): _one_of("positions", "responses"),
    ("/moderation/<kind>/", "public_id"): _contributions,
    ("/moderation/positions/", "public_id"): _positions,
    ("/moderation/values/", "public_id"): _one_of("bcdfghjkmn"),
    ("/accounts/people/", "public_id"): _PERSON,
    ("/accounts/sessions/", "public_id"): _one_of("bcdfghjkmn"),
    ("/accounts/move/", "public_id"): _one_of("bcdfghjkmn"),
    ("/accounts/series/", "slug"): _series,
    ("/accounts/sent/", "kind"): _one_of("sign-up", "reset"),
    ("/accounts/", "token"): _one_of("not-a-token"),
    ("/invitations/", "secret"): _one_of("not-a-secret"),
    ("/kept/", "public_id"): _one_of("bcdfghjkmn"),
    ("/rights/copies/", "public_id"): _one_of("bcdfghjkmn"),
    ("/reports/<any", "public_id"): _reported,
    ("/reports/", "public_id"): lambda world, _before: [
        (row.public_id, None) for row in world.reports
    ],
    ("/appeals/", "public_id"): lambda world, _before: [
        (row.public_id, row) for row in world.decisions
    ],
    ("/appeals/desk/", "public_id"): lambda world, _before: [
        (row.public_id, None) for row in world.appeals
    ],
    ("/sanctions/", "slug"): _series,
    ("/sanctions/", "public_id"): _written,
    ("/sanctions/lift/", "public_id"): _one_of("bcdfghjkmn"),
    ("/sanctions/members/", "series"): _series,
    ("/sanctions/members/", "person"): lambda world, _before: [(world.people["c"].public_id, None)],
    ("/levels/", "slug"): _threads,
    ("/findings/", "slug"): _threads,
    ("/findings/", "number"): _one_of(1),
    ("/publications/", "slug"): _series,
    ("/publications/", "publication"): lambda world, before: [
        (row.slug, row) for row in world.publications if row.series is before[0]
    ],
    ("/publications/", "number"): _one_of(1),
    ("/publications/", "format"): _one_of("txt", "json", "bib", "pdf"),
    ("/publications/", "quoting"): _one_of("bcdfghjkmn"),
    ("/publications/sheets/", "slug"): _threads,
    ("/publications/sheets/", "public_id"): _one_of("bcdfghjkmn"),
    ("/publications/sheets/", "link"): _one_of("0" * 32),
    ("/publications/<slug>/", "public_id"): lambda world, before: _items(world, before[:1]),
    ("/publications/quoted/", "public_id"): _one_of("bcdfghjkmn"),
    ("/needed/", "slug"): _series,
    ("/announcements/", "slug"): _series,
    ("/announcements/<slug>/", "public_id"): _one_of("bcdfghjkmn"),
    ("/practice/", "slug"): _series,
    ("/practice/<slug>/organisations/", "public_id"): _one_of("bcdfghjkmn"),
    ("/practice/runs/", "public_id"): _one_of("bcdfghjkmn"),
    ("/practice/answer/", "link"): _one_of("not-a-link"),
    ("/practice/<slug>/sector/", "number"): _one_of(1),
    ("/practice/join/", "code"): _one_of("nocode"),
    ("/webhooks/", "slug"): _series,
    ("/webhooks/<slug>/", "public_id"): _one_of("bcdfghjkmn"),
    ("/packages/", "slug"): _series,
    ("/search/series/", "slug"): _series,
    ("/search/near/", "public_id"): _positions,
    ("/packages/", "number"): _one_of(1),
    ("/needed/", "question"): lambda world, before: [
        (row.public_id, row) for row in world.questions if row.series is before[0]
    ],
    ("/needed/", "looking"): _one_of("bcdfghjkmn"),
    ("/feeds/series/", "question"): lambda world, before: [
        (row.public_id, row) for row in world.questions if row.series is before[0]
    ],
    ("/mutes/", "public_id"): _one_of("bcdfghjkmn"),
    ("/redactions/", "public_id"): _written,
    ("/dev/mail/", "name"): _one_of("1.eml"),
}


def addresses(app: Flask, world: World, method: str) -> list[Address]:
    """Every route that takes the method, filled with every row that it can name."""
    return [
        filled
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if method in (rule.methods or ()) and not rule.rule.startswith(NOWHERE)
        for filled in _fill(rule, world)
    ]


def _fill(rule: Rule, world: World) -> Iterator[Address]:
    names = _names(rule)

    def go(left: list[str], values: dict[str, Any], subjects: tuple[Any, ...]) -> Iterator[Address]:
        if not left:
            yield Address(rule, values, tuple(one for one in subjects if not isinstance(one, str)))
            return
        for value, row in _filling(rule, left[0])(world, subjects):
            known = row if row is not None else value if left[0] == "kind" else None
            more = (*subjects, known) if known is not None else subjects
            yield from go(left[1:], {**values, left[0]: value}, more)

    yield from go(names, {}, ())


def _names(rule: Rule) -> list[str]:
    """The rule's parameters in the order of the address."""
    return sorted(rule.arguments, key=lambda name: min(
        at for at in (rule.rule.find(f"<{name}>"), rule.rule.find(f":{name}>")) if at >= 0
    ))  # fmt: skip


def _filling(rule: Rule, name: str) -> Fill:
    converter = rule._converters.get(name)
    if isinstance(converter, AnyConverter):
        return _one_of(*sorted(converter.items))
    known = [key for key in FILL if key[1] == name and rule.rule.startswith(key[0])]
    if not known:
        raise AssertionError(
            f"The walk does not know what <{name}> of {rule.rule} names: add it to FILL in"
            f" {__name__}, so that the page is tried by everybody who may not see it."
        )
    return FILL[max(known, key=lambda key: len(key[0]))]
