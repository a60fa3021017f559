"""Which threads' findings could not be made, since when, and whether that is still being tried."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.jobs.models import Job, Standing
from discussion.jobs.queries import FINDINGS, is_failing_part
from discussion.weighing.findings.words import COMPUTE


@dataclass(frozen=True)
class Failing:
    """One thread whose findings have failed to be made since a moment."""

    question: str
    thread_url: str
    since: datetime
    is_tried: bool  # the site goes on by itself; else it waits for a press
    again_url: str


def name_of(thread_id: int) -> str:
    """Under which how a thread's findings stand is kept."""
    return f"{FINDINGS}:{thread_id}"


def is_failing(session: Session, thread_id: int) -> bool:
    """Whether they failed to be made when that was last tried."""
    return session.get(Standing, name_of(thread_id)) is not None


def is_tried(session: Session, thread_id: int) -> bool:
    """Whether they are promised, or being made."""
    return thread_id in _tried(session)


def list_failing(session: Session, series: Collection[int]) -> tuple[Failing, ...]:
    """In these series, the longest first."""
    rows = session.scalars(
        select(Standing).where(is_failing_part(FINDINGS)).order_by(Standing.since, Standing.name)
    )
    since = {int(row.name.partition(":")[2]): row.since for row in rows}
    if not since:
        return ()
    threads = session.scalars(
        select(Thread)
        .where(Thread.id.in_(since))
        .where(Thread.series_id.in_(series))
        .where(Thread.merged_into_id.is_(None))
    )
    tried = _tried(session)
    found = [
        Failing(
            question=each.question,
            thread_url=paths.thread(each.slug),
            since=since[each.id],
            is_tried=each.id in tried,
            again_url=paths.findings_again(each.slug),
        )
        for each in threads
    ]
    return tuple(sorted(found, key=lambda each: (each.since, each.thread_url)))


def _tried(session: Session) -> set[int]:
    payloads = session.scalars(
        select(Job.payload)
        .where(Job.name == COMPUTE)
        .where(Job.done_at.is_(None))
        .where(Job.failed_at.is_(None))
    )
    return {payload["thread"] for payload in payloads}
