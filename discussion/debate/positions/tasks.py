"""What the worker does for positions: drafts nobody claimed, scales and values that changed."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.debate.composing.operations import forget_expired
from discussion.debate.positions import tasks_scales as scales
from discussion.debate.positions import tasks_values as values
from discussion.jobs.registry import Payload


def forget_drafts(session: Session, _payload: Payload, now: datetime) -> None:
    """Delete what was kept signed out for longer than it may be."""
    forget_expired(session, now=now)


TASKS = {"positions.forget_drafts": forget_drafts, **scales.TASKS, **values.TASKS}
MAILS = {**scales.MAILS, **values.MAILS}
PERIODIC = {"positions.forget_drafts": timedelta(hours=1)}
