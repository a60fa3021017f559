"""Ratings, their sides, gaps and how often chance does as much; thresholds that make sense."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.answered import count_answers
from discussion.analysis.answers import Answer, BadRatings, check_groups, leaning, numeric, side
from discussion.analysis.ratings import Thresholds
from discussion.analysis.relabelling import Relabelled, gap_between, relabel
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
Answers = Sequence[Answer]


def gap(a: Answers, b: Answers, points: int = 5) -> Fraction:
    return gap_between(*(count_answers(each, points).counts for each in (a, b)))


def relabelled(a: Answers, b: Answers, points: int, seed: int) -> Relabelled:
    first, second = (count_answers(each, points).counts for each in (a, b))
    return relabel(first, second, seed)


@pytest.mark.parametrize("key", TABLE)
def test_the_worked_example(key: str) -> None:
    _kind, a, b, expected_gap, expected_p, _state = TABLE[key]
    p = relabelled(a, b, 5, seed=0)
    assert round(float(gap(a, b)), 3) == expected_gap
    assert round(float(p.value), 4 if expected_p < 0.1 else 3) == expected_p
    assert (p.kind, p.relabellings) == ("exact", 252)


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
        relabelled([3], [3, wrong], 5, seed=0)  # type: ignore[list-item]


def test_a_group_without_ratings_has_no_gap() -> None:
    nobodies: list[list[Answer]] = [[], ["dont_know"], [None]]
    for nobody in nobodies:
        with pytest.raises(BadRatings):
            gap(nobody, [3])
        with pytest.raises(BadRatings):
            relabelled([3], nobody, 5, seed=0)


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
    found = relabelled(a, b, points, seed=1)
    assert found.value == Fraction(sum(each >= observed for each in gaps), len(gaps))
    assert found.relabellings == len(gaps)
    assert found == relabelled(b, a, points, seed=2) == relabelled(a[::-1], b, points, seed=3)


def test_up_to_20000_relabellings_are_counted_and_more_are_drawn() -> None:
    assert comb(19, 5) <= 20_000 < comb(20, 7)
    counted = relabelled([1] * 5, [5] * 14, 5, seed=0)
    drawn = relabelled([1] * 7, [5] * 13, 5, seed=0)
    assert (counted.kind, counted.value) == ("exact", Fraction(1, comb(19, 5)))
    assert (drawn.kind, drawn.value, drawn.relabellings) == ("sampled", Fraction(1, 5001), 5000)


def test_one_against_19999_is_counted() -> None:
    found = relabelled([5], [1] * 19_999, 5, seed=0)
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
    found = relabelled(a, b, 2, seed=4)
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
    found = relabelled(a, b, 5, seed=7)
    assert found == relabelled(shuffled, b, 5, seed=7) == relabelled(b, a, 5, seed=7)
    assert 0 < found.value <= 1


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
