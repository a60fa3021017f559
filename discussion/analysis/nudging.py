"""Marks that would lie on one another are moved apart, always in the same way, and stay near."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]

RINGS = 4
LEAST, MOST = 4.0, 96.0  # marks stay within the box
_SIX: tuple[Point, ...] = ((1, 0), (0.5, 0.9), (-0.5, 0.9), (-1, 0), (-0.5, -0.9), (0.5, -0.9))
# How few marks at one place stand around it: beside one another, in a triangle, in a square.
_TOGETHER: Mapping[int, tuple[Point, ...]] = {
    2: ((-0.52, 0), (0.52, 0)),
    3: ((0, -0.6), (-0.52, 0.4), (0.52, 0.4)),
    4: ((-0.52, -0.52), (0.52, -0.52), (-0.52, 0.52), (0.52, 0.52)),
}


@dataclass(frozen=True)
class Gap:
    """How far apart two marks stand at least, in hundredths of the box: beside, or below."""

    width: float
    height: float


def nudge(places: Mapping[str, Point], gap: Gap) -> dict[str, Point]:
    """Each key's point, moved as little as it takes for marks not to cover one another.

    Depends on the keys and the points alone, not on their order. Nothing moves more than four gaps
    and a half; where even that is not enough, marks may overlap. Points are in hundredths of the
    box. Source: our own.
    """
    taken = _Taken(gap)
    full: set[Point] = set()  # wishes around which nothing is free any more: nothing becomes free
    moved: dict[str, Point] = {}
    for key, wish in _wishes(places, gap):
        spot = wish
        if wish not in full:
            free = next(filter(taken.is_free, _spots(wish, gap)), None)
            spot = free or wish
            taken.add(spot)
            if free is None:
                full.add(wish)
        moved[key] = (round(spot[0], 1), round(spot[1], 1))
    return moved


class _Taken:
    """Where marks stand, by the cell of a grid: only those of neighbouring cells can touch."""

    def __init__(self, gap: Gap) -> None:
        self._gap = gap
        self._cells: dict[tuple[int, int], list[Point]] = {}
        self._covered: set[Point] = set()  # spots that were asked for and are not free

    def add(self, spot: Point) -> None:
        self._cells.setdefault(self._cell(spot), []).append(spot)

    def is_free(self, spot: Point) -> bool:
        if spot in self._covered:
            return False
        column, row = self._cell(spot)
        is_covered = any(
            _touch(spot, other, self._gap)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in self._cells.get((column + dx, row + dy), ())
        )
        if is_covered:
            self._covered.add(spot)
        return not is_covered

    def _cell(self, spot: Point) -> tuple[int, int]:
        return int(spot[0] // self._gap.width), int(spot[1] // self._gap.height)


def nudge_along(places: Mapping[str, float], gap: float) -> dict[str, float]:
    """The same in one dimension: marks on the rim of the box, each at its place along it.

    Neighbours that touch form a block around the mean of their places; blocks that touch merge.
    Source: pooling of adjacent violators, as in isotonic regression.
    """
    keys = sorted(places, key=lambda key: (places[key], key))
    blocks = [[key] for key in keys]
    at = 0
    while at + 1 < len(blocks):
        if _end(blocks[at], places, gap) > _start(blocks[at + 1], places, gap) - gap + 1e-9:
            blocks[at : at + 2] = [blocks[at] + blocks[at + 1]]
            at = max(at - 1, 0)
        else:
            at += 1
    moved = {}
    for block in blocks:
        first = _start(block, places, gap)
        for index, key in enumerate(block):
            moved[key] = round(min(max(first + index * gap, LEAST), MOST), 1)
    return moved


def _wishes(places: Mapping[str, Point], gap: Gap) -> list[tuple[str, Point]]:
    """Where each mark would like to be: those at one place grouped around it."""
    groups: dict[Point, list[str]] = {}
    for key in sorted(places):
        groups.setdefault(places[key], []).append(key)
    wishes = []
    for place in sorted(groups):
        keys = groups[place]
        around = _TOGETHER.get(len(keys), ((0.0, 0.0),) * len(keys))
        for key, shift in zip(keys, around, strict=True):
            wishes.append((key, _moved(place, shift, gap)))
    return wishes


def _spots(wish: Point, gap: Gap) -> Iterator[Point]:
    """The place itself, then rings around it, each in six steps or a multiple of six."""
    yield wish
    for shift in _AROUND:
        spot = _moved(wish, shift, gap)
        if all(LEAST <= each <= MOST for each in spot):
            yield spot


def _rings() -> Iterator[Point]:
    for ring in range(1, RINGS + 1):
        for corner in range(6):
            (x, y), (to_x, to_y) = _SIX[corner], _SIX[(corner + 1) % 6]
            for step in range(ring):
                share = step / ring
                yield 1.02 * ring * (x + share * (to_x - x)), 1.02 * ring * (y + share * (to_y - y))


_AROUND = tuple(_rings())


def _moved(place: Point, shift: Point, gap: Gap) -> Point:
    return place[0] + shift[0] * gap.width, place[1] + shift[1] * gap.height


def _touch(one: Point, other: Point, gap: Gap) -> bool:
    return hypot((one[0] - other[0]) / gap.width, (one[1] - other[1]) / gap.height) < 0.999


def _start(block: list[str], places: Mapping[str, float], gap: float) -> float:
    mean = sum(places[key] for key in block) / len(block)
    return mean - gap * (len(block) - 1) / 2


def _end(block: list[str], places: Mapping[str, float], gap: float) -> float:
    return _start(block, places, gap) + gap * (len(block) - 1)
