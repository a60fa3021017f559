"""Double cruxes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings, RatedStatement
from discussion.analysis.cruxes import crux_state, double_crux, find_double_cruxes
from tests.analysis.enrichment import TABLE, A, B, rated

CRUX_A, CRUX_B = (True, True, True, False, False), (True, False, True, True, True)
people = st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=7)


def f1() -> RatedStatement:
    """F1 of the worked example, with its cruxes."""
    cruxes = {rater for rater, is_crux in zip((*A, *B), (*CRUX_A, *CRUX_B), strict=True) if is_crux}
    plain = rated("F1", "fact", TABLE["F1"][1], TABLE["F1"][2])
    return RatedStatement(plain.key, plain.kind, plain.answers, cruxes=frozenset(cruxes))


def test_the_worked_example() -> None:
    a = zip(TABLE["F1"][1], CRUX_A, strict=True)
    b = zip(TABLE["F1"][2], CRUX_B, strict=True)
    found = double_crux(a, b)
    assert (found.pairs, found.possible, found.share) == (2, 25, Fraction(8, 100))
    assert find_double_cruxes([f1()], A, B) == (("F1", found),)


def test_nobody_is_on_a_side_without_rating_it() -> None:
    found = double_crux([(5, True), ("dont_know", True)], [(1, True), (None, True), (3, True)])
    assert (found.pairs, found.possible) == (1, 2)
    assert double_crux([], [(1, True)]).share is None


def test_sides_follow_the_scale() -> None:
    assert double_crux([(3, True)], [(2, True)], points=4).share == 1
    assert double_crux([(5, True)], [(3, True)], points=7).share == 1
    assert double_crux([(4, True)], [(3, True)], points=7).share == 0


def test_cruxes_are_listed_from_the_strongest_and_none_where_too_few_rated() -> None:
    all_cruxes = frozenset((*A, *B))
    strong = RatedStatement(
        "F9", "fact", rated("", "fact", [1] * 5, [5] * 5).answers, {}, all_cruxes
    )
    few = RatedStatement("F8", "fact", rated("", "fact", [1] * 4, [5] * 5).answers, {}, all_cruxes)
    alike = RatedStatement(
        "F7", "fact", rated("", "fact", [5] * 5, [5] * 5).answers, {}, all_cruxes
    )
    found = find_double_cruxes([alike, few, f1(), strong], A, B)
    assert [(key, crux.share) for key, crux in found] == [("F9", 1), ("F1", Fraction(2, 25))]
    assert find_double_cruxes([alike], A, B) == ()


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadRatings):
        double_crux([(6, True)], [])
    with pytest.raises(BadRatings):
        find_double_cruxes([f1()], A, ("a1",))


@given(people, people, st.sampled_from([2, 3]))
def test_a_double_crux_is_a_share_the_same_from_either_side_and_of_copies(
    a: list[tuple[int, bool]], b: list[tuple[int, bool]], times: int
) -> None:
    found = double_crux(a, b)
    assert found == double_crux(b[::-1], a[::-1])
    assert found.share is None or 0 <= found.share <= 1
    assert double_crux(a * times, b * times).share == found.share
    crossing = sum(
        here_crux and there_crux and (here - 3) * (there - 3) < 0
        for here, here_crux in a
        for there, there_crux in b
    )
    assert found.pairs == crossing


@pytest.mark.parametrize(
    ("agree", "disagree", "answered", "expected"),
    [
        (5, 5, 12, "double_crux"),
        (12, 0, 12, "one_side_only"),  # everybody marks it, all on one side
        (0, 5, 30, "one_side_only"),
        (5, 4, 30, "one_side_only"),
        (4, 4, 10, "no_crux"),
        (0, 0, 10, "no_crux"),
        (0, 0, 9, "too_few_marks"),
        (4, 0, 9, "too_few_marks"),
    ],
)
def test_what_marks_on_one_statement_say(
    agree: int, disagree: int, answered: int, expected: str
) -> None:
    assert crux_state(agree, disagree, answered) == expected
    assert crux_state(disagree, agree, answered) == expected
    assert crux_state(agree, disagree, answered, is_asked=False) == "not_asked"


def test_marks_are_of_people_who_answered() -> None:
    for wrong in ((-1, 0, 5), (3, 3, 5)):
        with pytest.raises(BadRatings):
            crux_state(*wrong)
