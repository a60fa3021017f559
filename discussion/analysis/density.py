"""Contours of the density of points, as paths that a page can draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot

from discussion.analysis.arrays import Floats, NDArray, np

Point = tuple[float, float]
Crossing = tuple[int, int, int]  # an edge of the grid: row, column, 0 along the row or 1 down

FEWEST = 5  # under five points a density would be a drawing of single people
STEP = 5.0
EDGE = 15.0  # how far the grid reaches beyond the box, so that lines run out of it
BANDWIDTH = 13.0  # of the Gaussian kernel, in hundredths of the box
LEVELS = (0.12, 0.25, 0.38, 0.51, 0.64, 0.77, 0.9)  # of the highest density on the grid
NEAR = 0.7  # hundredths of the box, less than a line is wide
AXIS = tuple(STEP * n - EDGE for n in range(int((100 + 2 * EDGE) / STEP) + 1))


def contours(points: Iterable[Point]) -> tuple[str, ...]:
    """SVG paths in a box of 100 × 100, outermost first; none for fewer than five points.

    The density is a sum of Gaussian kernels on a coarse grid; the lines are its level sets by
    marching squares, rounded to 0.1 and smoothed by quadratic curves through the midpoints.
    Points are in hundredths of the box. Sources: Silverman (1986), Density Estimation, for the
    kernel; Lorensen and Cline (1987), SIGGRAPH '87, for the lines, of which these are the plane's.
    """
    return _contours(tuple(sorted(points)))


@lru_cache(maxsize=512)
def _contours(points: tuple[Point, ...]) -> tuple[str, ...]:
    if len(points) < FEWEST:
        return ()
    field = density(points)
    top = float(field.max())
    paths = (_path(level_lines(field, share * top)) for share in LEVELS)
    return tuple(path for path in paths if path)


def density(points: Iterable[Point]) -> Floats:
    """The sum of a Gaussian kernel around each point, at [row (y), column (x)] of the grid.

    Each kernel is 1 at its point; the grid is AXIS × AXIS, in hundredths of the box.
    """
    axis, field = np.array(AXIS), np.zeros((len(AXIS), len(AXIS)))
    for x, y in sorted(points):  # sorted, since a sum of floats depends on its order
        across = np.exp(-((axis - x) ** 2) / (2 * BANDWIDTH**2))
        down = np.exp(-((axis - y) ** 2) / (2 * BANDWIDTH**2))
        field += np.outer(down, across)
    return field


def level_lines(field: Floats, level: float) -> list[tuple[list[Point], bool]]:
    """The lines on which the field has this level: their points, and whether they close.

    Points are in hundredths of the box, in between the grid in proportion.
    """
    neighbours: dict[Crossing, list[Crossing]] = {}
    inside = field >= level
    for row, column in _mixed_cells(inside):
        for first, second in _segments(field, inside, level, row, column):
            neighbours.setdefault(first, []).append(second)
            neighbours.setdefault(second, []).append(first)
    return [
        ([_place(field, level, crossing) for crossing in line], is_closed)
        for line, is_closed in _joined(neighbours)
    ]


def _mixed_cells(inside: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The cells that have corners on both sides of the level."""
    corners = inside[:-1, :-1].astype(int) + inside[:-1, 1:] + inside[1:, :-1] + inside[1:, 1:]
    return [(int(row), int(column)) for row, column in np.argwhere((corners > 0) & (corners < 4))]


def _segments(
    field: Floats, inside: NDArray[np.bool_], level: float, row: int, column: int
) -> list[tuple[Crossing, Crossing]]:
    """The one or two pieces of line that cross a cell, as pairs of its edges."""
    top, bottom = (row, column, 0), (row + 1, column, 0)
    left, right = (row, column, 1), (row, column + 1, 1)
    a, b = bool(inside[row, column]), bool(inside[row, column + 1])
    d, c = bool(inside[row + 1, column]), bool(inside[row + 1, column + 1])
    crossed = [
        edge
        for edge, is_crossed in ((top, a != b), (right, b != c), (bottom, c != d), (left, d != a))
        if is_crossed
    ]
    if len(crossed) == 2:
        return [(crossed[0], crossed[1])]
    middle = float(field[row : row + 2, column : column + 2].mean()) >= level
    # A saddle: the middle says whether the corners that are inside hang together.
    if middle == a:
        return [(top, right), (bottom, left)]
    return [(top, left), (bottom, right)]


