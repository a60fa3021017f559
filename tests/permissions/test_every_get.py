"""Every page in every face, for everybody: what they may not read does not exist, nor its words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import BuildError

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.needed.models import Question
from discussion.reach.publications.models import Publication
from discussion.series.series.models import Series
from discussion.weighing.rounds.models import Round
from tests.conftest import sign_in, words_of
from tests.permissions.addresses import Address, addresses, speaks_in_fragments
from tests.permissions.people import LETTERS
from tests.permissions.world import MARK, World

RIGHTS: dict[type[Any], May] = {
    Series: May.READ_SERIES,
    Thread: May.READ_THREAD,
    Publication: May.READ_PUBLICATION,
    Position: May.READ_POSITION,
    Response: May.READ_RESPONSE,
    EvidenceItem: May.READ_ITEM,
    Decision: May.READ_STATEMENT,
    Round: May.READ_ROUND,
}
FACES: dict[str, tuple[str, dict[str, str]]] = {
    "page": ("", {}),
    "json": (".json", {}),
    "fragment": ("", {"X-Fragment": "1"}),
}
OWN_LISTS = (
    "positions.mine",
    "reports.own",
)  # what one wrote stays in one's own list whatever became of it
WORDS = re.compile(rf"{MARK}\d{{4}}w")
MANY = 900  # answers that one person is given at least


MEETING = "kxo"  # who together meet every word


@dataclass(frozen=True)
class Answer:
    """What one person was answered at one address in one face."""

    address: Address
    face: str
    status: int
    words: frozenset[str]
    is_nothing: bool  # 404, or what is said of something that was never there


Walking = Callable[[str], list[Answer]]


@pytest.fixture(scope="module")
def walk(walked: Flask, world: World) -> Walking:
    """Every address in every face, asked once by each kind of person."""

    @cache
    def go(letter: str) -> list[Answer]:
        client = walked.test_client()
        if letter != "v":
            sign_in(client, world.people[letter])
        return list(_answers(walked, world, client))

    return go


@pytest.mark.parametrize(
    "letter",
    [
        pytest.param(one, marks=pytest.mark.xdist_group("meeting") if one in MEETING else ())
        for one in LETTERS
    ],
)
def test_nobody_reads_what_is_not_for_them(
    walk: Walking, world: World, viewers: dict[str, Viewer | None], letter: str
) -> None:
    who = viewers[letter]
    may_read = {word: rule(who) for word, rule in world.marks.items()}
    answers, wrong = walk(letter), []
    for one in answers:
        address = one.address
        shown = (
            may_read[str(row.text)] if isinstance(row, Question)  # as much as all its origins
            else allowed(who, RIGHTS[type(row)], row)
            for row in address.subjects
        )  # fmt: skip
        is_hidden = not all(shown)
        if is_hidden and not one.is_nothing:
            wrong.append(f"{one.status} instead of 404: {one.face} of {_say(address)}")
        leaked = {word for word in one.words if not may_read[word]}
        if address.rule.endpoint in OWN_LISTS and who is not None:
            leaked -= {word for word in leaked if who.person_id in world.own.get(word, ())}
        if leaked:
            wrong.append(f"{sorted(leaked)} in the {one.face} of {_say(address)}")
        if one.status >= 500:
            wrong.append(f"{one.status}: {one.face} of {_say(address)}")
    assert len(answers) > MANY
    assert not wrong, f"{len(wrong)} for {letter}:\n" + "\n".join(wrong[:30])


@pytest.mark.xdist_group("meeting")
def test_the_walk_meets_every_word(walk: Walking, world: World) -> None:
    """Words that nobody meets anywhere would prove nothing."""
    met = {
        word
        for letter in MEETING
        for one in walk(letter)
        if one.face == "page"
        for word in one.words
    }
    names = {person.display_name for person in world.people.values()}
    missed = set(world.marks) - met - names - world.never
    assert not missed, sorted(missed)


def test_an_address_that_was_copied_badly_tells_nothing_of_what_there_is(
    walked: Flask, world: World
) -> None:
    """Whatever became of it, and whether there ever was such a thing, it leads on alike."""
    client = walked.test_client()
    outcomes: dict[str, set[tuple[int, bool]]] = {}
    for address in addresses(walked, world, "GET"):
        for each in (address, _absent(address)):
            path = each.path(walked)
            for asked in (f"{path}.", f"/{path[1:].upper()}"):
                if path.startswith("/dev/") or path == "/":
                    continue
                answered = client.get(asked)
                seen = (answered.status_code, answered.location == path)
                outcomes.setdefault(f"{address.rule.rule} {asked[-1] == '.'}", set()).add(seen)
    told = {rule: found for rule, found in outcomes.items() if len(found) > 1}
    assert not told
    assert sum(found == {(308, True)} for found in outcomes.values()) > len(outcomes) / 2


def _absent(address: Address) -> Address:
    """The same, of something that was never there."""
    absent = {name: "bcdfghjkmn" if isinstance(value, str) and name != "kind" else value
              for name, value in address.values.items()}  # fmt: skip
    return Address(address.rule, absent, ())


def _answers(app: Flask, world: World, client: FlaskClient) -> Iterator[Answer]:
    nothing = _Nothing(app, client)
    for address in addresses(app, world, "GET"):
        path = address.path(app)
        for face, (suffix, headers) in FACES.items():
            if headers and not speaks_in_fragments(app, str(address.rule.endpoint)):
                continue
            answered = client.get(path + suffix, headers=headers)
            yield Answer(
                address,
                face,
                answered.status_code,
                frozenset(WORDS.findall(words_of(answered))),
                nothing.is_said(address, face, answered),
            )


class _Nothing:
    """What one person is told of things that were never there: the same of all at one route."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self._app, self._client = app, client
        self._known: dict[tuple[str, str], tuple[int, bool] | None] = {}

    def is_said(self, address: Address, face: str, answered: Any) -> bool:
        """404, or word for word what is said of something that was never there."""
        if answered.status_code not in (303, 401, 403):
            return bool(answered.status_code == 404)
        return self._ask(address, face) == (answered.status_code, answered.location is None)

    def _ask(self, address: Address, face: str) -> tuple[int, bool] | None:
        suffix, headers = FACES[face]
        try:
            asked = _absent(address).path(self._app) + suffix, face
        except BuildError:
            return None
        if asked not in self._known:
            said = self._client.get(asked[0], headers=headers)
            self._known[asked] = said.status_code, said.location is None
        return self._known[asked]


def _say(address: Address) -> str:
    states = [
        f"{type(row).__name__} {getattr(row, 'state', getattr(row, 'stage', ''))}"
        f"{' hidden' if getattr(row, 'is_hidden', False) else ''}"
        f" in {_series_of(row).status}/{_series_of(row).visibility}"
        for row in address.subjects
    ]
    return f"{address.rule.rule} ({address.rule.endpoint}; {', '.join(states)})"


def _series_of(row: Any) -> Series:
    from discussion.permissions.facts import series_of

    return series_of(row)
