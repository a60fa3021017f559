"""Who does which job: one worker claims it, for a while, and says how it ended."""

from datetime import datetime, timedelta

from sqlalchemy import Select, Update, or_, select, update
from sqlalchemy.orm import Session

from discussion.jobs.models import Job

LEASE = timedelta(minutes=2)  # after this long without an end, another worker may try
MAX_ATTEMPTS = 20  # about a day, so that a mail server may be away for a night
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=2)


def claim_job(session: Session, worker: str, now: datetime, lease: timedelta = LEASE) -> Job | None:
    """Take the oldest job that waits; no two workers take the same one.

    On PostgreSQL a row that another worker is looking at, or working under, is stepped over; on
    SQLite the write lock is held from the first statement, so that there is no other worker.
    """
    chosen = (
        _open_jobs(now)
        .where(or_(Job.claimed_at.is_(None), Job.claimed_at <= now - lease))
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = session.scalar(chosen)
    if job is None:
        return None
    job.claimed_at, job.claimed_by, job.attempts = now, worker, job.attempts + 1
    session.flush()
    return job


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
    job.done_at, job.error = now, ""


def mark_failed(session: Session, job_id: int, worker: str, error: str, now: datetime) -> None:
    """Put the job back with a growing pause; after the last attempt it is given up."""
    job = find_claimed(session, job_id, worker)
    if job is None:
        return
    job.error, job.claimed_at, job.claimed_by = error, None, ""
    if job.attempts >= MAX_ATTEMPTS:
        job.failed_at = now
    else:
        job.run_after = now + pause_after(job.attempts)


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
