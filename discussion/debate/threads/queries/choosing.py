"""Regrouping and filtering a thread's positions, as plain links that combine."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from discussion import paths
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.gists import Gist, Standing
from discussion.debate.threads.queries.shapes import (
    Choice,
    ContentsLine,
    Filter,
    Group,
    Scale,
)
from discussion.debate.threads.words import FILTERS, GROUPINGS, NO_STUDY, ORDERS, PAGE_SIZE
from discussion.language import _
from discussion.vocabulary import Vocabulary

ANCHOR = "#positions"
LAST = 99
LONGEST_AT = 4


@dataclass(frozen=True)
class Heading:
    """Under what a position stands; headings come in the order of `rank`, then of their words."""

    rank: int
    words: str


@dataclass(frozen=True)
class Chosen:
    """What the address asks for."""

    slug: str
    group: str
    filters: Mapping[str, str]
    vocabulary: Vocabulary
    full: str  # "1" where every card comes with its reasoning
    at: str = ""  # a place on the map, as `mapping.cells_of` names it

    def url(self, **changes: str) -> str:
        """The same page with these changes; an empty string takes a choice away."""
        query = {"group": self.group, "full": self.full, "at": self.at, **self.filters} | changes
        kept = {name: value for name, value in query.items() if value}
        return paths.thread(self.slug, **kept) + ANCHOR


def choose(
    slug: str, group: str, filters: Mapping[str, str], vocabulary: Vocabulary, *, is_full: bool
) -> Chosen:
    """The choices that exist; anything else in the address is left out."""
    known = {name: filters[name] for name in FILTERS if filters.get(name)}
    grouped = group if group in (*GROUPINGS, *ORDERS) else ""
    at = filters.get("at", "")[:LONGEST_AT]
    return Chosen(slug, grouped, known, vocabulary, "1" if is_full else "", at)


def keep_chosen(
    cards: Iterable[Standing], filters: Mapping[str, str], vocabulary: Vocabulary
) -> list[Standing]:
    """The published positions that meet every filter; with no filter, tombstones as well."""
    if not filters:
        return list(cards)
    return [
        card
        for card in cards
        if card.state == "published"
        and all(value in _TERMS[name](card, vocabulary) for name, value in filters.items())
    ]


def make_groups(
    cards: Sequence[Standing],
    group: str,
    *,
    scale: Scale | None,
    families: Mapping[str, str],
    headings: Mapping[str, tuple[int, str]],
    vocabulary: Vocabulary,
) -> list[tuple[str, Standing]]:
    """Every card with its heading, in the order of the headings; within one, as before.

    `families` are the role families by card id, as far as each attribution allows. Tombstones have
    nothing to be grouped by, so only the moderators' order shows them, under `headings` of theirs;
    what stands under none of them comes first.
    """
    if not group:
        first = (-1, "")
        ordered = sorted(cards, key=lambda card: headings.get(card.id, first))
        return [(headings.get(card.id, first)[1], card) for card in ordered]
    shown = [card for card in cards if card.state == "published"]
    named = {card.id: _heading(card, group, scale, families, vocabulary) for card in shown}
    sizes: dict[str, int] = {}
    for heading in named.values():
        sizes[heading.words] = sizes.get(heading.words, 0) + 1
    ordered = sorted(
        shown,
        key=lambda card: (
            named[card.id].rank,
            -sizes[named[card.id].words],
            named[card.id].words,
        ),
    )
    return [(named[card.id].words, card) for card in ordered]


def as_groups(
    titled: Iterable[tuple[str, Card]], *, is_moderators: bool = False
) -> tuple[Group, ...]:
    """Neighbours under one heading put together."""
    groups: list[tuple[str, list[Card]]] = []
    for title, card in titled:
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(card)
    return tuple(
        Group(title, tuple(cards), is_moderators and bool(title)) for title, cards in groups
    )


def list_groupings(chosen: Chosen, *, has_scale: bool, is_long: bool) -> tuple[Choice, ...]:
    """The ways to group or order positions; by strategy only where the thread has a scale."""
    ways = GROUPINGS | (ORDERS if is_long else {})
    return tuple(
        Choice(slug, str(label), chosen.url(group=slug), slug == chosen.group)
        for slug, label in ways.items()
        if has_scale or slug != "strategy"
    )


def put_in_order(gists: Sequence[Gist], order: str) -> list[tuple[str, Gist]]:
    """Those that are shown as text, the newest or the most answered first, under no heading.

    Of one day, and of as many answers, they stand in the order of their random ids: an order tells
    no more of time than dates do.
    """
    shown = sorted((one for one in gists if one.state == "published"), key=lambda one: one.id)
    if order == "newest":
        return [("", one) for one in sorted(shown, key=lambda one: one.on, reverse=True)]
    return [("", one) for one in sorted(shown, key=lambda one: one.answers, reverse=True)]


def list_contents(
    titled: Sequence[tuple[str, Standing]], chosen: Chosen
) -> tuple[ContentsLine, ...]:
    """Where each heading begins, and each page: with the places, and a link to the first there."""
    lines: list[ContentsLine] = []
    for at, (title, one) in enumerate(titled):
        begins_page = at % PAGE_SIZE == 0
        if begins_page or title != titled[at - 1][0]:
            before = titled[at - at % PAGE_SIZE - 1][1].id if at >= PAGE_SIZE else ""
            url = chosen.url(after=before).removesuffix(ANCHOR) + f"#p-{one.id}"
            lines.append(ContentsLine(title, url, at + 1, at + 1))
        else:
            lines[-1] = replace(lines[-1], last=at + 1)
    return tuple(lines)


def list_filters(cards: Sequence[Standing], chosen: Chosen) -> tuple[Filter, ...]:
    """Each filter with what it would leave, the others as they are; useless ones are left out."""
    published = [card for card in cards if card.state == "published"]
    made = [_filter(name, published, chosen) for name in FILTERS]
    return tuple(each for each in made if len(each.choices) > 2 or each.name in chosen.filters)


def _filter(name: str, cards: Sequence[Standing], chosen: Chosen) -> Filter:
    others = {each: value for each, value in chosen.filters.items() if each != name}
    known = chosen.vocabulary
    rest = keep_chosen(cards, others, known)
    current = chosen.filters.get(name, "")
    own = _terms_of(name, cards, known)
    counts = Counter(slug for card in rest for slug in own[card.id])
    terms: dict[str, str] = {}
    for each in own.values():
        terms |= each
    terms.setdefault(current, current)
    choices = [Choice("", _("All"), chosen.url(**{name: ""}), not current, len(rest))]
    listed = list(_ORDERS[name](known))
    for slug in sorted(terms, key=lambda slug: (_rank(slug, listed), terms[slug])):
        count = counts[slug]
        if slug and (count or slug == current):
            url = chosen.url(**{name: slug})
            choices.append(Choice(slug, terms[slug], url, slug == current, count))
    return Filter(name, known.say(FILTERS[name]), tuple(choices))


def _terms_of(name: str, cards: Sequence[Standing], known: Vocabulary) -> dict[str, dict[str, str]]:
    """By card id: what a filter finds it by, in words; made once for all that say alike."""
    alike: dict[object, dict[str, str]] = {}
    found = {}
    for card in cards:
        key = _ALIKE[name](card)
        if key not in alike:
            alike[key] = _TERMS[name](card, known)
        found[card.id] = alike[key]
    return found


def _levels(card: Standing, known: Vocabulary) -> dict[str, str]:
    level = known.levels.get(card.level)
    return {card.level: str(level.label)} if level else {}


def _values(card: Standing, _known: Vocabulary) -> dict[str, str]:
    return {chip.slug: chip.label for chip in card.served if chip.slug}


def _kinds(card: Standing, known: Vocabulary) -> dict[str, str]:
    if not card.links:
        return {NO_STUDY: _("No study")}
    kinds = known.evidence_kinds
    return {link.kind: str(kinds[link.kind].label) for link in card.links if not link.is_hidden}


def _phases(card: Standing, known: Vocabulary) -> dict[str, str]:
    labels = known.phase_labels
    return {phase: str(labels[phase]) for phase in card.phases if phase in labels}


def _rank(slug: str, listed: Sequence[str]) -> int:
    """As the vocabulary lists them; values have no order there."""
    if not listed:
        return 0
    return listed.index(slug) if slug in listed else LAST


_TERMS: dict[str, Callable[[Standing, Vocabulary], dict[str, str]]] = {
    "level": _levels,
    "value": _values,
    "kind": _kinds,
    "phase": _phases,
}
# What of a card its terms depend on.
_ALIKE: dict[str, Callable[[Standing], object]] = {
    "level": lambda card: card.level,
    "value": lambda card: tuple((chip.slug, chip.label) for chip in card.served),
    "kind": lambda card: tuple((link.kind, link.is_hidden) for link in card.links),
    "phase": lambda card: tuple(card.phases),
}
_ORDERS: dict[str, Callable[[Vocabulary], Iterable[str]]] = {
    "level": lambda known: known.levels,
    "value": lambda _known: (),
    "kind": lambda known: known.evidence_kinds,
    "phase": lambda known: known.phases,
}


def _heading(
    card: Standing,
    group: str,
    scale: Scale | None,
    families: Mapping[str, str],
    vocabulary: Vocabulary,
) -> Heading:
    if group == "role":
        return _by_role(card, families)
    if group == "strategy":
        return _by_strategy(card, scale)
    return _HEADINGS[group](card, vocabulary)


def _by_strategy(card: Standing, scale: Scale | None) -> Heading:
    """The nearest step of the thread's first scale."""
    for place in card.places:
        if scale is not None and place.scale == scale.slug:
            return Heading(round(place.at * 4), place.words)
    return Heading(LAST, _("Not placed on this scale"))


def _by_value(card: Standing, _known: Vocabulary) -> Heading:
    if not card.served:
        return Heading(LAST, _("No value"))
    return Heading(0, card.served[0].label)


def _by_evidence(card: Standing, known: Vocabulary) -> Heading:
    """The kind of the first item that supports it, else of the first that bears on it at all."""
    shown = [link for link in card.links if not link.is_hidden]
    supporting = [link for link in shown if link.stance == "supports"]
    for link in (*supporting, *shown):
        kinds = known.evidence_kinds
        return Heading(list(kinds).index(link.kind), str(kinds[link.kind].label))
    return Heading(LAST, card.links[0].title if card.links else _("No study"))


def _by_level(card: Standing, known: Vocabulary) -> Heading:
    levels = known.levels
    if card.level not in levels:
        return Heading(LAST, _("No level"))
    return Heading(list(levels).index(card.level), str(levels[card.level].label))


def _by_role(card: Standing, families: Mapping[str, str]) -> Heading:
    words = families.get(card.id, "")
    return Heading(0, words) if words else Heading(LAST, _("Contributor"))


_HEADINGS: dict[str, Callable[[Standing, Vocabulary], Heading]] = {
    "value": _by_value,
    "evidence": _by_evidence,
    "level": _by_level,
}
