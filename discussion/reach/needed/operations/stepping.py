"""What moderators did, for everybody to read, and as a link of the chain."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.permissions.facts import Viewer
from discussion.reach.needed.models import Question, Step


def note(
    session: Session,
    actor: Viewer,
    question: Question,
    verb: str,
    *,
    step: str = "",
    reason: str = "",
    now: datetime,
    **details: object,
) -> None:
    """Chain it; with a `step`, everybody is told of it too, and of the reason."""
    question.changed_at = now
    if step:
        tell_all(question, step, reason, now)
    session.flush()
    append_event(
        session,
        series_id=question.series_id,
        actor_id=actor.person_id,
        verb=verb,
        subject=("question", question.public_id),
        why=reason,
        now=now,
        details=dict(details),
    )


def tell_all(question: Question, step: str, reason: str, now: datetime) -> None:
    """Tell everybody of it, and why; what is chained of it stands elsewhere."""
    question.changed_at = now
    question.steps.append(Step(kind=step, reason=reason, at=now))
