"""Agreement within a group, common ground, and consensus."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.agreement import agreement, bridge, consensus, in_a_word
from discussion.analysis.answered import Answered, count_answers
from discussion.analysis.answers import Answer, BadRatings
from discussion.analysis.ratings import Thresholds
from tests.analysis.enrichment import TABLE

groups = st.lists(st.lists(st.integers(1, 5), max_size=9), min_size=1, max_size=4)


def counted(given_groups: Iterable[Iterable[Answer]], points: int = 5) -> list[Answered]:
    return [count_answers(group, points) for group in given_groups]


def of(key: str) -> list[Answered]:
    """What both groups of the worked example answered."""
    return counted([TABLE[key][1], TABLE[key][2]])


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([30, 40, 210, 130, 530, 50, 10], 0.6113),
        ([5, 0, 0, 0, 5], -1),
        ([5, 0, 0, 0, 0, 0, 5], -1),
        ([2, 2, 2, 2, 2], 0),
        ([1, 1], 0),
        ([0, 0, 7, 0, 0], 1),
        ([0, 4], 1),
    ],
)
def test_published_values_of_agreement(people: list[int], expected: float) -> None:
    assert round(float(agreement(people)), 4) == expected


def test_both_groups_of_the_worked_example_are_united() -> None:
    groups = of("E2")
    assert len(groups) == 2
    for group in groups:
        assert agreement(group.counts) == Fraction(4, 5)
        assert in_a_word(agreement(group.counts)) == "agreed"


def test_agreement_in_a_word() -> None:
    words = [in_a_word(Fraction(a)) for a in ("1", "0.5", "0.499", "0.001", "0", "-1")]
    assert words == ["agreed", "agreed", "mixed", "mixed", "split", "split"]


@given(st.lists(st.integers(0, 6), min_size=2, max_size=8).filter(any))
def test_agreement_has_diagnosis_and_the_same_from_either_end_and_of_twice_as_many(
    people: list[int],
) -> None:
    found = agreement(people)
    assert -1 <= found <= 1
    assert found == agreement(people[::-1])
    assert found == agreement([2 * each for each in people])
    assert found == agreement([3 * each for each in people])


@pytest.mark.parametrize("wrong", [[], [3], [0, 0, 0], [3, -1, 2]])
def test_agreement_of_nobody_is_refused(wrong: list[int]) -> None:
    with pytest.raises(BadRatings):
        agreement(wrong)


def test_bridges_of_the_worked_example() -> None:
    products = {key: bridge(of(key)).product for key in TABLE}
    assert round(float(products["E1"]), 3) == 0.735
    assert round(float(products["M2"]), 3) == 0.306
    means = {key: bridge(of(key)).rank for key in ("M1", "M2")}
    assert max(means, key=lambda key: means[key]) == "M2"  # the nearest strategy


def test_the_number_of_groups_does_not_lift_a_statement() -> None:
    two, three = (bridge(counted([[5] * 5] * groups)) for groups in (2, 3))
    assert two.product > three.product
    assert two.rank == pytest.approx(three.rank)


def test_a_bridge_on_any_scale() -> None:
    assert bridge(counted([[3, 4, 2]], 4)).product == Fraction(3, 5)
    assert bridge(counted([[4, 5, 6]], 7)).product == Fraction(3, 5)
    assert bridge(counted([[], ["dont_know"]])).product == Fraction(1, 4)
    with pytest.raises(BadRatings):
        bridge([])


@given(groups)
def test_a_bridge_is_a_share_whatever_the_order(given_groups: list[list[int]]) -> None:
    found = bridge(counted(given_groups))
    assert 0 < found.product < 1
    assert 0 < found.rank < 1
    turned = bridge(reversed(found.groups))
    assert (turned.product, turned.rank) == (found.product, found.rank)


@pytest.mark.parametrize(
    ("key", "expected"),
    [("E1", "agree"), ("E2", "none"), ("F1", "none"), ("F2", "agree"), ("M1", "none"),
     ("M2", "none")],
)  # fmt: skip
def test_consensus_in_the_worked_example(key: str, expected: str) -> None:
    assert consensus(of(key)).state == expected


def test_consensus_wants_three_quarters_of_every_group() -> None:
    just = [4, 4, 4, 4, 4, 4, 3, 3]
    assert consensus(counted([just, [5] * 5])).state == "agree"
    assert consensus(counted([[6 - rating for rating in just], [1] * 5])).state == "disagree"
    assert consensus(counted([[*just[1:], 3], [5] * 5])).state == "none"
    assert consensus(counted([just, [1] * 5])).state == "none"
    assert consensus(counted([just, [5] * 4])).state == "insufficient"
    assert consensus(counted([just]), Thresholds(consensus=0.8)).state == "none"
    assert consensus(counted([[3] * 5], 4)).state == "agree"
    assert consensus(counted([[4] * 5], 7)).state == "none"
    with pytest.raises(BadRatings):
        consensus([])


@given(groups, st.sampled_from([2, 3]))
def test_consensus_does_not_depend_on_order_nor_on_how_often_all_are_asked(
    given_groups: list[list[int]], times: int
) -> None:
    enough = [[*group, 4, 4, 4, 4, 4] for group in given_groups]
    found = consensus(counted(enough)).state
    assert found == consensus(counted([group * times for group in enough])).state
    assert found == consensus(reversed(counted(enough))).state
