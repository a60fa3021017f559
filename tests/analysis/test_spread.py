"""Median and quartiles, and when answers have settled."""

from fractions import Fraction
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.answers import Answer, BadRatings
from discussion.analysis.spread import Spread, counted_spread, median_and_spread, stable


def test_a_few_answers_in_short() -> None:
    found = median_and_spread([1, 2, 3, 4, 5, "dont_know", "not_for_me", "dont_know", None])
    assert [found.median, found.lower, found.upper, found.range] == [3, 2, 4, 2]
    assert (found.raters, found.dont_know, found.not_for_me) == (5, 2, 1)
    assert found.dont_know_share == Fraction(2, 7)


def test_quartiles_lie_between_neighbours() -> None:
    found = median_and_spread([1, 2, 4, 5])
    assert [found.lower, found.median, found.upper] == [Fraction(7, 4), 3, Fraction(17, 4)]


@pytest.mark.parametrize("answers", [[], ["dont_know"] * 4, [None, "not_for_me"]])
def test_where_nobody_rated_there_is_no_median(answers: list[Answer]) -> None:
    found = median_and_spread(answers)
    assert found.median is found.lower is found.upper is found.range is None
    assert found.raters == 0
    assert found.dont_know_share == (1 if "dont_know" in answers else None)


def test_one_rating_is_its_own_median() -> None:
    assert median_and_spread([4]) == Spread(Fraction(4), Fraction(4), Fraction(4), 1, 0, 0)


def test_a_rating_off_the_scale_is_refused() -> None:
    with pytest.raises(BadRatings):
        median_and_spread([5], points=4)


@given(st.lists(st.integers(1, 7), min_size=2, max_size=20))
def test_quartiles_are_those_of_the_standard_library(ratings: list[int]) -> None:
    found = median_and_spread(ratings, points=7)
    assert found.median == median(ratings)
    assert [found.lower, found.median, found.upper] == quantiles(ratings, method="inclusive")


CALM = median_and_spread([3, 3, 4, 4, 4])
WIDER = median_and_spread([3, 3, 4, 5, 5])  # the same median, a range of 2 and not 1
MUCH_WIDER = median_and_spread([1, 1, 4, 5, 5])  # a range of 4
LOWER = median_and_spread([3, 3, 3, 4, 4])


@pytest.mark.parametrize(
    ("before", "after", "has_settled"),
    [(CALM, CALM, True), (CALM, WIDER, True), (WIDER, CALM, True), (CALM, MUCH_WIDER, False),
     (CALM, LOWER, False)],
)  # fmt: skip
def test_what_has_settled(before: Spread, after: Spread, has_settled: bool) -> None:
    assert bool(stable({"x": before}, {"x": after})) is has_settled


def test_four_statements_of_five_are_enough() -> None:
    before = dict.fromkeys("abcde", CALM)
    found = stable(before, before | {"e": LOWER})
    assert found
    assert (found.settled, found.moving) == (("a", "b", "c", "d"), ("e",))
    assert not stable(before, before | {"d": LOWER, "e": LOWER})
    assert stable(before, before | {"d": LOWER, "e": LOWER}, share=0.6)


def test_only_what_was_rated_in_both_rounds_is_compared() -> None:
    nobody = median_and_spread([])
    assert not stable({}, {})
    assert not stable({"a": nobody}, {"a": CALM})
    found = stable({"a": CALM, "b": nobody, "c": CALM}, {"a": CALM, "b": CALM, "d": LOWER})
    assert found
    assert (found.settled, found.moving) == (("a",), ())


@given(st.lists(st.integers(0, 9), min_size=2, max_size=7))
def test_counts_spread_as_the_answers_they_count(counts: list[int]) -> None:
    answers = [point for point, number in enumerate(counts, start=1) for _each in range(number)]
    assert counted_spread(counts) == median_and_spread(answers, len(counts))
