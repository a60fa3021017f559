"""What the worker does for findings: making snapshots, and looking whether tags have changed.

Tags change in many ways: positions are published, revised, withdrawn, hidden, restored and moved,
labels coarsen, values are merged, evidence is retracted. So nobody has to remember to promise a new
snapshot; the worker looks, and makes one where what positions say no longer fits.
"""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.jobs.models import Job
from discussion.jobs.registry import Afterwards, Errand
from discussion.web.site import raters_secret
from discussion.weighing.findings.computing.given import GivenTags
from discussion.weighing.findings.computing.making import Due, make
from discussion.weighing.findings.operations import COMPUTE, keep_findings, promise_findings
from discussion.weighing.findings.operations.failing import (
    forget_failure,
    forget_merged,
    note_failure,
)
from discussion.weighing.findings.operations.promising import Because
from discussion.weighing.findings.queries.due import read_due, read_elsewhere
from discussion.weighing.findings.queries.stale import find_stale
from discussion.weighing.findings.queries.tagged import read_tags

LOOK = "findings.look_again"


def prepare(session: Session, job: Job, _now: datetime) -> Errand | None:
    """What a thread's snapshot is made from; it is made outside any transaction, then kept.

    Running twice makes one: a round is counted once, and equal inputs make no new version.
    """
    thread = session.get(Thread, job.payload["thread"])
    if thread is None or thread.merged_into_id is not None:
        return lambda: partial(_forget, job.payload["thread"])
    secret = raters_secret()
    rounds, tags = read_due(session, thread, secret), read_tags(session, thread)
    elsewhere = read_elsewhere(session, thread)
    about: tuple[int, Because] = thread.id, job.payload["because"]
    return partial(_make, about, rounds, tags, secret, elsewhere)


def _make(
    about: tuple[int, Because],
    rounds: tuple[Due, ...],
    tags: GivenTags,
    secret: str,
    elsewhere: tuple[str, ...],
) -> Afterwards:
    made, (thread_id, because) = make(rounds, tags, secret, elsewhere), about

    def keep(session: Session, now: datetime) -> None:
        keep_findings(session, made, because, now=now)
        forget_failure(session, thread_id)

    return keep


def _forget(thread_id: int, session: Session, _now: datetime) -> None:
    forget_failure(session, thread_id)


def failed(session: Session, job: Job, error: Exception, now: datetime) -> None:
    """It is noted, so that the desk can say so; nothing else waits for it."""
    note_failure(session, job, error, now)


def look_again(session: Session, _job: Job, now: datetime) -> Errand:
    """Promise a snapshot where tags have changed; nobody waits while all of them are read."""
    stale = tuple(find_stale(session, secret=raters_secret(), now=now))
    return lambda: partial(_promise, stale)


def _promise(stale: tuple[int, ...], session: Session, now: datetime) -> None:
    forget_merged(session)
    for thread_id in stale:
        promise_findings(session, thread_id, "tags_changed", now=now)


OUTSIDE = {COMPUTE: prepare, LOOK: look_again}
ENDED = {COMPUTE: failed}
PERIODIC = {LOOK: timedelta(minutes=15)}
