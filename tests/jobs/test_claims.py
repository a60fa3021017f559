"""Who does which job."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from discussion.jobs.claims import (
    LEASE,
    LONGEST_PAUSE,
    MAX_ATTEMPTS,
    claim_job,
    find_claimed,
    mark_done,
    mark_failed,
    pause_after,
)
from discussion.jobs.models import Job, KeptKey
from discussion.jobs.queue import enqueue
from discussion.jobs.tasks import survey, tidy
from tests.factories import NOW

SECOND = timedelta(seconds=1)


def test_jobs_that_are_done_failed_or_not_due_are_never_claimed(session: Session) -> None:
    promise(session).done_at = NOW
    promise(session).failed_at = NOW
    promise(session, run_after=NOW + SECOND)
    session.flush()
    assert claim_job(session, "a", NOW) is None


def test_the_oldest_job_is_claimed_first(session: Session) -> None:
    later = promise(session, run_after=NOW)
    first = promise(session, run_after=NOW - SECOND)
    assert [claim_job(session, "a", NOW), claim_job(session, "a", NOW)] == [first, later]


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(session: Session) -> None:
    job = promise(session)
    assert claim_job(session, "a", NOW) is job
    assert claim_job(session, "b", NOW + LEASE - SECOND) is None
    assert claim_job(session, "b", NOW + LEASE) is job
    assert find_claimed(session, job.id, "a") is None


def test_a_job_promised_under_one_key_is_promised_once(session: Session) -> None:
    assert promise(session, once_key="tidy@1") is not None
    assert enqueue(session, "x", {}, now=NOW, once_key="tidy@1") is None


def test_a_failed_job_waits_longer_each_time_and_is_given_up_in_the_end(session: Session) -> None:
    job, now = promise(session), NOW
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert claim_job(session, "a", now) is job
        assert job.attempts == attempt
        mark_failed(session, job.id, "a", "ValueError in tasks.py:7 work", now)
        now += pause_after(attempt)
    session.flush()
    assert job.failed_at is not None
    assert job.error == "ValueError in tasks.py:7 work"
    assert claim_job(session, "a", now + LONGEST_PAUSE) is None


def test_a_job_whose_process_dies_each_time_is_given_up_like_any_other(session: Session) -> None:
    job, now = promise(session), NOW
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert claim_job(session, "a", now) is job
        assert job.attempts == attempt
        now += LEASE  # and nobody says how it ended
    assert claim_job(session, "a", now) is None
    assert (job.failed_at, job.claimed_at) == (now, None)
    assert "ended in the middle" in job.error


def test_what_was_promised_once_is_promised_once_even_when_its_job_is_forgotten(
    session: Session,
) -> None:
    promise(session, once_key="told").done_at = NOW
    promise(session, once_key="tidy@1").done_at = NOW
    for days in (29, 31, 400):
        tidy(session, {}, NOW + timedelta(days=days))
        assert enqueue(session, "x", {}, now=NOW, once_key="told") is None
    assert session.scalars(select(KeptKey.key)).all() == ["told"]  # a turn does not come again
    assert session.scalars(select(Job)).all() == []


def test_a_failed_job_is_forgotten_after_thirty_days_and_one_that_waits_so_long_is_given_up(
    session: Session,
) -> None:
    promise(session).failed_at = NOW
    waiting = promise(session)
    tidy(session, {}, NOW + timedelta(days=29))
    assert waiting.failed_at is None
    tidy(session, {}, NOW + timedelta(days=31))
    session.expire_all()
    (left,) = session.scalars(select(Job)).all()
    assert (left.id, left.failed_at) == (waiting.id, NOW + timedelta(days=31))


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 15), (1, 15), (2, 30), (3, 60), (40, 7200)])
def test_the_pause_doubles_up_to_two_hours(attempts: int, seconds: int) -> None:
    assert pause_after(attempts) == timedelta(seconds=seconds)


def test_a_job_done_after_a_failure_keeps_no_error(session: Session) -> None:
    job = promise(session)
    claim_job(session, "a", NOW)
    mark_failed(session, job.id, "a", "ValueError", NOW)
    mark_done(job, NOW)
    assert (job.done_at, job.error) == (NOW, "")


def promise(session: Session, **changes: object) -> Job:
    job = enqueue(session, "x", {}, now=NOW, **changes)  # type: ignore[arg-type]
    assert job is not None
    return job


def test_sqlite_is_told_how_large_its_tables_are(session: Session) -> None:
    promise(session)
    session.flush()
    survey(session, {}, NOW)
    if session.get_bind().dialect.name == "sqlite":
        known = session.execute(text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'job'")).first()
        assert known is not None
