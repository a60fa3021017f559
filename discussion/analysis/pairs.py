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

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal, TypeVar

Said = TypeVar("Said", bound=Hashable)
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
    """At most three pairs, the clearest first, as defined above. Source: our own.

    Positions at one place are compared once, together; of those that say alike only the first
    by its key can stand in the clearest pair.
    """
    near, far = _levels(_cells(sorted(positions, key=lambda one: one.key)))
    chosen = [*_clearest("same_strategy", near), *_clearest("same_value", far)]
    chosen.sort(key=lambda pair: (-pair.clarity, -pair.shared_scales, pair.first, pair.second))
    return tuple(chosen[:MOST])


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
    return _gaps(one.places, other.places)


def footpath(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curved SVG path between two points of the box, in hundredths of it, rounded to 0.1."""
    (x, y), (to_x, to_y) = start, end
    bend_x = (x + to_x) / 2 - BEND * (to_y - y)
    bend_y = (y + to_y) / 2 + BEND * (to_x - x)
    return f"M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {to_x:.1f} {to_y:.1f}"


def _gaps(one: Mapping[str, float], other: Mapping[str, float]) -> list[float]:
    return [abs(one[scale] - other[scale]) for scale in sorted(one.keys() & other.keys())]


def _have_no_value_in_common(one: Placed, other: Placed) -> bool:
    return not set(one.served) & set(other.served)


@dataclass
class _Cell:
    """The positions at one place, their keys in order."""

    places: Mapping[str, float]
    by_served: dict[frozenset[str], list[str]] = field(default_factory=dict)  # all values served
    by_first: dict[str, list[str]] = field(default_factory=dict)  # the value put first


# Minus clarity and minus shared scales, so that the clearest sorts first → cells that far apart.
_Levels = dict[tuple[float, int], list[tuple[_Cell, _Cell]]]


def _cells(ordered: Iterable[Placed]) -> list[_Cell]:
    cells: dict[tuple[tuple[str, float], ...], _Cell] = {}
    for one in ordered:
        if one.places and one.served:
            cell = cells.setdefault(tuple(sorted(one.places.items())), _Cell(one.places))
            cell.by_served.setdefault(frozenset(one.served), []).append(one.key)
            cell.by_first.setdefault(one.served[0], []).append(one.key)
    return list(cells.values())


def _levels(cells: Sequence[_Cell]) -> tuple[_Levels, _Levels]:
    """Cells near enough for the same strategy, and far enough for other ones, by clarity."""
    near: _Levels = {}
    far: _Levels = {}
    for number, one in enumerate(cells):
        for other in cells[number:]:
            gaps = _gaps(one.places, other.places)
            if not gaps:
                continue
            most = max(gaps)
            if most >= FAR - TOLERANCE:
                far.setdefault((-round(most, 9), -len(gaps)), []).append((one, other))
            elif most <= NEAR + TOLERANCE and one.places.keys() == other.places.keys():
                clarity = round(1 - sum(gaps) / len(gaps), 9)
                near.setdefault((-clarity, -len(gaps)), []).append((one, other))
    return near, far


def _clearest(kind: Kind, levels: _Levels) -> Iterator[Pair]:
    """The clearest pair of a kind, then the clearest without its two positions."""
    used: set[str] = set()
    order = sorted(levels)
    while len(used) < 2 * MOST_OF_A_KIND:
        for level in order:
            ends = [pair for cells in levels[level] for pair in _ENDS[kind](*cells, used)]
            if ends:
                break
        else:
            return
        first, second = min(ends)
        used |= {first, second}
        yield Pair(kind, first, second, -level[0], -level[1])


def _same_strategy(one: _Cell, other: _Cell, used: Set[str]) -> Iterator[tuple[str, str]]:
    here, there = _first_of(one.by_served, used), _first_of(other.by_served, used)
    for served, key in here.items():
        for also, another in there.items():
            if served.isdisjoint(also):
                yield min(key, another), max(key, another)


def _same_value(one: _Cell, other: _Cell, used: Set[str]) -> Iterator[tuple[str, str]]:
    here, there = _first_of(one.by_first, used), _first_of(other.by_first, used)
    for value in here.keys() & there.keys():
        yield min(here[value], there[value]), max(here[value], there[value])


_ENDS = {"same_strategy": _same_strategy, "same_value": _same_value}


def _first_of(groups: Mapping[Said, list[str]], used: Set[str]) -> dict[Said, str]:
    """Of those who say alike, the one that a pair would take: the first that stands in none."""
    firsts = {
        said: next((key for key in keys if key not in used), "") for said, keys in groups.items()
    }
    return {said: key for said, key in firsts.items() if key}
