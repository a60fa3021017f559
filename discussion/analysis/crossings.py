"""Where positions cross: an end, a fact or a means, from their tags, links and places alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

NEAR_AN_END = 0.25
MOST_OF_A_KIND = 2


@dataclass(frozen=True)
class Stated:
    """What one position says that can cross with what another says."""

    key: str
    served: tuple[str, ...]  # by rank
    outweighed: tuple[str, ...] = ()
    stances: frozenset[tuple[str, str]] = frozenset()  # (item, stance)
    places: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Crossing:
    """`about` is a value (with `other`, the value put first against it), an item or a scale."""

    kind: Literal["end", "fact", "means"]
    about: str
    other: str
    here: tuple[str, ...]  # keys: put it first, cite it in support, stand near its low end
    there: tuple[str, ...]  # keys: outweigh it, cite it otherwise, stand near its high end
    is_mutual: bool = False  # of an end: each side outweighs what the other puts first


def find_crossings(positions: Iterable[Stated]) -> tuple[Crossing, ...]:
    """At most two ends, two facts and two means; those that most positions are part of first.

    * An **end**: some put a value first that others say they outweigh. It is weighed with the value
      that those others put first and that the some outweigh in turn, which comes before other
      ends; else with the one that the others put first more often than any other.
    * A **fact**: the same item is cited in support of some positions, and as qualifying or
      contradicting others. Background does not count.
    * A **means**: on one scale some stand within a step of one end and some of the other.

    Source: our own.
    """
    ordered = sorted(positions, key=lambda one: one.key)
    found = (_ends(ordered), find_opposed_items(ordered), _means(ordered))
    return tuple(each for kind in found for each in _clearest(kind)[:MOST_OF_A_KIND])


def find_opposed_items(positions: Iterable[Stated]) -> list[Crossing]:
    """Every item that is cited in opposite ways, by key. Source: our own."""
    citing: dict[str, dict[bool, list[str]]] = defaultdict(lambda: {True: [], False: []})
    for one in sorted(positions, key=lambda one: one.key):
        for item, stance in sorted(one.stances):
            if stance != "background" and one.key not in citing[item][stance == "supports"]:
                citing[item][stance == "supports"].append(one.key)
    return [
        Crossing("fact", item, "", tuple(keys[True]), tuple(keys[False]))
        for item, keys in citing.items()
        # One position may cite an item both ways; it takes two positions to cross.
        if keys[True] and keys[False] and len({*keys[True], *keys[False]}) > 1
    ]


def _ends(positions: list[Stated]) -> list[Crossing]:
    found = []
    seen: set[frozenset[str]] = set()
    for value in sorted({one.served[0] for one in positions if one.served}):
        here = [one for one in positions if one.served[:1] == (value,)]
        there = [one for one in positions if value in one.outweighed]
        other, is_mutual = _weighed_with(here, there)
        ends = frozenset({value, other})
        if not there or ends in seen:
            continue
        seen.add(ends)
        found.append(Crossing("end", value, other, _keys(here), _keys(there), is_mutual))
    return found


def _weighed_with(here: list[Stated], there: list[Stated]) -> tuple[str, bool]:
    """The value on the other side of an end, and whether it is outweighed in turn."""
    firsts = Counter(one.served[0] for one in there if one.served)
    back = {value: sum(value in one.outweighed for one in here) for value in firsts}
    ranked = sorted(firsts, key=lambda value: (-back[value], -firsts[value], value))
    if not ranked:
        return "", False
    if back[ranked[0]]:
        return ranked[0], True
    stands_out = len(ranked) == 1 or firsts[ranked[0]] > firsts[ranked[1]]
    return (ranked[0] if stands_out else ""), False


def _means(positions: list[Stated]) -> list[Crossing]:
    found = []
    for scale in sorted({scale for one in positions for scale in one.places}):
        low = [one for one in positions if one.places.get(scale, 0.5) <= NEAR_AN_END]
        high = [one for one in positions if one.places.get(scale, 0.5) >= 1 - NEAR_AN_END]
        if low and high:
            found.append(Crossing("means", scale, "", _keys(low), _keys(high)))
    return found


def _clearest(found: list[Crossing]) -> list[Crossing]:
    """By the smaller side, then by both: one against seven is less than four against four."""
    return sorted(
        found,
        key=lambda one: (
            not one.is_mutual,
            -min(len(one.here), len(one.there)),
            -len(one.here) - len(one.there),
            one.about,
        ),
    )


def _keys(positions: list[Stated]) -> tuple[str, ...]:
    return tuple(one.key for one in positions)
