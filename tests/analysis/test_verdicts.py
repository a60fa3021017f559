"""Every combination of what is known of means, ends and facts, against a table made by hand."""

from itertools import product

import pytest

from discussion.analysis.answers import BadRatings
from discussion.analysis.kinds import KindState, Verdict, verdict

STATES: tuple[KindState, ...] = ("agreed", "alike", "apart", "unclear", "insufficient")

WORDS: dict[str, Verdict] = {
    "A": "agreement",
    "R": "same_course_for_different_reasons",
    "D": "same_course_despite_facts",
    "E": "about_ends",
    "F": "about_facts",
    "B": "about_ends_and_facts",
    "M": "about_means",
    "L": "answered_alike",
    "P": "partly_known",
    "N": "not_enough_to_say",
}
# means; ends; then facts agreed, alike, apart, unclear, insufficient
TABLE = """
agreed       agreed       A L D P P
agreed       alike        L L D P P
agreed       apart        R R R R R
agreed       unclear      P P D P P
agreed       insufficient P P D P P
alike        agreed       L L P P P
alike        alike        L L P P P
alike        apart        P P P P P
alike        unclear      P P P P P
alike        insufficient P P P P P
apart        agreed       M M F P P
apart        alike        M M F P P
apart        apart        E E B P P
apart        unclear      P P P P P
apart        insufficient P P P P P
unclear      agreed       P P P P P
unclear      alike        P P P P P
unclear      apart        P P P P P
unclear      unclear      P P P N N
unclear      insufficient P P P N N
insufficient agreed       P P P P P
insufficient alike        P P P P P
insufficient apart        P P P P P
insufficient unclear      P P P N N
insufficient insufficient P P P N N
"""
EXPECTED = {
    (means, ends, facts): WORDS[letter]
    for means, ends, *row in (line.split() for line in TABLE.strip().splitlines())
    for facts, letter in zip(STATES, row, strict=True)
}


def test_the_table_is_whole() -> None:
    assert set(EXPECTED) == set(product(STATES, repeat=3))


@pytest.mark.parametrize(("means", "ends", "facts"), EXPECTED)
def test_the_verdict_of_every_combination(
    means: KindState, ends: KindState, facts: KindState
) -> None:
    expected = EXPECTED[means, ends, facts]
    assert verdict(means, ends, facts, is_consensus=True, is_split=False) == expected
    without = verdict(means, ends, facts, is_consensus=False, is_split=False)
    assert without == ("answered_alike" if expected == "agreement" else expected)
    split = verdict(means, ends, facts, is_consensus=False, is_split=True)
    is_apart = "apart" in (means, ends, facts)
    assert split == (expected if is_apart else "split_within_groups")


def test_only_one_verdict_holds_the_word_agreement() -> None:
    assert [each for each in WORDS.values() if "agreement" in each] == ["agreement"]


def test_a_state_that_is_none_has_no_verdict() -> None:
    with pytest.raises(BadRatings):
        verdict("alike", "alike", "perhaps", is_consensus=True, is_split=False)  # type: ignore[arg-type]
