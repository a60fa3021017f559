"""What positions say together, from their tags and links alone: never from private answers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from discussion.analysis.crossings import Crossing as Found
from discussion.analysis.crossings import Stated, find_crossings, find_opposed_items
from discussion.debate.positions.queries.gists import Standing
from discussion.debate.threads.queries.mapping import MOST_KEPT, value_key
from discussion.debate.threads.queries.shapes import Crossing, Map, Marker
from discussion.debate.threads.words import POSITIONS
from discussion.language import _, _n

LEAST_SHARED = 2  # a value served once is not "served most"
MOST_MARKS = 4


def leading_sentence(cards: Sequence[Standing]) -> str:
    """How many positions, the values they serve most, and what is cited in opposite ways."""
    if not cards:
        return ""
    if len(cards) == 1:
        return _one_position(cards[0])
    parts = [_counted(len(cards)), _most_served(cards)]
    opposed = _count_opposed(tuple(cards))
    if opposed:
        parts.append(
            _n(
                "one piece of evidence is cited in opposite ways",
                "%(num)s pieces of evidence are cited in opposite ways",
                opposed,
            )
        )
    return _("; ").join(parts) + _(".")


def basis(cards: Sequence[Standing]) -> str:
    """What the sentence rests on, in numbers."""
    if not cards:
        return _("Nothing has been said yet.")
    served = sum(len(card.served) for card in cards)
    links = sum(len(card.links) for card in cards)
    return _(
        "Based on %(positions)s, %(values)s and %(links)s.",
        positions=_n("one position", "%(num)s positions", len(cards)),
        values=_n("one value served", "%(num)s values served", served),
        links=_n("one link to evidence", "%(num)s links to evidence", links)
        if links
        else _("no links to evidence"),
    )


def crossings(cards: Sequence[Standing], on_map: Map) -> tuple[Crossing, ...]:
    """The lines of "what parts the positions"."""
    marks = {mark.id: mark for mark in (*on_map.marks, *on_map.unplaced)}
    names = _names(cards, on_map)
    return tuple(
        Crossing(found.kind, _sentence(found, names), _marks_of(found, marks))
        for found in _found(tuple(cards))
        if found.kind != "means" or found.about in names
    )


@lru_cache(maxsize=MOST_KEPT)
def _found(cards: tuple[Standing, ...]) -> tuple[Found, ...]:
    return find_crossings(_stated(cards))


@lru_cache(maxsize=MOST_KEPT)
def _count_opposed(cards: tuple[Standing, ...]) -> int:
    return len(find_opposed_items(_stated(cards)))


def _one_position(card: Standing) -> str:
    if not card.served:
        return _("One position so far.")
    return _("One position so far; it puts %(value)s first.", value=_lower(card.served[0].label))


def _counted(number: int) -> str:
    if number in POSITIONS:
        return str(POSITIONS[number])
    return _n("%(num)s position", "%(num)s positions", number)


def _most_served(cards: Sequence[Standing]) -> str:
    """One value or two, if they stand out; else that none does."""
    labels = {value_key(chip): chip.label for card in cards for chip in card.served}
    counts = Counter(value_key(chip) for card in cards for chip in card.served)
    ranked = sorted(counts, key=lambda key: (-counts[key], labels[key]))
    often = [key for key in ranked if counts[key] >= LEAST_SHARED]
    if not often:
        return _("no value is served by more than one of them")
    for many in (1, 2):
        rest = counts[ranked[many]] if len(ranked) > many else 0
        if len(often) >= many and counts[ranked[many - 1]] > rest:
            return _served(labels, ranked[:many])
    return _("no value is served more than the others")


def _served(labels: Mapping[str, str], keys: Sequence[str]) -> str:
    first = _lower(labels[keys[0]])
    if len(keys) == 1:
        return _("%(value)s is served most", value=first)
    return _("%(value)s and %(other)s are served most", value=first, other=_lower(labels[keys[1]]))


def _stated(cards: Sequence[Standing]) -> list[Stated]:
    """Retracted items are left out: they no longer part anybody. So are hidden ones."""
    return [
        Stated(
            key=card.id,
            served=tuple(value_key(chip) for chip in card.served),
            outweighed=tuple(value_key(chip) for chip in card.outweighed),
            stances=frozenset(
                (link.item_url, link.stance)
                for link in card.links
                if link.status != "retracted" and not link.is_hidden
            ),
            places={place.scale: place.at for place in card.places},
        )
        for card in cards
    ]


def _names(cards: Sequence[Standing], on_map: Map) -> dict[str, tuple[str, str]]:
    """What each value, item and scale is called; a scale by its two ends."""
    chips = [chip for card in cards for chip in (*card.served, *card.outweighed)]
    links = [link for card in cards for link in card.links]
    scales = [scale for scale in (on_map.up, on_map.across) if scale is not None]
    return (
        {value_key(chip): (chip.label, "") for chip in chips}
        | {link.item_url: (link.source or link.title, "") for link in links}
        | {scale.slug: (scale.low, scale.high) for scale in scales}
    )


def _sentence(found: Found, names: Mapping[str, tuple[str, str]]) -> str:
    name, far_end = names[found.about]
    if found.kind == "means":
        return _("%(low)s, or %(high)s?", low=_lower(name), high=_lower(far_end))
    if found.kind == "fact":
        return _("%(source)s supports some, and qualifies or contradicts others", source=name)
    if found.other:
        return _(
            "%(value)s, or %(other)s?", value=_lower(name), other=_lower(names[found.other][0])
        )
    return _("%(value)s: put first by some, outweighed by others", value=_lower(name))


def _marks_of(found: Found, marks: Mapping[str, Marker]) -> tuple[Marker, ...]:
    """Some of each side, in the order of their numbers."""
    half = MOST_MARKS // 2
    here = sorted((marks[key] for key in found.here), key=lambda mark: mark.number)
    there = sorted((marks[key] for key in found.there), key=lambda mark: mark.number)
    shown = {mark.id: mark for mark in (*here[:half], *there[:half])}
    return tuple(sorted(shown.values(), key=lambda mark: mark.number))


def _lower(label: str) -> str:
    """The label inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
