"""Contours: nothing under five, the same in any order, mirrored when the points are."""

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.density import AXIS, LEVELS, contours, density, level_lines

points = st.lists(st.tuples(st.sampled_from([9.0, 29.5, 50.0, 70.5, 91.0]),
                            st.sampled_from([12.0, 31.0, 50.0, 69.0, 88.0])),
                  min_size=5, max_size=40)  # fmt: skip


@given(points)
def test_the_order_of_the_points_does_not_matter(given_points: list[tuple[float, float]]) -> None:
    assert contours(given_points) == contours(reversed(given_points))


@given(points)
def test_under_five_points_nothing_is_drawn(given_points: list[tuple[float, float]]) -> None:
    assert contours(given_points[:4]) == ()
    assert len(contours(given_points)) == len(LEVELS)


@given(points)
def test_mirrored_points_have_a_mirrored_density(given_points: list[tuple[float, float]]) -> None:
    mirrored = [(100 - x, y) for x, y in given_points]
    turned = [(y, x) for x, y in given_points]
    np.testing.assert_allclose(density(mirrored), density(given_points)[:, ::-1], atol=1e-9)
    np.testing.assert_allclose(density(turned), density(given_points).T, atol=1e-9)


@given(points)
@settings(max_examples=40)
def test_every_line_lies_on_its_level(given_points: list[tuple[float, float]]) -> None:
    field = density(given_points)
    level = 0.38 * float(field.max())
    lines = list(level_lines(field, level))
    assert lines, "what lies below its own height is cut somewhere"
    for line, is_closed in lines:
        # Lines end only at the edge of the grid.
        ends = [] if is_closed else [line[0], line[-1]]
        assert all({round(x), round(y)} & {round(AXIS[0]), round(AXIS[-1])} for x, y in ends)
        for x, y in line:
            column, row = (x - AXIS[0]) / 5, (y - AXIS[0]) / 5
            near = field[int(row) : int(np.ceil(row)) + 1, int(column) : int(np.ceil(column)) + 1]
            assert near.min() - 1e-9 <= level <= near.max() + 1e-9


@given(points)
@settings(max_examples=20)
def test_paths_hold_numbers_of_one_decimal_and_nothing_else(
    given_points: list[tuple[float, float]],
) -> None:
    paths = list(contours(given_points))
    assert paths
    for path in paths:
        assert re.fullmatch(r"(?:[Mql]?-?(?:\d+(?:\.\d)?|\.\d)[ ]?|Z)+", path), path


@given(points)
@settings(max_examples=20)
def test_steps_from_where_the_one_before_ended_lead_back_to_the_points(
    given_points: list[tuple[float, float]],
) -> None:
    drawn = contours(given_points)
    assert all(path.startswith("M") for path in drawn)
    for path in drawn:
        for line in path.split("M")[1:]:
            start, told = line.rstrip("Z").replace("l", "q").split("q")
            [here] = _pairs(start)
            size = 2 if "q" in line else 1
            steps = _pairs(told)
            for end in range(size - 1, len(steps), size):
                here = (here[0] + steps[end][0], here[1] + steps[end][1])
                assert all(abs(place * 10 - round(place * 10)) < 1e-6 for place in here)
            if line.endswith("Z"):
                np.testing.assert_allclose(here, _pairs(start)[0], atol=1e-6)


def _pairs(told: str) -> list[tuple[float, float]]:
    numbers = [float(one) for one in re.findall(r"-?(?:\d+(?:\.\d)?|\.\d)", told)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_five_people_at_one_place_are_rings_around_it() -> None:
    rings = contours([(50.0, 50.0)] * 5)
    assert all(path.count("M") == 1 and path.endswith("Z") for path in rings)


def test_a_saddle_does_not_tear_a_line() -> None:
    field = np.zeros((6, 6))
    field[2, 2] = field[3, 3] = 1.0
    lines = level_lines(field, 0.5)
    assert all(is_closed for _line, is_closed in lines)
    assert len(lines) == 1  # the middle, at 0.5, joins the two
