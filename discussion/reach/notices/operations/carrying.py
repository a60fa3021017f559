"""Letters that rooms write themselves: each has its notice, and goes as its receiver chose."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from discussion.db import random_id
from discussion.jobs.claims import Later
from discussion.jobs.models import Job
from discussion.mail.kinds import AT_ONCE, NEVER, Kind
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.reach.notices.models import Notice
from discussion.reach.notices.queries.choices import hours_for, rhythm_of
from discussion.reach.notices.queries.lines import draw
from discussion.reach.notices.queries.times import batch, quiet_until


def promised(session: Session, job: Job, kind: Kind, now: datetime) -> None:
    """A letter of this kind was promised: what it tells is a notice too, whenever it goes."""
    if not kind.waits:
        return
    payload = job.payload
    told = "-".join(f"{name}.{id}" for name, id in sorted(payload["ids"].items()))
    key = f"{payload['template']}-{told}"[:120]
    known = (
        select(Notice.id).where(Notice.person_id == payload["person_id"]).where(Notice.key == key)
    )
    if session.scalar(known) is not None:
        key = f"{key[:100]}-{job.id}"
    session.execute(
        insert(Notice).values(
            public_id=random_id(),
            person_id=payload["person_id"],
            kind=kind.name,
            what=payload["template"],
            ids=payload["ids"],
            key=key,
            at=now,
            job_id=job.id,
            told_at=now if rhythm_of(session, payload["person_id"], kind) == NEVER else None,
        )
    )


def goes(session: Session, job: Job, kind: Kind, now: datetime) -> bool:
    """Whether it is to be sent; what is wanted later waits as a notice. Raises Later."""
    person_id = job.payload["person_id"]
    rhythm = rhythm_of(session, person_id, kind)
    if rhythm == NEVER or (kind.waits and rhythm != AT_ONCE):
        return False
    until = quiet_until(hours_for(session, person_id), now)
    if until is None and now < batch(job.created_at) and is_secret(session, job, now):
        until = batch(job.created_at)
    if until is not None:
        raise Later(until)
    return True


def is_secret(session: Session, job: Job, now: datetime) -> bool:
    """Whether it is about something of its receiver's own under the Chatham House Rule."""
    row = session.scalar(select(Notice).where(Notice.job_id == job.id))
    person = session.get(Person, job.payload["person_id"])
    if row is None or person is None:
        return False
    line = draw(session, viewer_of(session, person, now), row.what, row.ids)
    return line is not None and line.is_own_secret


def went(session: Session, job: Job, now: datetime) -> None:
    """What it told is in no other letter."""
    session.execute(
        update(Notice)
        .where(Notice.person_id == job.payload["person_id"])
        .where(Notice.job_id == job.id)
        .values(told_at=now)
    )
