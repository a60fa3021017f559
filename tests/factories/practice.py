"""Instruments, organisations and runs: what is asked, and what people answered."""

from collections.abc import Mapping, Sequence
from itertools import count
from secrets import token_hex
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.weighing.practice.models import (
    Answer,
    Coordinator,
    Function,
    Instrument,
    Organisation,
    Respondent,
    Run,
    Unit,
)
from tests.factories import NOW, make_member, make_person

_numbers = count(1)
FUNCTIONS = ("dressings", "visits", "records", "training")
STOPS = ("Ward alone", "Ward within principles", "Together", "Hospital, wards adapt", "Hospital")


def make_instrument(session: Session, series: Series, functions: Sequence[str] = FUNCTIONS,
                    **changes: Any) -> Instrument:  # fmt: skip
    """An open instrument that asks of these functions, unless told otherwise."""
    newest = select(func.max(Instrument.version)).where(Instrument.series_id == series.id)
    fields: dict[str, Any] = {
        "version": (session.scalar(newest) or 0) + 1,
        "professed": "Which best represents our stated approach?",
        "practised": "Who decides, in practice?",
        "stops": list(STOPS),
        "compulsion": "Is it required?",
        "compulsion_stops": ["Free", "Encouraged", "Expected", "Of some", "Of all"],
        "made_at": NOW,
        "saved_at": NOW,
    }
    fields |= changes
    state = fields.pop("state", "open")
    if "made_by_id" not in fields:
        fields["made_by_id"] = make_member(session, series, role="convener").id
    made = Instrument(series_id=series.id, **fields)
    made.functions = [
        Function(slug=slug, name=slug.capitalize(), covers=f"All about {slug}", order=order)
        for order, slug in enumerate(functions, start=1)
    ]
    session.add(made)
    session.flush()
    if state == "open":
        made.state, made.opened_at = "open", NOW
        session.flush()
    return made


def make_organisation(session: Session, series: Series, coordinator: Person | None = None,
                      **changes: Any) -> Organisation:  # fmt: skip
    """An organisation that an administrator registered, with one coordinator."""
    n = next(_numbers)
    fields: dict[str, Any] = {
        "name": f"Hospital {n}", "domains": [f"hospital{n}.example"], "made_at": NOW,
    }  # fmt: skip
    fields |= changes
    if "made_by_id" not in fields:
        fields["made_by_id"] = make_person(session, is_administrator=True).id
    made = Organisation(series_id=series.id, **fields)
    coordinator = coordinator or make_person(session)
    made.coordinators = [Coordinator(person_id=coordinator.id, made_at=NOW)]
    session.add(made)
    session.flush()
    return made


def make_run(session: Session, organisation: Organisation, instrument: Instrument,
             units: Sequence[str] = ("Ward A", "Ward B"), **changes: Any) -> Run:  # fmt: skip
    """A run that is open, of these units, unless told otherwise; nobody is invited yet."""
    n = next(_numbers)
    fields: dict[str, Any] = {
        "coordinator_id": organisation.coordinators[0].person_id,
        "state": "open",
        "code": f"run{n}",
        "consent_text": "The board agrees that staff are asked.",
        "consent_by": "The board",
        "consented_at": NOW,
        "opened_at": NOW,
        "closes_at": NOW,
        "made_at": NOW,
    }
    fields |= changes
    if fields["state"] == "closed":
        fields.setdefault("closed_at", NOW)
    made = Run(organisation_id=organisation.id, instrument_id=instrument.id, **fields)
    made.units = [
        Unit(name=name, level="school", code=f"unit{next(_numbers)}", order=order)
        for order, name in enumerate(units, start=1)
    ]
    session.add(made)
    session.flush()
    return made


def make_respondent(session: Session, run: Run, says: Mapping[str, tuple[Any, Any]],
                    *, role: str = "staff", unit: int = 0, **more: Any) -> Respondent:  # fmt: skip
    """Somebody who said these stops, professed and practised, of functions by slug.

    `more` goes into every answer: values, a reason, whether it may be shown.
    """
    functions = {one.slug: one for one in run.instrument.functions}
    made = Respondent(
        run_id=run.id, unit_id=run.units[unit].id, key=token_hex(32), role=role,
        order=list(functions), is_done=True,
    )  # fmt: skip
    made.answers = [
        Answer(function_id=functions[slug].id, professed=str(professed), practised=str(practised),
               **more)
        for slug, (professed, practised) in says.items()
    ]  # fmt: skip
    session.add(made)
    session.flush()
    return made
