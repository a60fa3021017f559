"""Taking everything back: by somebody who was asked, or who leaves the site."""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_hex

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.weighing.practice.keys import respondent_key
from discussion.weighing.practice.models import (
    OPEN,
    Answer,
    Coordinator,
    Fit,
    Respondent,
    Run,
    RunInvitation,
)


def take_back(session: Session, invitation: RunInvitation, secret: str) -> None:
    """Delete what was answered, and forget the address; only its keyed hash stays.

    The hash says that it is not to be asked again in this run. Of a run that is closed nobody can
    tell any more which answers these are. Asks no right: whoever holds the link is asked.
    """
    session.refresh(invitation.run, with_for_update=True)  # whoever saves just now is waited for
    if invitation.run.state == OPEN:
        key = respondent_key(secret, invitation.run.public_id, invitation.public_id)
        forget_respondents(
            session, session.scalars(select(Respondent.id).where(Respondent.key == key)).all()
        )
    invitation.email, invitation.is_stopped, invitation.is_withdrawn = "", True, True
    session.flush()


def forget_respondents(session: Session, ids: Iterable[int]) -> None:
    """These, and all that they said."""
    ids = list(ids)
    for table in (Answer, Fit):
        session.execute(delete(table).where(table.respondent_id.in_(ids)))
    session.execute(delete(Respondent).where(Respondent.id.in_(ids)))
    session.expire_all()


def forget_person(session: Session, person: Person, secret: str) -> None:
    """What somebody answered who was asked at the address of their account. Asks no right."""
    if not person.email:
        return
    asked = session.scalars(
        select(RunInvitation)
        .where(RunInvitation.email == person.email)
        .order_by(RunInvitation.id)
        .join(RunInvitation.run)
    )
    for invitation in asked.all():
        take_back(session, invitation, secret)


def forget_coordinator(session: Session, person_id: int, _now: datetime) -> None:
    """They hold no runs any more; those they held stay their organisation's, without their words.

    Asks no right.
    """
    session.execute(update(Run).where(Run.coordinator_id == person_id).values(letter=""))
    session.execute(delete(Coordinator).where(Coordinator.person_id == person_id))
    session.flush()


def part_from_addresses(session: Session, run: Run) -> None:
    """Give each respondent a key that is drawn: from now on no secret tells whose answers they are.

    Nor does the order in which they were asked, which the secret drew for them. Asks no right: it
    is part of closing.
    """
    for row in session.scalars(select(Respondent).where(Respondent.run_id == run.id)).all():
        row.key, row.order = token_hex(32), []
    session.flush()
