"""Promising a snapshot: beside the closing of a round, or once tags have changed."""

from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.jobs.queue import enqueue
from discussion.weighing.findings.queries.failing import is_failing
from discussion.weighing.findings.words import COMPUTE

Because = Literal["round_closed", "tags_changed", "rule_changed"]


def promise_findings(
    session: Session, thread_id: int, because: Because, *, now: datetime
) -> Job | None:
    """The worker will make a new snapshot of the thread, unless it would say the same.

    After tags changed once an hour at most, and not while making it fails: what fails is tried for
    a day, and then again when a round closes or a moderator asks for it.
    """
    if because != "round_closed" and is_failing(session, thread_id):
        return None
    once = f"{COMPUTE}:{thread_id}@{now:%Y-%m-%dT%H}" if because == "tags_changed" else None
    about = {"thread": thread_id, "because": because}
    return enqueue(session, COMPUTE, about, now=now, once_key=once)
