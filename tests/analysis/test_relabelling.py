"""How often chance parts two groups so far, counted or drawn, and which of many p to believe."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings
from discussion.analysis.reach import find_most_chance
from discussion.analysis.relabelling import (
    ENOUGH,
    distance,
    gap_between,
    holm,
    relabel,
)
from discussion.analysis.resampling import upper_gap
from discussion.analysis.student import student_t

larger = st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(lambda many: sum(many) > 9)


def _people(counts: list[int]) -> list[int]:
    return [point for point, many in enumerate(counts, start=1) for _ in range(many)]


@given(
    st.lists(st.integers(0, 2), min_size=3, max_size=3).filter(any),
    st.lists(st.integers(0, 2), min_size=3, max_size=3).filter(any),
)
@settings(max_examples=25, deadline=None)
def test_an_exact_p_is_that_of_all_relabellings(a: list[int], b: list[int]) -> None:
    pooled = _people(a) + _people(b)
    far = 0
    relabellings = list(combinations(range(len(pooled)), sum(a)))
    for chosen in relabellings:
        here = Counter(pooled[at] for at in chosen)
        there = Counter(pooled) - here
        both = ([each[point] for point in (1, 2, 3)] for each in (here, there))
        far += distance(*both) >= distance(a, b)
    assert relabel(a, b, 0).value == Fraction(far, len(relabellings))


@given(larger, larger, st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_neither_the_groups_order_nor_the_scales_direction_matters(
    a: list[int], b: list[int], seed: int
) -> None:
    for one, other in ((b, a), (a[::-1], b[::-1]), (b[::-1], a[::-1])):
        assert relabel(one, other, seed) == relabel(a, b, seed)
        assert upper_gap(one, other, seed, 0.95) == upper_gap(a, b, seed, 0.95)


def test_where_chance_does_as_much_every_time_it_stops_at_the_sixtieth_draw() -> None:
    same = relabel([9, 9, 9, 9, 9], [9, 9, 9, 9, 9], 0)
    assert (float(same.value), same.kind, same.at_least) == (1, "sampled", 60)
    assert same.relabellings == 60


def test_where_chance_never_does_as_much_every_draw_is_made() -> None:
    far = relabel([30, 0, 0, 0, 0], [0, 0, 0, 0, 30], 0)
    assert (far.value, far.at_least, far.relabellings) == (Fraction(1, 5001), 0, 5000)


@given(
    st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any),
    st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any),
)
@settings(max_examples=40, deadline=None)
def test_the_bound_of_chance_is_never_below_the_share_of_all_relabellings(
    a: list[int], b: list[int]
) -> None:
    found = relabel(a, b, 0)
    pooled = [x + y for x, y in zip(a, b, strict=True)]
    most = find_most_chance(pooled, sum(a), distance(a, b))
    assert most >= float(found.value) - 1e-9 or found.kind == "sampled"


def test_what_the_bound_rules_out_no_draw_reaches() -> None:
    a, b = [16, 219, 300, 140, 60], [6, 109, 300, 300, 180]
    pooled, size, far = [x + y for x, y in zip(a, b, strict=True)], sum(a), distance(a, b)
    assert find_most_chance(pooled, size, far) * 5000 < 1e-6
    draws = np.random.default_rng(1).multivariate_hypergeometric(pooled, size, 5000)
    rests = np.array(pooled) - draws
    assert not any(distance(x, y) >= far for x, y in zip(draws, rests, strict=True))
    assert relabel(a, b, 1).value == Fraction(1, 5001)


def test_resamples_of_large_groups_spread_as_drawn_ones_do() -> None:
    """Each is drawn for itself; so they differ by what chance does and no more."""
    a, b = np.array([40, 90, 60, 20, 10]), np.array([20, 60, 90, 70, 30])
    random = np.random.default_rng(0)
    taken = [random.multinomial(each.sum(), each / each.sum(), 40_000) for each in (a, b)]
    shares = [np.cumsum(each, axis=1) / each[0].sum() for each in taken]
    drawn = np.quantile(np.abs(shares[0] - shares[1]).sum(axis=1) / 4, 0.95)
    found = [upper_gap(a.tolist(), b.tolist(), seed, 0.95) for seed in range(20)]
    assert np.mean(found) == pytest.approx(drawn, abs=0.001)
    assert max(found) - min(found) < 0.012


def test_stopping_early_leaves_the_p_where_it_was() -> None:
    """Of the same draws, made at once: the share up to the sixtieth at least so far apart."""
    a, b = [2, 4, 5, 3, 1], [1, 2, 5, 4, 4]
    pooled, size = [x + y for x, y in zip(a, b, strict=True)], sum(a)
    found = relabel(a, b, 3)
    for counts in (pooled, pooled[::-1]):  # as the scale is turned
        draws = np.random.default_rng(3).multivariate_hypergeometric(counts, size, 5000)
        rest = np.array(counts) - draws
        far = [distance(x, y) >= distance(a, b) for x, y in zip(draws, rest, strict=True)]
        upto = int(np.searchsorted(np.cumsum(far), ENOUGH)) + 1
        if found.relabellings == upto:
            assert found.value == Fraction(ENOUGH, upto)
            break
    else:
        pytest.fail("no draws of this seed give this p")


def test_holm_by_hand() -> None:
    ps = [Fraction(1, 100), Fraction(4, 100), Fraction(3, 100), Fraction(5, 1000)]
    assert holm(ps) == (Fraction(3, 100), Fraction(6, 100), Fraction(6, 100), Fraction(2, 100))
    assert set(holm([Fraction(9, 10), 1, Fraction(1, 2)])) == {Fraction(1)}
    assert holm([]) == ()


def test_what_is_no_p_or_nobody_is_refused() -> None:
    with pytest.raises(BadRatings):
        holm([1.5])
    for nobody in (([0] * 5, [1] * 5), ([1] * 5, [0] * 5)):
        for ask in (gap_between, lambda a, b: relabel(a, b, 0), lambda a, b: upper_gap(a, b, 0, 1)):
            with pytest.raises(BadRatings):
                ask(*nobody)


@pytest.mark.parametrize(
    ("p", "freedom", "expected"),
    [  # from printed tables
        (0.95, 1, 6.3138),
        (0.95, 10, 1.8125),
        (0.975, 5, 2.5706),
        (0.995, 30, 2.7500),
        (0.9995, 60, 3.4602),
        (0.95, 100_000, 1.6449),
        (0.5, 7, 0.0),
    ],
)
def test_students_t(p: float, freedom: int, expected: float) -> None:
    assert student_t(p, freedom) == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize(("p", "freedom"), [(0.4, 5), (1.0, 5), (0.9, 0)])
def test_students_t_of_what_cannot_be(p: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="share"):
        student_t(p, freedom)
