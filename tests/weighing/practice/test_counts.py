"""How many have answered: never so that the numbers shown tell of fewer than five."""

from itertools import combinations

import pytest
from sqlalchemy.orm import Session

from discussion.weighing.practice.models import Run, RunInvitation
from discussion.weighing.practice.queries.counts import Counts, count_answers
from tests.factories import make_series
from tests.factories.practice import (
    make_instrument,
    make_organisation,
    make_respondent,
    make_run,
)

UNITS = ("Ashgill", "Low Mill", "Thornlaw", "Central team")
# Who has answered: role and unit → how many. Then which counts are told, in the order of the page.
CASES = [
    ({("staff", 0): 4}, []),
    ({("staff", 0): 5}, [("Everybody", 5), ("Staff", 5), ("Ashgill", 5)]),
    (
        {("leader", 3): 4, ("leader", 0): 2, ("leader", 1): 2, ("leader", 2): 1,
         ("staff", 0): 4, ("staff", 1): 3, ("staff", 2): 3},
        [("Everybody", 19), ("Leaders", 9), ("Staff", 10), ("Ashgill", 6), ("Low Mill", 5)],
    ),
    # Two parts of which the second has four: telling the first would give it away.
    ({("staff", 0): 6, ("staff", 1): 4}, [("Everybody", 10), ("Staff", 10)]),
    ({("leader", 0): 4, ("staff", 0): 6}, [("Everybody", 10), ("Ashgill", 10)]),
    (
        {("leader", 0): 5, ("staff", 0): 5, ("staff", 1): 5},
        [("Everybody", 15), ("Leaders", 5), ("Staff", 10), ("Ashgill", 10), ("Low Mill", 5)],
    ),
]  # fmt: skip


@pytest.fixture
def run(session: Session) -> Run:
    series = make_series(session)
    return make_run(session, make_organisation(session, series), make_instrument(session, series),
                    units=UNITS)  # fmt: skip


@pytest.mark.parametrize(("answered", "told"), CASES)
def test_counts_are_told_only_where_no_sum_of_them_is_of_fewer_than_five(
    session: Session,
    run: Run,
    answered: dict[tuple[str, int], int],
    told: list[tuple[str, int]],
) -> None:
    for (role, unit), many in answered.items():
        for _each in range(many):
            make_respondent(session, run, {"visits": (1, 2)}, role=role, unit=unit)
    found = count_answers(session, run)
    assert shown(found) == told
    _nothing_by_subtraction(found, answered)


def test_who_has_only_begun_is_not_counted_and_who_is_asked_is(session: Session, run: Run) -> None:
    for number in range(6):
        session.add(
            RunInvitation(run_id=run.id, unit_id=run.units[0].id, role="staff",
                          address_key=str(number), link_hash=str(number))
        )  # fmt: skip
        made = make_respondent(session, run, {"visits": (1, 2)})
        made.is_done = number < 5
    session.flush()
    found = count_answers(session, run)
    assert (found.whole.asked, found.whole.answered) == (6, 5)
    assert found.units[1].asked == 0


def shown(found: Counts) -> list[tuple[str, int]]:
    rows = (found.whole, *found.roles, *found.units)
    return [(one.name, one.answered) for one in rows if one.answered is not None]


def _nothing_by_subtraction(found: Counts, answered: dict[tuple[str, int], int]) -> None:
    """An attacker who subtracts any shown group from any that holds it, and groups of units."""
    people = [cell for cell, many in answered.items() for _each in range(many)]
    sets = {
        found.whole.name: set(range(len(people))),
        "Leaders": {n for n, (role, _unit) in enumerate(people) if role == "leader"},
        "Staff": {n for n, (role, _unit) in enumerate(people) if role == "staff"},
        **{name: {n for n, (_role, at) in enumerate(people) if at == place}
           for place, name in enumerate(UNITS)},
    }  # fmt: skip
    known = [sets[name] for name, _many in shown(found)]
    for several in range(1, len(known)):
        for taken in combinations(known, several):
            union = set().union(*taken)
            for whole in known:
                rest = whole - union
                if union <= whole and sum(map(len, taken)) == len(union):
                    assert not 0 < len(rest) < 5
