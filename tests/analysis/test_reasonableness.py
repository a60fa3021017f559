"""What is reasonable though not mine: agreement about what is disputed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings, Kind, RatedStatement, Reasonable
from discussion.analysis.reasonableness import meta_consensus


def disputed(
    key: str, yes: int, non_holders: int, kind: Kind = "end", holders: int = 5
) -> RatedStatement:
    """So many who hold it, and so many who do not, of whom so many say that it is reasonable."""
    not_holding = [f"n{place}" for place in range(non_holders)]
    answers = {f"h{place}": 4 + place % 2 for place in range(holders)}
    answers |= {rater: 1 + place % 3 for place, rater in enumerate(not_holding)}
    said: dict[str, Reasonable] = {
        rater: "yes" if place < yes else "no" if place % 2 else "not_sure"
        for place, rater in enumerate(not_holding)
    }
    return RatedStatement(key, kind, answers, said)


def test_the_worked_example() -> None:
    """Two ends of three; the numbers behind 0.75 and 0.50 are ours, the example has none."""
    found = meta_consensus(
        [disputed("pupil_freedom", 4, 5), disputed("belonging", 6, 8), disputed("priority", 4, 8)]
    )
    assert [each.share for each in found.statements] == [
        Fraction(4, 5),
        Fraction(3, 4),
        Fraction(1, 2),
    ]
    assert found.normative == Fraction(2, 3)
    assert found.epistemic is found.preference_range is None


def test_each_kind_has_its_own_share() -> None:
    found = meta_consensus(
        [disputed("e", 5, 5), disputed("f", 0, 5, "fact"), disputed("m", 4, 5, "means"),
         disputed("n", 1, 5, "means")]
    )  # fmt: skip
    shares = [found.normative, found.epistemic, found.preference_range]
    assert shares == [1, 0, Fraction(1, 2)]


@pytest.mark.parametrize(("holders", "non_holders"), [(4, 9), (9, 4), (0, 20), (0, 0)])
def test_what_few_hold_or_few_do_not_is_not_disputed(holders: int, non_holders: int) -> None:
    found = meta_consensus([disputed("e", 4, non_holders, holders=holders)])
    assert not found.statements[0].is_disputed
    assert found.normative is None


def test_fewer_than_five_answers_have_no_share() -> None:
    assert meta_consensus([disputed("e", 4, 4)]).statements[0].share is None
    asked = disputed("e", 5, 7)
    partly = RatedStatement("e", "end", asked.answers, dict(list(asked.reasonable.items())[:4]))
    found = meta_consensus([partly])
    assert (found.statements[0].is_disputed, found.statements[0].answered) == (True, 4)
    assert found.normative is None


def test_holders_are_not_asked_and_who_did_not_rate_is_neither() -> None:
    plain = disputed("e", 4, 5)
    more = RatedStatement(
        "e",
        "end",
        {**plain.answers, "x": "dont_know", "y": None},
        {**plain.reasonable, "h0": "no", "x": "no", "y": "no"},
    )
    assert meta_consensus([more]) == meta_consensus([plain])


def test_not_holding_is_not_agreeing_on_any_scale() -> None:
    answers = dict(zip("abcdefghij", [3, 3, 4, 4, 3, 2, 2, 2, 1, 1], strict=True))
    yes: dict[str, Reasonable] = dict.fromkeys("fghij", "yes")
    found = meta_consensus([RatedStatement("e", "end", answers, yes)], points=4).statements[0]
    assert [found.holders, found.non_holders, found.share] == [5, 5, 1]


def test_a_share_of_exactly_three_quarters_is_enough() -> None:
    assert meta_consensus([disputed("e", 6, 8)]).normative == 1
    assert meta_consensus([disputed("e", 6, 8)], theta=0.8).normative == 0


def test_other_answers_are_refused() -> None:
    with pytest.raises(BadRatings):
        meta_consensus([RatedStatement("e", "end", {}, {"a": "maybe"})])  # type: ignore[dict-item]
    with pytest.raises(BadRatings):
        meta_consensus([RatedStatement("e", "end", {"a": 7})])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_shares_are_shares_in_whatever_order(rows: list[tuple[int, int, int]]) -> None:
    items = [
        disputed(f"e{place}", min(yes, non), non, holders=holders)
        for place, (yes, non, holders) in enumerate(rows)
    ]
    found = meta_consensus(items)
    assert found.normative == meta_consensus(items[::-1]).normative
    assert found.normative is None or 0 <= found.normative <= 1
    is_any = any(each.is_disputed for each in found.statements)
    assert (found.normative is not None) == is_any
