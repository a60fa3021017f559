"""Promising work: a row written with the change it follows from."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.jobs.models import Job, KeptKey


def enqueue(
    session: Session,
    name: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    run_after: datetime | None = None,
    once_key: str | None = None,
) -> Job | None:
    """Promise the task `name`; with a once_key already promised, nothing is added.

    Once is once: the key is kept when the job is forgotten. A key that names a turn of its own, a
    day or an hour that does not come again, has an `@` before it and is forgotten with its job.
    Returns the row, or None when it was promised before.
    """
    if once_key and is_promised(session, once_key):
        return None
    job = Job(
        name=name,
        payload=payload,
        created_at=now,
        run_after=run_after or now,
        once_key=once_key,
    )
    if once_key is None:
        session.add(job)
        session.flush()
    elif not add_unless_there(session, job):  # somebody else has just promised it
        return None
    session.info["has_jobs"] = True
    return job


def is_promised(session: Session, once_key: str) -> bool:
    """Whether this was promised before, however long ago."""
    asked = select(
        exists().where(Job.once_key == once_key) | exists().where(KeptKey.key == once_key)
    )
    return bool(session.scalar(asked))