def _place(field: Floats, level: float, crossing: Crossing) -> Point:
    """Where along the edge the field reaches the level."""
    row, column, is_down = crossing
    here = float(field[row, column])
    there = float(field[row + is_down, column + 1 - is_down])
    share = (level - here) / (there - here)
    x = AXIS[column] + (0 if is_down else share * STEP)
    y = AXIS[row] + (share * STEP if is_down else 0)
    return x, y


def _joined(
    neighbours: dict[Crossing, list[Crossing]],
) -> list[tuple[list[Crossing], bool]]:
    """Crossings strung together: first the lines that have ends, then the rings."""
    left = dict(neighbours)
    lines = []
    starts = [crossing for crossing, beside in neighbours.items() if len(beside) == 1]
    for start in (*starts, *neighbours):
        if start not in left:
            continue
        line = _walk(left, start)
        lines.append((line, len(neighbours[start]) == 2))
    return lines


def _walk(left: dict[Crossing, list[Crossing]], start: Crossing) -> list[Crossing]:
    line, here = [start], start
    while True:
        ahead = [crossing for crossing in left.pop(here) if crossing in left]
        if not ahead:
            return line
        here = ahead[0]
        line.append(here)


def _path(lines: Sequence[tuple[list[Point], bool]]) -> str:
    return "".join(
        _ring(_ring_of_few(points)) if closed else _open(_few(points)) for points, closed in lines
    )


def _few(points: list[Point]) -> list[Point]:
    """The line without the points that it passes within NEAR anyway.

    Douglas and Peucker (1973), Cartographica 10(2).
    """
    (x, y), (to_x, to_y) = points[0], points[-1]
    across, down = to_x - x, to_y - y
    length = hypot(across, down)
    off = [
        abs(across * (v - y) - down * (u - x)) / length if length else hypot(u - x, v - y)
        for u, v in points[1:-1]
    ]
    if not off or max(off) <= NEAR:
        return [points[0], points[-1]]
    at = off.index(max(off)) + 1
    return [*_few(points[: at + 1])[:-1], *_few(points[at:])]


def _ring_of_few(points: list[Point]) -> list[Point]:
    """The same of a line that closes: its two halves keep their ends."""
    half = len(points) // 2
    return [*_few(points[: half + 1])[:-1], *_few([*points[half:], points[0]])[:-1]]


def _ring(points: list[Point]) -> str:
    """A closed curve: from midpoint to midpoint, each point pulling the curve towards it."""
    middles = [_middle(a, b) for a, b in zip(points, [*points[1:], points[0]], strict=True)]
    pulls = zip([*points[1:], points[0]], [*middles[1:], middles[0]], strict=True)
    return _drawn("q", middles[0], pulls) + "Z"


def _open(points: list[Point]) -> str:
    if len(points) < 3:
        return _drawn("l", points[0], ((point,) for point in points[1:]))
    middles = [_middle(a, b) for a, b in pairwise(points[1:-1])]
    return _drawn("q", points[0], zip(points[1:-1], [*middles, points[-1]], strict=True))


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _drawn(command: str, start: Point, steps: Iterable[Sequence[Point]]) -> str:
    """From the start in steps, each told from where the one before ended.

    In tenths, so that roundings do not add up, and as short as SVG allows: a page has hundreds.
    """
    x, y = _tenths(start)
    told = []
    for step in steps:
        for point in step:
            to_x, to_y = _tenths(point)
            told += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return f"M{_joined_up(_tenths(start))}{command}{_joined_up(told)}"


def _tenths(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def _joined_up(tenths: Iterable[int]) -> str:
    """Numbers in a row, with a space only where one would run into the next."""
    said, before = "", " "
    for tenth in tenths:
        number = f"{tenth / 10:g}"
        if abs(tenth) < 10 and tenth:
            number = number.replace("0.", ".", 1)
        is_apart = number[0] == "-" or (number[0] == "." and "." in before)
        said += number if not said or is_apart else f" {number}"
        before = number
    return said
