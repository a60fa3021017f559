"""Hospitals that held a run, for tests of what is made of it: wards, sisters, and staff."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.series.series.models import Series
from discussion.weighing.practice.keys import hash_of, link_of
from discussion.weighing.practice.models import Instrument, Organisation, Run, RunInvitation
from tests.factories import NOW
from tests.factories.practice import make_organisation, make_respondent, make_run

SECRET = "a secret for links"
# insight 5.7: professed (.25, .75, .5), practised (.75, .75, .25), as stops.
WORKED = {"dressings": (2, 4), "visits": (4, 4), "records": (3, 2)}
Person = tuple[str, int, Mapping[str, tuple[Any, Any]]]  # role, ward, what they said


def everybody(number: int, says: Mapping[str, tuple[Any, Any]]) -> list[Person]:
    """So many who answer alike: as many sisters as staff, on two wards."""
    return [("leader" if at % 2 else "staff", at // 2 % 2, says) for at in range(number)]


def hold_run(
    session: Session,
    instrument: Instrument,
    people: Sequence[Person],
    organisation: Organisation | None = None,
    *,
    later: int = 0,
    **changes: Any,
) -> Run:
    """A closed run in which these people answered; `later` by so many days."""
    series = session.get_one(Series, instrument.series_id)
    organisation = organisation or make_organisation(session, series)
    changes = {"state": "open"} | changes
    run = make_run(session, organisation, instrument, **changes)
    for role, unit, says in people:
        make_respondent(session, run, says, role=role, unit=unit)
    run.state, run.closed_at = "closed", NOW + timedelta(days=later)
    session.flush()
    return run


def invite(session: Session, run: Run, *, unit: int = 0, role: str = "staff") -> str:
    """Somebody who is asked; their link."""
    row = RunInvitation(
        run_id=run.id, unit_id=run.units[unit].id, role=role, email="a@hospital.example",
        address_key=f"{run.id}-{len(run.units)}-{unit}-{role}", link_hash="",
    )  # fmt: skip
    row.link_hash = f"none of {run.id} {unit} {role}"
    session.add(row)
    session.flush()
    link = link_of(SECRET, row.public_id)
    row.link_hash = hash_of(link)
    session.flush()
    return link
