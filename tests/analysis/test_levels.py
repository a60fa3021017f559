"""What levels put first, and where they pull apart, as far as it may be said."""

from fractions import Fraction

import pytest

from discussion.analysis.levels import compare_levels, put_first, rank_correlation
from discussion.analysis.tags import Tagged

A, B, C, D, E, F = "adequacy", "belonging", "choice", "dignity", "equality", "fairness"


def test_each_level_is_told_what_it_puts_first_the_most_often_first() -> None:
    wards = [Tagged((A, B)), Tagged((B,)), Tagged((A,)), Tagged(())]
    [ward] = put_first({"ward": wards})
    assert (ward.positions, ward.tagged) == (4, 3)
    assert ward.first == ((A, 2), (B, 1))


@pytest.mark.parametrize(
    ("ward", "region", "said"),
    [
        ([Tagged((A, B, C))] * 4, [Tagged((D, E, F))] * 9, "too_few"),
        ([Tagged((A, B))] * 9, [Tagged((C, D))] * 9, "few_values"),
        ([Tagged((A, B, C))] * 5, [Tagged((D, E, F))] * 5, "cannot_tell"),  # too few to conclude
        ([Tagged((A, B, C))] * 9, [Tagged((D, E, F))] * 9, "apart"),
        ([Tagged((A, B, C)), Tagged((D, E))] * 5, [Tagged((A, B, C)), Tagged((D, E))] * 5,
         "cannot_tell"),
    ],
)  # fmt: skip
def test_levels_are_said_to_be_apart_only_where_counts_carry_it(
    ward: list[Tagged], region: list[Tagged], said: str
) -> None:
    [pair] = compare_levels({"ward": ward, "region": region}, seed=7)
    assert pair.said == said
    assert (pair.shared is None) is (said in ("too_few", "few_values"))


def test_over_several_questions_nothing_is_concluded() -> None:
    levels = {"ward": [Tagged((A, B, C))] * 9, "region": [Tagged((D, E, F))] * 9}
    [pair] = compare_levels(levels, seed=7, concludes=False)
    assert pair.said == "cannot_tell"
    assert pair.shared == 0


def test_the_share_and_the_value_over_which_two_levels_differ_most_are_as_by_hand() -> None:
    ward = [Tagged((A, B))] * 3 + [Tagged((C, D))] * 2  # A 9/25, B 6/25, C 6/25, D 4/25
    region = [Tagged((A,))] * 1 + [Tagged((E,))] * 4  # A 1/5, E 4/5
    [pair] = compare_levels({"ward": ward, "region": region}, seed=7)
    assert pair.shared == Fraction(1, 5)
    assert pair.most is not None
    assert (pair.most.value, pair.most.a, pair.most.b) == (E, Fraction(0), Fraction(4, 5))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((1, 2, 3, 4, 5), (1, 2, 3, 4, 5), 1.0),
        ((1, 2, 3, 4, 5), (5, 4, 3, 2, 1), -1.0),
        ((1, 2, 3, 4, 5), (2, 1, 4, 3, 5), 0.8),
        ((1, 1, 2, 3, 4), (1, 1, 1, 1, 1), None),
        ((1, 1, 2), (1, 2, 2), 0.5),
    ],
)
def test_rank_correlation_is_spearmans(
    a: tuple[int, ...], b: tuple[int, ...], expected: float | None
) -> None:
    found = rank_correlation(list(map(Fraction, a)), list(map(Fraction, b)))
    assert found == (None if expected is None else pytest.approx(expected))
