"""Somebody who may not write in a series reads why, on every form; who was removed gets none."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import clock
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.recording import write_decision
from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import (
    make_member,
    make_position,
    make_round,
    make_series,
    make_statement,
    make_thread,
    viewer,
)

SAYS = {
    "removed": ("removed",),
    "paused": ("You are paused",),
    "unconfirmed": ("Confirm your e-mail address", "Confirm your address", "not confirmed"),
}


@pytest.fixture
def forms(session: Session) -> tuple[Series, list[str]]:
    """A series, and the address of every form in which a member writes."""
    series = make_series(session)
    thread = make_thread(session, series)
    position = make_position(session, thread)
    weighing = make_thread(session, series, stage="weighing")
    statement = make_statement(session, weighing, make_position(session, weighing))
    held = make_round(
        session,
        weighing,
        statement,
        state="open",
        closed_at=None,
        closes_at=clock.now() + timedelta(days=3),
    )
    return series, [
        f"/positions/write/{thread.slug}",
        f"/positions/{position.public_id}/respond",
        f"/threads/propose/{series.slug}",
        f"/evidence/{series.slug}/add",
        f"/rounds/{weighing.slug}/{held.number}/rate",
    ]


def barred(session: Session, series: Series, how: str) -> Person:
    person = make_member(session, series)
    own: Any = session.query(Membership).filter_by(person_id=person.id).one()
    if how == "removed":
        own.removed_at, own.removed_how = clock.now(), "removed"
    elif how == "unconfirmed":
        person.email_confirmed_at = None
    session.flush()
    return person


def pause(session: Session, series: Series, person: Person) -> None:
    now = clock.now()
    moderator = make_member(session, series, role="moderator")
    decision = write_decision(
        session,
        viewer(session, moderator),
        Case("person", person.public_id, series),
        Ruling("pause", why=""),
        now=now,
    )
    session.add(Sanction(series_id=series.id, person_id=person.id, kind="pause", starts_at=now,
                         decision_id=decision.id, ends_at=now + timedelta(days=3)))  # fmt: skip
    session.flush()


@pytest.mark.parametrize("how", SAYS)
def test_every_form_says_why_not(
    client: FlaskClient, session: Session, forms: tuple[Series, list[str]], how: str
) -> None:
    series, addresses = forms
    person = barred(session, series, how)
    if how == "paused":
        pause(session, series, person)
    sign_in(client, person)
    assert len(addresses) > 3
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (200, 403), address
        assert any(words in answer.text for words in SAYS[how]), (how, address)
        if how == "removed":
            assert answer.status_code == 403, address
            assert "<title>You were removed from this series" in answer.text, address
            assert "<textarea" not in answer.text
