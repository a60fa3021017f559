"""Pairs of positions worth reading together.

Two positions **stand at the same strategy by different values** when

* they are placed on the same scales of the thread, on at least one;
* on each of these they are at most one step (0.25) apart; and
* no value is served by both, whatever its rank.

Their clarity is 1 minus their mean distance on these scales.

Two positions **serve the same value by different strategies** when

* the value that each puts first is the same; and
* on at least one scale on which both are placed they are at least two steps (0.5) apart.

Their clarity is their greatest distance on a shared scale.

Pairs are taken from the clearest down. A position stands in at most one pair of each kind, a thread
shows at most three pairs and at most two of one kind. Ties go to the pair with more shared scales,
then to the keys, which are random; so the outcome depends on no order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

Kind = Literal["same_strategy", "same_value"]

NEAR = 0.25
FAR = 0.5
MOST = 3
MOST_OF_A_KIND = 2
BEND = 0.16  # of a footpath's length, sideways
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Placed:
    """What a pair depends on: the values a position serves, by rank, and its places by scale."""

    key: str
    served: tuple[str, ...]
    places: Mapping[str, float] = field(default_factory=dict)
    outweighed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two keys in their sort order, and how clearly they make the point (0 … 1)."""

    kind: Kind
    first: str
    second: str
    clarity: float
    shared_scales: int


def find_pairs(positions: Iterable[Placed]) -> tuple[Pair, ...]:
    """At most three pairs, the clearest first, as defined above. Source: our own."""
    ordered = sorted(positions, key=lambda one: one.key)
    found = [pair for a, b in combinations(ordered, 2) for pair in _pairs_of(a, b)]
    found.sort(key=lambda pair: (-pair.clarity, -pair.shared_scales, pair.first, pair.second))
    chosen: list[Pair] = []
    used: set[tuple[Kind, str]] = set()
    kinds: Counter[Kind] = Counter()
    for pair in found:
        ends = {(pair.kind, pair.first), (pair.kind, pair.second)}
        if ends & used or kinds[pair.kind] == MOST_OF_A_KIND:
            continue
        chosen.append(pair)
        used |= ends
        kinds[pair.kind] += 1
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def is_same_strategy(one: Placed, other: Placed) -> bool:
    """Whether they stand at the same strategy by different values, as defined above."""
    if not one.places or one.places.keys() != other.places.keys():
        return False
    is_near = all(gap <= NEAR + TOLERANCE for gap in distances(one, other))
    return (
        is_near and bool(one.served) and bool(other.served) and _have_no_value_in_common(one, other)
    )


def is_same_value(one: Placed, other: Placed) -> bool:
    """Whether they serve the same value by different strategies, as defined above."""
    if not one.served or not other.served or one.served[0] != other.served[0]:
        return False
    return any(gap >= FAR - TOLERANCE for gap in distances(one, other))


def distances(one: Placed, other: Placed) -> list[float]:
    """How far apart they stand, 0 … 1, on each scale on which both are placed."""
    shared = sorted(one.places.keys() & other.places.keys())
    return [abs(one.places[scale] - other.places[scale]) for scale in shared]


def footpath(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curved SVG path between two points of the box, in hundredths of it, rounded to 0.1."""
    (x, y), (to_x, to_y) = start, end
    bend_x = (x + to_x) / 2 - BEND * (to_y - y)
    bend_y = (y + to_y) / 2 + BEND * (to_x - x)
    return f"M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {to_x:.1f} {to_y:.1f}"


def _have_no_value_in_common(one: Placed, other: Placed) -> bool:
    return not set(one.served) & set(other.served)


def _pairs_of(one: Placed, other: Placed) -> Iterator[Pair]:
    gaps = distances(one, other)
    if is_same_strategy(one, other):
        clarity = 1 - sum(gaps) / len(gaps)
        yield Pair("same_strategy", one.key, other.key, round(clarity, 9), len(gaps))
    if is_same_value(one, other):
        yield Pair("same_value", one.key, other.key, round(max(gaps), 9), len(gaps))
