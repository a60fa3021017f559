"""Letters of a run, promised: ids alone, and none that says who has answered."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.mail.queue import promise_mail
from discussion.weighing.practice.models import Run, RunInvitation

INVITED, REMINDED, CLOSED = "practice/invited", "practice/reminded", "practice/closed"


def promise_letters(session: Session, run: Run, what: str, *, now: datetime) -> None:
    """To everybody who is asked in it, but those who want no letters."""
    rows = session.scalars(
        select(RunInvitation.id)
        .where(RunInvitation.run_id == run.id)
        .where(RunInvitation.is_stopped.is_(False))
        .where(RunInvitation.email != "")
        .order_by(RunInvitation.id)
    )
    for id in rows.all():
        promise_letter(session, id, f"practice/{what}", now=now)


def promise_letter(session: Session, invitation_id: int, template: str, *, now: datetime) -> None:
    """One letter, to the address that is invited."""
    promise_mail(session, template=template, ids={"invitation": invitation_id}, now=now)
