"""Findings that cannot be made: noted since when, given up after a day, tried again at one press.

A job that fails is tried again for about a day, as every job is, and then given up. While a thread
is noted here, looking for changed tags promises nothing for it, so that what fails does not go on
for ever; a round that closes, and a moderator's press, do.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.jobs.models import Job, Standing
from discussion.jobs.queue import enqueue
from discussion.jobs.standings import note_trouble
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.weighing.findings.queries.failing import is_tried, name_of
from discussion.weighing.findings.words import COMPUTE


def note_failure(session: Session, job: Job, error: Exception, now: datetime) -> None:
    """Of a job that failed; the worker puts it back or gives it up as any other."""
    note_trouble(session, name_of(job.payload["thread"]), type(error).__name__, now)


def forget_failure(session: Session, thread_id: int) -> None:
    """They are made, or nobody wants them any more."""
    session.execute(delete(Standing).where(Standing.name == name_of(thread_id)))


def forget_merged(session: Session) -> None:
    """Threads that went into others have no findings to be made."""
    merged = session.scalars(select(Thread.id).where(Thread.merged_into_id.is_not(None)))
    names = [name_of(thread_id) for thread_id in merged]
    session.execute(delete(Standing).where(Standing.name.in_(names)))


def try_again(session: Session, actor: Viewer, thread: Thread, *, now: datetime) -> None:
    """Promise the findings of a thread that were given up; two presses promise them once."""
    require(actor, May.RUN_ROUND, thread)
    session.get(Thread, thread.id, with_for_update=True)
    if not is_tried(session, thread.id):
        enqueue(session, COMPUTE, {"thread": thread.id, "because": "tags_changed"}, now=now)
