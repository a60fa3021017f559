"""Appealing against a decision that was addressed to one: once, and within its time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.db import add_unless_there
from discussion.decisions.models import Decision
from discussion.language import _
from discussion.mail.queue import promise_mail
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.appeals.queries.reviewers import may_review
from discussion.oversight.appeals.queries.statement import find_appeal, state_of
from discussion.oversight.appeals.words import MAX_TEXT, STATES
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require


class CannotAppeal(Exception):
    """It is too late, was done before, or there is nothing to appeal against; says which."""


class BadText(Exception):
    """An appeal says why, in so many characters."""


def make_appeal(
    session: Session, actor: Viewer, decision: Decision, why: str, *, now: datetime
) -> Appeal:
    """Ask that somebody who did not decide it look again; raises CannotAppeal and BadText.

    Where nobody in the series may, the administrators are told.
    """
    require(actor, May.APPEAL, decision)
    state = state_of(session, decision, find_appeal(session, decision), now)
    if state != "open":
        raise CannotAppeal(str(STATES[state]))
    if not why.strip() or text.count(why) > MAX_TEXT:
        raise BadText(_("Say why, in at most %(longest)s characters.", longest=MAX_TEXT))
    appeal = Appeal(
        decision_id=decision.id,
        series_id=decision.series_id,
        made_by_id=actor.person_id,
        text=text.paragraphs(why),
        at=now,
    )
    if not add_unless_there(session, appeal):
        raise CannotAppeal(str(STATES["waiting"]))
    if not may_review(session, appeal):
        _tell_administrators(session, appeal, now)
    return appeal


def _tell_administrators(session: Session, appeal: Appeal, now: datetime) -> None:
    rows = session.scalars(
        select(Person)
        .where(Person.is_administrator)
        .where(Person.left_at.is_(None))
        .where(Person.email.is_not(None))
        .order_by(Person.id)
    )
    for person in rows.all():
        if person.id != appeal.made_by_id:
            promise_mail(
                session,
                template="appeals/left_to_you",
                person_id=person.id,
                ids={"appeal": appeal.id},
                once_key=f"appeal-left-{appeal.id}-{person.id}",
                now=now,
            )
