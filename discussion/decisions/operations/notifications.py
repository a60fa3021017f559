"""The statement of reasons: whoever a decision is addressed to is told of it by mail, once."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.decisions.models import Decision
from discussion.mail.queue import promise_mail


def tell(session: Session, decision: Decision, now: datetime) -> None:
    """Promise the addressee the letter; a guest has no address, and who left is left alone.

    Asks no right: it is called by operations that decided. What it says stands, for as long as the
    site does, at the decision's own page, where it can be appealed.
    """
    person = decision.addressed_to
    if person is None or person.id == decision.decided_by_id:
        return
    if person.email is None or person.left_at is not None:
        return
    promise_mail(
        session,
        template="moderation/decision",
        person_id=person.id,
        ids={"decision": decision.id},
        now=now,
        once_key=f"decision-{decision.id}",
    )
