"""What every act of conveners leaves behind: an audited row, and a promise of mail."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.audit.operations import append_event
from discussion.jobs.queue import enqueue
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series


def record(
    session: Session,
    actor: Viewer,
    series: Series,
    verb: str,
    *,
    subject: tuple[str, str] | None = None,
    why: str = "",
    now: datetime,
    **details: Any,
) -> AuditEvent:
    """Write that the actor did `verb`; `subject` is (kind, id), the series itself by default."""
    kind, subject_id = subject or ("series", series.public_id)
    return append_event(
        session,
        series_id=series.id,
        actor_id=actor.person_id,
        verb=verb,
        subject=(kind, subject_id),
        why=why,
        now=now,
        details=details,
    )


def promise_mail(
    session: Session, template: str, person: Person, *, now: datetime, **ids: int
) -> None:
    """Promise a mail to a person who can receive one; a guest and somebody who left cannot."""
    if person.email is None or person.left_at is not None:
        return
    payload = {"template": template, "person_id": person.id, "ids": ids}
    enqueue(session, "mail.send", payload, now=now)


def lock_series(session: Session, series: Series) -> None:
    """Hold the series for this transaction, so that two conveners cannot both be the last but one.

    SQLite already holds its one write lock here; PostgreSQL locks the row, then reads it again.
    """
    session.refresh(series, with_for_update=True)
