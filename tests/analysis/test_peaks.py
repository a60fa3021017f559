"""Single peaks along an axis."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings
from discussion.analysis.peaks import single_peaked_share

ROWS = [(5, 4, 1), (4, 5, 2), (5, 3, 1), (1, 2, 5), (3, 5, 4), (2, 1, 4)]


def test_five_of_six_are_single_peaked_and_chance_gives_four() -> None:
    found = single_peaked_share(ROWS)
    assert (found.share, found.peaked, found.people) == (Fraction(5, 6), 5, 6)
    assert found.chance == found.strict_chance == Fraction(4, 6)
    assert single_peaked_share(ROWS[:5]).share == 1
    assert single_peaked_share(ROWS[5:]).share == 0


@pytest.mark.parametrize(
    ("row", "is_peaked"),
    [
        ((3, 3, 3), True),
        ((1, 3, 3), True),
        ((3, 3, 1, 1), True),
        ((1, 5, 5, 2), True),
        ((3, 1, 1, 3), False),
        ((1, 3, 2, 2, 3), False),
        ((5, 4, 4, 4, 5), False),
    ],
)
def test_level_stretches_are_no_valleys(row: tuple[int, ...], is_peaked: bool) -> None:
    assert single_peaked_share([row]).share == int(is_peaked)


def test_who_did_not_rate_every_option_is_left_out() -> None:
    found = single_peaked_share([*ROWS, (1, "dont_know", 3), (None, 2, 2)])
    assert (found.people, found.left_out) == (6, 2)
    nobody = single_peaked_share([(None, 1, 1)])
    assert (nobody.share, nobody.chance, nobody.strict_chance) == (None, None, Fraction(2, 3))
    assert single_peaked_share([]).share is None


def test_four_strict_options_have_a_third_by_chance() -> None:
    assert single_peaked_share([(1, 2, 3, 4)]).strict_chance == Fraction(8, 24)


@pytest.mark.parametrize("wrong", [[(1, 2)], [(1, 2, 3), (1, 2, 3, 4)], [(1, 2, 6)]])
def test_rows_that_cannot_be_are_refused(wrong: list[tuple[int, ...]]) -> None:
    with pytest.raises(BadRatings):
        single_peaked_share(wrong)


@given(st.lists(st.integers(1, 5), min_size=3, max_size=6))
def test_the_chance_is_that_of_every_order(row: list[int]) -> None:
    orders = list(permutations(row))
    found = single_peaked_share(orders)
    assert found.share == found.chance == single_peaked_share([row]).chance


@given(st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=1, max_size=6))
def test_peaks_are_the_same_from_either_end_and_of_copies(rows: list[list[int]]) -> None:
    found = single_peaked_share(rows)
    assert found == single_peaked_share([row[::-1] for row in reversed(rows)])
    copied = single_peaked_share(rows * 3)
    assert (copied.share, copied.chance) == (found.share, found.chance)
