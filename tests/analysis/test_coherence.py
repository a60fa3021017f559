"""Whether what is done is what is said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings
from discussion.analysis.coherence import median_readings, role_gap, say_do_coherence

PROFESSED = {"1": 0.25, "2": 0.75, "3": 0.50}
ENACTED = {"1": 0.75, "2": 0.75, "3": 0.25}
readings = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]))


def test_the_worked_example() -> None:
    found = say_do_coherence(PROFESSED, ENACTED)
    assert found.coherence == Fraction(3, 4)
    assert found.drift is not None
    assert round(float(found.drift), 3) == 0.083
    assert [(each.function, each.difference) for each in found.mismatches] == [
        ("1", Fraction(1, 2)),
        ("3", Fraction(-1, 4)),
        ("2", 0),
    ]


def test_functions_with_one_reading_are_left_out_and_named() -> None:
    found = say_do_coherence({**PROFESSED, "uniform": 1}, {**ENACTED, "estates": 0})
    assert (found.coherence, found.left_out) == (Fraction(3, 4), ("estates", "uniform"))


def test_two_functions_are_not_enough_to_say() -> None:
    found = say_do_coherence({"1": 0, "2": 1}, {"1": 1, "2": 1, "3": 1})
    assert (found.coherence, found.drift) == (None, None)
    assert say_do_coherence({}, {}).mismatches == ()


@pytest.mark.parametrize("wrong", [-0.25, 1.5, float("nan")])
def test_readings_off_the_scale_are_refused(wrong: float) -> None:
    with pytest.raises(BadRatings):
        say_do_coherence({"1": wrong}, {"1": 0.5})


def test_several_people_are_read_by_their_median_where_there_are_five() -> None:
    people = [{"1": reading, "2": 1} for reading in (0, 0, 0.25, 1, 1)]
    assert median_readings(people) == {"1": Fraction(1, 4), "2": 1}
    assert median_readings([*people[:4], {"2": 0}]) == {"2": 1}
    assert median_readings([*people, {"1": 0.5}])["1"] == Fraction(3, 8)
    leaders, staff = median_readings([PROFESSED] * 5), median_readings([ENACTED] * 6)
    assert role_gap(leaders, staff)[0].difference == Fraction(1, 2)


@given(readings, readings)
def test_coherence_is_a_share_and_drift_turns_with_the_sides(
    professed: dict[str, float], enacted: dict[str, float]
) -> None:
    found, turned = say_do_coherence(professed, enacted), say_do_coherence(enacted, professed)
    assert found.coherence == turned.coherence
    if found.coherence is not None and found.drift is not None and turned.drift is not None:
        assert 0 <= found.coherence <= 1
        assert found.drift == -turned.drift
        assert abs(found.drift) <= 1 - found.coherence
        assert say_do_coherence(professed, professed).coherence == 1
