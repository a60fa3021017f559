"""Every combination of what is known of means, ends and facts, against a table made by hand."""

import pytest

from discussion.analysis.answers import BadRatings
from discussion.analysis.earlier_diagnosis import verdict
from discussion.analysis.ratings import State

STATES: tuple[State, ...] = ("alike", "apart", "unclear", "insufficient")

# means; ends; then facts alike, apart, unclear, insufficient
TABLE = """
alike        alike        agreement agreement_despite_facts agreement_reasons_unknown agreement_reasons_unknown
alike        apart        agreement_for_different_reasons agreement_for_different_reasons agreement_for_different_reasons agreement_for_different_reasons
alike        unclear      agreement_reasons_unknown agreement_reasons_unknown agreement_reasons_unknown agreement_reasons_unknown
alike        insufficient agreement_reasons_unknown agreement_reasons_unknown agreement_reasons_unknown agreement_reasons_unknown
apart        alike        about_means about_facts partly_known partly_known
apart        apart        about_ends about_ends_and_facts partly_known partly_known
apart        unclear      partly_known partly_known partly_known partly_known
apart        insufficient partly_known partly_known partly_known partly_known
unclear      alike        not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
unclear      apart        not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
unclear      unclear      not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
unclear      insufficient not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
insufficient alike        not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
insufficient apart        not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
insufficient unclear      not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
insufficient insufficient not_enough_to_say not_enough_to_say not_enough_to_say not_enough_to_say
"""  # noqa: E501

EXPECTED = {
    (means, ends, facts): expected
    for means, ends, *row in (line.split() for line in TABLE.strip().splitlines())
    for facts, expected in zip(STATES, row, strict=True)
}


def test_the_table_is_whole() -> None:
    assert len(EXPECTED) == 64


@pytest.mark.parametrize(("means", "ends", "facts"), EXPECTED)
def test_the_verdict_of_every_combination(means: State, ends: State, facts: State) -> None:
    assert verdict(means, ends, facts) == EXPECTED[means, ends, facts]


def test_a_state_that_is_none_has_no_verdict() -> None:
    with pytest.raises(BadRatings):
        verdict("alike", "alike", "perhaps")  # type: ignore[arg-type]
