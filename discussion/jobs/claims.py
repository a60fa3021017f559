"""Who does which job: one worker claims it, for a while, and says how it ended."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, Update, or_, select, true, update
from sqlalchemy.orm import Session

from discussion.jobs.models import Job

LEASE = timedelta(minutes=2)  # after this long without a sign of life, another worker may try
MAX_ATTEMPTS = 20  # about a day, so that a mail server may be away for a night
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=2)
DIED = "The process ended in the middle"


class Hopeless(Exception):
    """It failed, and trying again cannot help: the job is given up at once."""

    most_attempts = 1


class Died(Exception):
    """The process ended in the middle of it, as often as a job may fail."""


class Later(Exception):
    """Nothing was tried, since it could not succeed now: it waits, and nothing is counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


def claim_job(
    session: Session,
    worker: str,
    now: datetime,
    lease: timedelta = LEASE,
    *,
    only: Collection[str] | None = None,
    but: Collection[str] = (),
    gave_up: Callable[[Job], object] = lambda _job: None,
) -> Job | None:
    """Take the oldest job that waits; no two workers take the same one.

    `gave_up` is told of jobs in whose middle the process ended as often as one may fail.

    On PostgreSQL a row that another worker is looking at, or working under, is stepped over; on
    SQLite the write lock is held from the first statement, so that there is no other worker.
    """
    chosen = (
        _open_jobs(now)
        .where(Job.name.not_in(but), true() if only is None else Job.name.in_(only))
        .where(or_(Job.claimed_at.is_(None), Job.claimed_at <= now - lease))
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    while (job := session.scalar(chosen)) is not None:
        if job.attempts < MAX_ATTEMPTS:
            job.claimed_at, job.claimed_by, job.attempts = now, worker, job.attempts + 1
            session.flush()
            return job
        job.failed_at, job.error = now, DIED  # as often as a job may fail
        job.claimed_at, job.claimed_by = None, ""
        session.flush()
        gave_up(job)
    return None


def renew_claims(session: Session, worker: str, now: datetime) -> None:
    """Say that what this worker has in hand is still in hand; what is being ended is let be."""
    held = (
        select(Job.id)
        .where(Job.claimed_by == worker)
        .where(Job.done_at.is_(None))
        .where(Job.failed_at.is_(None))
        .with_for_update(skip_locked=True)
    )
    session.execute(
        update(Job).where(Job.id.in_(session.scalars(held).all())).values(claimed_at=now)
    )


def find_next_due(session: Session, now: datetime, until: datetime) -> datetime | None:
    """When the next job is due that is to be done after a moment, if that is soon."""
    return session.scalar(
        select(Job.run_after)
        .where(Job.done_at.is_(None))
        .where(Job.failed_at.is_(None))
        .where(Job.run_after > now)
        .where(Job.run_after <= until)
        .order_by(Job.run_after)
        .limit(1)
    )


def find_claimed(session: Session, job_id: int, worker: str) -> Job | None:
    """The job, locked, if it is still this worker's to do."""
    return session.scalar(
        select(Job)
        .where(Job.id == job_id)
        .where(Job.claimed_by == worker)
        .where(Job.done_at.is_(None))
        .where(Job.failed_at.is_(None))
        .with_for_update()
    )


def mark_done(job: Job, now: datetime) -> None:
    """Note that a job is done, in the transaction of what it did."""
    job.done_at, job.error = now, ""


def mark_failed(
    session: Session,
    job_id: int,
    worker: str,
    error: str,
    now: datetime,
    most_attempts: int = MAX_ATTEMPTS,
) -> None:
    """Put the job back with a growing pause; after the last attempt it is given up."""
    job = find_claimed(session, job_id, worker)
    if job is None:
        return
    job.error, job.claimed_at, job.claimed_by = error, None, ""
    if job.attempts >= most_attempts:
        job.failed_at = now
    else:
        job.run_after = now + pause_after(job.attempts)


def put_off(session: Session, job_id: int, worker: str, until: datetime, error: str = "") -> None:
    """Put the job back as if it had not been taken."""
    job = find_claimed(session, job_id, worker)
    if job is None:
        return
    job.error, job.claimed_at, job.claimed_by = error or job.error, None, ""
    job.run_after, job.attempts = until, job.attempts - 1


def pause_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts: 15 s, 30 s, 1 min … and never past two hours."""
    doublings = min(max(attempts - 1, 0), MAX_ATTEMPTS)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def release_claims(worker: str) -> Update:
    """Give back what a worker that ends in good order did not begin."""
    return (
        update(Job)
        .where(Job.claimed_by == worker)
        .where(Job.done_at.is_(None))
        .values(claimed_at=None, claimed_by="")
    )


def _open_jobs(now: datetime) -> Select[Job]:
    return (
        select(Job)
        .where(Job.done_at.is_(None))
        .where(Job.failed_at.is_(None))
        .where(Job.run_after <= now)
    )
