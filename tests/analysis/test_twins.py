"""How alike two sentences are: worked figures, and what must hold for any texts."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.twins import ALIKE, MOST, find_twins, group_alike, likenesses

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


HOURS = (
    "Every pupil should have a hundred hours of enrichment a year, whatever their school.",
    "Every pupil should have one hundred hours of enrichment each year.",
    "All pupils should get a hundred hours of enrichment a year, in every school.",
    "A hundred hours of enrichment a year should be guaranteed to every pupil.",
)


def test_rewordings_are_one_group_and_other_claims_are_in_none() -> None:
    said = {f"h{at}": words for at, words in enumerate(HOURS)} | OTHERS | {"a": COMPULSORY}
    first, second = group_alike(said, dict.fromkeys(said, True))
    assert first.keys == ("h0", "h1", "h2", "h3")
    assert set(first.nearest) == set(first.keys)
    assert second.keys == ("d", "a")


def test_what_is_told_apart_is_never_grouped_however_alike_it_looks() -> None:
    said = {"for": COMPULSORY, "not": COMPULSORY.replace("be", "not be"), "also": COMPULSORY}
    [group] = group_alike(said, {key: key == "not" for key in said})
    assert group.keys == ("for", "also")


def test_neighbours_of_neighbours_make_no_group_of_texts_that_share_nothing() -> None:
    words = [f"word{at} " * 3 for at in range(8)]
    chain = {str(at): " ".join(words[at : at + 2]) for at in range(7)}
    groups = group_alike(chain, dict.fromkeys(chain, 0), least=0.4)
    assert groups
    for group in groups:
        ends = int(group.keys[-1]) - int(group.keys[0])
        assert ends == len(group.keys) - 1 <= 2


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), texts, max_size=8), st.integers())
def test_nobody_is_in_two_groups_and_no_group_is_of_one(said: dict[str, str], side: int) -> None:
    groups = group_alike(said, {key: len(key) % 2 == side % 2 for key in said})
    named = [key for group in groups for key in group.keys]
    assert len(named) == len(set(named))
    assert all(len(group.keys) > 1 for group in groups)
    assert all(len({len(key) % 2 for key in group.keys}) == 1 for group in groups)
