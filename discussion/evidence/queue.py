"""Promising that links are looked at: the payload holds ids only."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.evidence.models import EvidenceItem
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
    enqueue(session, CHECK, {"item": item.id}, now=now, run_after=at)
