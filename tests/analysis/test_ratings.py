"""Gaps, their p, and the state of a statement."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.answers import Answer, BadRatings, check_groups, leaning, numeric, side
from discussion.analysis.ratings import (
    Thresholds,
    benjamini_hochberg,
    gap,
    permutation_p,
    state,
)
from tests.analysis.enrichment import TABLE

points_and_groups = st.integers(2, 7).flatmap(
    lambda points: st.tuples(
        st.just(points),
        st.lists(st.integers(1, points), min_size=1, max_size=12),
        st.lists(st.integers(1, points), min_size=1, max_size=12),
    )
)
small = st.integers(2, 6).flatmap(
    lambda points: st.tuples(
        st.just(points),
        st.lists(st.integers(1, points), min_size=1, max_size=5),
        st.lists(st.integers(1, points), min_size=1, max_size=5),
    )
)
Case = tuple[int, list[int], list[int]]


@pytest.mark.parametrize("key", TABLE)
def test_the_worked_example(key: str) -> None:
    _kind, a, b, expected_gap, expected_p, expected_state = TABLE[key]
    p = permutation_p(a, b, 5, seed=0)
    assert round(float(gap(a, b)), 3) == expected_gap
    assert round(float(p.value), 4 if expected_p < 0.1 else 3) == expected_p
    assert (p.kind, p.relabellings) == ("exact", 252)
    assert state(a, b, p.value) == expected_state


def test_a_gap_that_floats_would_put_above_its_threshold_is_compared_exactly() -> None:
    _kind, a, b, *_rest = TABLE["F2"]
    assert gap(a, b) == Fraction(3, 20)
    assert (0.6 + 0.2 - 0.2) / 4 > 0.15  # the same sum in floats
    assert state(a, b, 1) == "alike"


@pytest.mark.parametrize(
    ("a", "b", "p", "expected"),
    [
        ([1] * 4, [5] * 4, 0, "insufficient"),
        ([1] * 4, [5] * 50, 0, "insufficient"),
        ([], [5] * 5, 0, "insufficient"),
        ([1] * 5, [5] * 5, Fraction(1, 126), "apart"),
        ([1] * 5, [2] * 5, 0.05, "apart"),  # 0.25 and 0.05 are on the line, and over it
        ([1] * 5, [2] * 5, 0.0500001, "unclear"),
        ([1] * 5, [1, 2, 2, 2, 2], 0.01, "unclear"),  # 0.20
        ([1] * 5, [1, 1, 2, 2, 2], 0.01, "alike"),  # 0.15
        (["dont_know"] * 9, ["dont_know"] * 9, 0, "insufficient"),
        ([3] * 5 + ["dont_know", "not_for_me", None], [3] * 5, 1, "alike"),
    ],
)
def test_the_state_of_a_statement(
    a: list[int], b: list[int], p: float | Fraction, expected: str
) -> None:
    assert state(a, b, p) == state(b, a, p) == expected


def test_a_series_has_its_own_thresholds() -> None:
    stricter = Thresholds(gap=0.5, alike=0.1, alpha=0.01, min_group=6)
    assert state([1] * 5, [5] * 5, 0, thresholds=stricter) == "insufficient"
    assert state([1] * 6, [2] * 6, 0, thresholds=stricter) == "unclear"
    assert state([1] * 6, [3] * 6, 0.01, thresholds=stricter) == "apart"


@pytest.mark.parametrize(
    "wrong",
    [
        {"gap": 1.2},
        {"alike": 0.3},
        {"alpha": -0.1},
        {"consensus": 0.5},
        {"min_group": 0},
        {"gap": float("nan")},
    ],
)
def test_thresholds_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadRatings):
        Thresholds(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [0, -1, 6, 2.5, True, "4", "a1"])
def test_what_is_no_rating_is_refused(wrong: object) -> None:
    with pytest.raises(BadRatings):
        gap([3, wrong], [3])  # type: ignore[list-item]
    with pytest.raises(BadRatings):
        permutation_p([3], [3, wrong], 5, seed=0)  # type: ignore[list-item]


def test_a_group_without_ratings_has_no_gap() -> None:
    nobodies: list[list[Answer]] = [[], ["dont_know"], [None]]
    for nobody in nobodies:
        with pytest.raises(BadRatings):
            gap(nobody, [3])
        with pytest.raises(BadRatings):
            permutation_p([3], nobody, 5, seed=0)


def test_somebody_in_both_groups_is_refused() -> None:
    with pytest.raises(BadRatings, match="1 raters are in both"):
        check_groups({"x", "y"}, ["y", "z"])


@given(points_and_groups)
def test_a_gap_is_a_symmetric_distance_between_0_and_1(case: Case) -> None:
    points, a, b = case
    found = gap(a, b, points)
    assert found == gap(b, a, points) == gap(a[::-1], sorted(b), points)
    assert 0 <= found <= 1
    shares = [{r: Fraction(n, len(g)) for r, n in Counter(g).items()} for g in (a, b)]
    assert (found == 0) == (shares[0] == shares[1])
    ends = {frozenset(a), frozenset(b)}
    assert (found == 1) == (ends == {frozenset({1}), frozenset({points})})


@given(points_and_groups, st.sampled_from([2, 3]))
def test_asking_everybody_again_does_not_change_a_gap(case: Case, times: int) -> None:
    points, a, b = case
    assert gap(a * times, b * times, points) == gap(a, b, points)


@given(
    st.integers(2, 7).flatmap(
        lambda points: st.tuples(
            st.just(points),
            st.lists(st.tuples(st.integers(1, points), st.integers(0, points)), min_size=1),
        )
    )
)
def test_where_one_group_is_above_throughout_the_gap_is_that_of_the_means(
    case: tuple[int, list[tuple[int, int]]],
) -> None:
    points, pairs = case
    low = [rating for rating, _more in pairs]
    high = [min(rating + more, points) for rating, more in pairs]
    means = Fraction(sum(high) - sum(low), len(pairs))
    assert gap(low, high, points) == means / (points - 1)


@given(small)
@settings(max_examples=60, deadline=None)
def test_p_is_that_of_every_relabelling_of_single_people(case: Case) -> None:
    points, a, b = case
    pooled, observed = a + b, gap(a, b, points)
    people = range(len(pooled))
    gaps = [
        gap([pooled[i] for i in some], [pooled[i] for i in people if i not in some], points)
        for some in combinations(people, len(a))
    ]
    found = permutation_p(a, b, points, seed=1)
    assert found.value == Fraction(sum(each >= observed for each in gaps), len(gaps))
    assert found.relabellings == len(gaps)
    assert found == permutation_p(b, a, points, seed=2) == permutation_p(a[::-1], b, points, seed=3)


def test_up_to_20000_relabellings_are_counted_and_more_are_drawn() -> None:
    assert comb(19, 5) <= 20_000 < comb(20, 7)
    counted = permutation_p([1] * 5, [5] * 14, 5, seed=0)
    drawn = permutation_p([1] * 7, [5] * 13, 5, seed=0)
    assert (counted.kind, counted.value) == ("exact", Fraction(1, comb(19, 5)))
    assert (drawn.kind, drawn.value, drawn.relabellings) == ("sampled", Fraction(1, 5001), 5000)


def test_one_against_19999_is_counted() -> None:
    found = permutation_p([5], [1] * 19_999, 5, seed=0)
    assert (found.kind, found.value) == ("exact", Fraction(1, 20_000))


@pytest.mark.parametrize(("high", "low"), [((12, 20), (12, 30)), ((6, 20), (15, 30))])
def test_a_drawn_p_is_near_the_one_that_two_points_have(
    high: tuple[int, int], low: tuple[int, int]
) -> None:
    """On two points the draw is hypergeometric, so the exact p is a sum of a few terms."""
    (x, m), (y, n) = high, low
    a, b = [2] * x + [1] * (m - x), [2] * y + [1] * (n - y)
    observed = abs(Fraction(x, m) - Fraction(y, n))
    exact = sum(
        Fraction(comb(m, i) * comb(n, x + y - i), comb(m + n, x + y))
        for i in range(max(0, x + y - n), min(m, x + y) + 1)
        if abs(Fraction(i, m) - Fraction(x + y - i, n)) >= observed
    )
    found = permutation_p(a, b, 2, seed=4)
    assert found.kind == "sampled"
    assert abs(found.value - exact) < 0.02


@given(
    st.lists(st.integers(1, 5), min_size=12, max_size=30),
    st.lists(st.integers(1, 5), min_size=12, max_size=30),
    st.randoms(use_true_random=False),
)
@settings(max_examples=20, deadline=None)
def test_a_drawn_p_depends_on_the_seed_and_on_no_order(
    a: list[int], b: list[int], random: object
) -> None:
    shuffled = list(a)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = permutation_p(a, b, 5, seed=7)
    assert found == permutation_p(shuffled, b, 5, seed=7) == permutation_p(b, a, 5, seed=7)
    assert 0 < found.value <= 1


def test_the_published_example_of_benjamini_and_hochberg() -> None:
    """Their table of 1995: of fifteen p, the four smallest are discoveries at 0.05."""
    ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
          0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000]  # fmt: skip
    adjusted = benjamini_hochberg(ps)
    assert [each <= Fraction(1, 20) for each in adjusted] == [True] * 4 + [False] * 11
    assert adjusted[0] == Fraction(15, 10_000)


def test_an_adjusted_p_by_hand() -> None:
    # 3·0.01/1 = 0.03; 3·0.04/2 = 0.06, but 0.045 from the third; 3·0.045/3 = 0.045
    assert benjamini_hochberg([0.045, 0.01, 0.04]) == (
        Fraction(45, 1000),
        Fraction(3, 100),
        Fraction(45, 1000),
    )
    assert benjamini_hochberg([]) == ()
    with pytest.raises(BadRatings):
        benjamini_hochberg([1.1])


@given(st.lists(st.fractions(0, 1), max_size=12), st.fractions(0, 1))
def test_an_adjusted_p_rejects_what_the_steps_reject(ps: list[Fraction], alpha: Fraction) -> None:
    ranked = sorted(ps)
    last = max((k for k, p in enumerate(ranked, start=1) if p * len(ps) <= k * alpha), default=0)
    rejected = [adjusted <= alpha for adjusted in benjamini_hochberg(ps)]
    assert sum(rejected) == last
    assert all(adjusted >= p for adjusted, p in zip(benjamini_hochberg(ps), ps, strict=True))


@pytest.mark.parametrize(
    ("points", "sides"),
    [
        (2, [-1, 1]),
        (3, [-1, 0, 1]),
        (4, [-1, -1, 1, 1]),
        (5, [-1, -1, 0, 1, 1]),
        (6, [-1, -1, -1, 1, 1, 1]),
        (7, [-1, -1, -1, 0, 1, 1, 1]),
        (10, [-1] * 5 + [1] * 5),
    ],
)
def test_the_sides_of_a_scale(points: int, sides: list[int]) -> None:
    assert [side(rating, points) for rating in range(1, points + 1)] == sides


def test_what_is_on_no_scale_is_on_no_side() -> None:
    for rating, points in ((0, 5), (6, 5), (1, 1)):
        with pytest.raises(BadRatings):
            side(rating, points)


def test_groups_by_leaning_leave_out_the_middle_and_who_did_not_rate() -> None:
    said: list[Answer] = [5, 4, 3, 2, "dont_know", None, 1]
    answers = dict(zip("abcdefg", said, strict=True))
    assert [set(group) for group in leaning(answers)] == [{"a", "b"}, {"d", "g"}]
    assert [set(group) for group in leaning({"a": 3, "b": 2}, points=4)] == [{"a"}, {"b"}]


def test_whole_numbers_of_numpy_are_ratings() -> None:
    assert numeric(np.array([1, 5, 3])) == (1, 5, 3)
