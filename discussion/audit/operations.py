"""Adding to the chain: one writer at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from discussion.audit.chain import BEGINNING, Entry, digest
from discussion.audit.models import AuditEvent

LOCK = 7_202_611  # the name of PostgreSQL's advisory lock for the chain


def append_event(
    session: Session,
    *,
    series_id: int | None,
    actor_id: int | None,
    verb: str,
    subject: tuple[str, str],
    why: str = "",
    now: datetime,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one act to the chain; `subject` is (kind, public id), `actor_id` None the site's clock.

    Asks no right: it is called by operations that did. From here to the commit nobody else adds:
    SQLite has one writer anyway, PostgreSQL takes an advisory lock. Details are plain JSON, hold no
    text that people wrote about others, and are there for as long as the site is.
    """
    _one_writer(session)
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    entry = Entry(
        number=number,
        series_id=series_id,
        actor_id=actor_id,
        verb=verb,
        subject_kind=subject[0],
        subject_id=subject[1][:20],
        why=why,
        details=details or {},
        at=now,
    )
    event = AuditEvent(
        number=entry.number,
        series_id=entry.series_id,
        actor_id=entry.actor_id,
        verb=entry.verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        why=entry.why,
        details=entry.details,
        at=entry.at,
        previous=previous,
        hash=digest(entry, previous),
    )
    session.add(event)
    session.flush()
    return event


def _one_writer(session: Session) -> None:
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
