"""Promising that links are looked at: the payload holds ids only."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.jobs.models import Job
from discussion.jobs.queue import enqueue

PLAN, CHECK = "evidence.plan_checks", "evidence.check_link"
SOON = timedelta(seconds=10)


def list_item(session: Session, item: EvidenceItem, now: datetime) -> None:
    """Show an item to everybody, with the first that cites it, and have its link looked at."""
    if not item.is_listed:
        item.is_listed = True
        promise_plan(session, now)


def promise_plan(session: Session, now: datetime) -> None:
    """Have the links that nobody looked at yet put in turn; once a minute is enough."""
    minute = now.strftime("%Y%m%d%H%M")
    enqueue(session, PLAN, {}, now=now, run_after=now + SOON, once_key=f"{PLAN}@{minute}")


def promise_check(session: Session, item: EvidenceItem, at: datetime, now: datetime) -> None:
    """Promise that an item’s link is asked at a time."""
    enqueue(session, CHECK, {"item": item.id}, now=now, run_after=at)


def list_promised(session: Session) -> list[Job]:
    """The checks whose turn has not come yet, for whatever item."""
    return list(
        session.scalars(
            select(Job)
            .where(Job.name == CHECK)
            .where(Job.done_at.is_(None))
            .where(Job.failed_at.is_(None))
        )
    )


def promise_anew(session: Session, item: EvidenceItem, now: datetime) -> None:
    """Its address is another one: what was promised for the last one is put off no longer."""
    for job in list_promised(session):
        if job.payload["item"] == item.id:
            job.done_at = now
    promise_plan(session, now)
