"""What is said beside what is done: states, ranges that contradict none, coherence and drift."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.practice import Truth, measure
from discussion.analysis.answers import BadRatings
from discussion.analysis.practice import SHOWN, STEP, Both, hold_mirror, how_many_more

# insight 5.7: professed (.25, .75, .5), practised (.75, .75, .25), as stops.
WORKED: dict[str, Both] = {"one": (2, 4), "two": (4, 4), "three": (3, 2)}


def test_the_worked_example_comes_out() -> None:
    mirror = hold_mirror({name: [both] * 12 for name, both in WORKED.items()})
    assert mirror.together.coherence == Fraction(3, 4)
    assert mirror.together.drift == Fraction(1, 12)
    assert [each.function for each in mirror.functions] == ["one", "three", "two"]
    assert [each.state for each in mirror.functions] == ["out_of_step", "out_of_step", "in_step"]
    assert mirror.functions[0].gap == 2


def test_it_is_of_medians_and_not_of_means() -> None:
    one = [(2, 2)] * 7 + [(2, 5)] * 4
    assert hold_mirror(dict.fromkeys("abc", one)).together.coherence == 1


def test_below_ten_nothing_is_said() -> None:
    mirror = hold_mirror({name: [both] * 9 for name, both in WORKED.items()})
    assert {each.state for each in mirror.functions} == {"not_enough"}
    assert mirror.together.coherence is None
    assert all(each.middle is None and each.gap is None for each in mirror.functions)


def test_ten_who_answer_alike_are_no_proof() -> None:
    found = hold_mirror({"one": [(3, 4)] * 10, "two": [(3, 3)] * 10}).functions
    assert found[0].low is not None
    assert found[0].high is not None
    assert found[0].low < 1 < found[0].high


def test_a_stop_off_the_scale_is_refused() -> None:
    with pytest.raises(BadRatings):
        hold_mirror({"one": [(0, 3)] * 10})


def test_more_answers_would_settle_what_is_not_too_near_the_line() -> None:
    near = [(3, 3)] * 6 + [(2, 4)] * 4 + [(4, 2)] * 2
    found = hold_mirror({"near": near, "line": [(3, 4)] * 11 + [(2, 2)]}).functions
    more = {each.function: how_many_more(each, 2) for each in found}
    assert more["line"] is None or more["line"] > 50
    assert any(each is not None for each in more.values())


@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40),
        min_size=1,
    )
)
def test_no_range_contradicts_its_state(answers: dict[str, list[Both]]) -> None:
    functions = hold_mirror(answers).functions
    assert len(functions) == len(answers)
    for each in functions:
        if each.state == "not_enough":
            continue
        assert each.gap is not None
        assert each.low is not None
        assert each.high is not None
        assert each.low <= each.gap <= each.high
        if each.state == "out_of_step":
            assert each.least > SHOWN
            assert abs(each.gap) >= STEP
        elif each.state == "in_step":
            assert each.most < STEP
        else:
            assert each.most >= STEP


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=10, max_size=30))
def test_the_other_way_round_is_the_mirror_image(both: list[Both]) -> None:
    there = hold_mirror({"one": both}).functions[0]
    back = hold_mirror({"one": [(does, says) for says, does in both]}).functions[0]
    assert there.state == back.state
    assert there.gap == -(back.gap or 0)


@pytest.mark.parametrize(
    "truth",
    [
        Truth("no gap anywhere", 12),
        Truth("just under ¾ of a step, in all ten", 24, 0.74, 10),
        Truth("two steps, in one", 24, 2.0, 1),
        Truth("two steps in one, people see little", 24, 2.0, 1, noise=1.0),
    ],
    ids=lambda truth: truth.name,
)
def test_a_small_trial_is_seldom_wrong_and_names_gaps(truth: Truth) -> None:
    """The whole one is `python -m bench.practice`."""
    row = measure(truth, 40, 7)
    assert row.false_mismatch <= 5
    assert row.false_in_step <= 5
    assert row.named is None or row.named >= 80
