"""How alike two sentences are: worked figures, and what must hold for any texts."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.twins import ALIKE, MOST, find_twins, likenesses

texts = st.text(max_size=60)
COMPULSORY = "Attendance at enrichment should be compulsory in year 8."
OTHERS = {
    "b": "A data amnesty every year would stop schools collecting what nobody reads.",
    "c": "Trusts should set one entitlement that every school must meet.",
    "d": "Attendance at enrichment should be compulsory in years 7 and 8.",
}


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("abc", "abc", 1.0),
        ("abc", "ABC!", 1.0),
        ("abc", "abd", 1 / (1 + 5 * (log(3 / 2) + 1) ** 2)),
        ("abc", "xyz", 0.0),
        ("", "abc", 0.0),
        ("…", "", 0.0),
    ],
)
def test_likeness_is_the_cosine_of_weighted_runs_of_characters(
    one: str, other: str, likeness: float
) -> None:
    assert likenesses(one, [other]) == pytest.approx((likeness,), abs=5e-7)


def test_a_rewording_is_suggested_and_other_claims_are_not() -> None:
    assert [twin.key for twin in find_twins(COMPULSORY, OTHERS)] == ["d"]


def test_a_negation_looks_like_a_twin() -> None:
    negated = COMPULSORY.replace("be", "not be")
    (twin,) = find_twins(COMPULSORY, {**OTHERS, "e": negated}, most=1)
    assert (twin.key, twin.likeness > 0.8) == ("e", True)


@given(texts, st.lists(texts, max_size=6))
def test_likeness_lies_between_nothing_and_the_same(text: str, others: list[str]) -> None:
    assert all(0 <= one <= 1 for one in likenesses(text, others))


@given(texts, texts)
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert likenesses(one, [other]) == pytest.approx(likenesses(other, [one]), abs=2e-6)


@given(texts, st.dictionaries(st.text("abc", min_size=1, max_size=3), texts, max_size=8))
def test_at_most_three_are_suggested_the_most_alike_first(
    text: str, others: dict[str, str]
) -> None:
    found = find_twins(text, others)
    assert len(found) <= MOST
    assert all(twin.likeness >= ALIKE for twin in found)
    assert list(found) == sorted(found, key=lambda twin: (-twin.likeness, twin.key))
