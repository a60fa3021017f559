"""Reasons that people on both sides use."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings
from discussion.analysis.reasons import appeal, reasons_weight, trade_off_weight


@pytest.mark.parametrize(
    ("stances", "spread", "score"),
    [
        ([0.9, 0.8, 0.85, 0.7], 0.073951, 4.295804),
        ([0.9, -0.8, 0.2, -0.3], 0.628490, 6.513961),
        ([0.5], 0.001, 1.001),
        ([], 0.001, 0),
    ],
)
def test_appeal_across_the_spectrum(stances: list[float], spread: float, score: float) -> None:
    found = appeal(stances)
    assert (round(found.spread, 6), round(found.score, 6)) == (spread, score)
    assert found.people == len(stances)


def test_a_stance_off_the_slider_is_refused() -> None:
    for wrong in (1.01, -2, float("nan")):
        with pytest.raises(BadRatings):
            appeal([0.5, wrong])


def test_the_weight_of_reasons() -> None:
    assert [round(reasons_weight(number), 4) for number in (0, 1, 4, 8)] == [
        0.1, 0.7931, 1.7094, 2.2972,
    ]  # fmt: skip
    assert reasons_weight(50) == reasons_weight(8)


def test_the_weight_of_reasons_on_either_side() -> None:
    weights = [trade_off_weight(*pair) for pair in ((3, 0), (1, 1), (3, 2))]
    assert [round(weight, 6) for weight in weights] == [0.1, 1, 1.693147]
    assert trade_off_weight(2, 3) == 1 + log(2)


def test_reasons_below_none_are_refused() -> None:
    with pytest.raises(BadRatings):
        reasons_weight(-1)
    with pytest.raises(BadRatings):
        trade_off_weight(1, -1)


@given(st.lists(st.floats(-1, 1), max_size=12))
def test_appeal_has_diagnosis_and_knows_no_order_and_no_side(stances: list[float]) -> None:
    found = appeal(stances)
    assert 0 <= found.spread <= 1
    assert found == appeal(stances[::-1])
    assert found == appeal([-stance for stance in stances])
