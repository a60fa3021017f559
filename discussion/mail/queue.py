"""Promising a letter: the payload holds ids only, so that the outbox never keeps what people wrote.

These two lines do the same; the first checks the words:

    promise_mail(session, template="accounts/confirm", person_id=person.id, now=now)
    enqueue(session, "mail.send", {"template": "accounts/confirm", "person_id": person.id,
                                   "ids": {}}, now=now)
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.jobs.queue import enqueue
from discussion.mail.kinds import Kind, kind_of
from discussion.registers import Register

TASK = "mail.send"

# Who keeps what people hear of notes a letter of a kind about which they choose how soon.
PROMISED: Register[Callable[[Session, Job, Kind, datetime], None]] = Register()


def promise_mail(
    session: Session,
    *,
    template: str,
    now: datetime,
    person_id: int | None = None,
    ids: dict[str, Any] | None = None,
    once_key: str | None = None,
    run_after: datetime | None = None,
) -> Job | None:
    """Promise the letter of this template to this person; with the change it follows from."""
    payload = {"template": template, "person_id": person_id, "ids": ids or {}}
    job = enqueue(session, TASK, payload, now=now, run_after=run_after, once_key=once_key)
    kind = kind_of(template)
    if job is not None and person_id is not None and kind is not None:
        for note in PROMISED:
            note(session, job, kind, now)
    return job


def is_told_since(session: Session, job: Job) -> bool:
    """Whether a letter of this kind went to this person since that job was made.

    For letters that say all that waits when they go out: a second one would say the same again.
    """
    kind, whom = (Job.payload[name] for name in ("template", "person_id"))
    said = (
        exists()
        .where(Job.name == TASK)
        .where(Job.id != job.id)
        .where(Job.done_at >= job.created_at)
        .where(kind.as_string() == job.payload["template"])
        .where(whom.as_integer() == job.payload["person_id"])
    )
    return bool(session.scalar(select(said)))
