"""Walking the chain, however long it is."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.chain import Entry, Link
from discussion.audit.models import AuditEvent

CHUNK = 2_000


def stream_links(session: Session, *, chunk: int = CHUNK) -> Iterator[Link]:
    """Every row of the chain by its number, read in pieces: a million rows need no more memory."""
    columns = AuditEvent.__table__.columns
    last = None
    while True:
        query = select(*columns).order_by(columns.number).limit(chunk)
        rows = session.execute(query if last is None else query.where(columns.number > last)).all()
        for row in rows:
            entry = Entry(
                number=row.number,
                series_id=row.series_id,
                actor_id=row.actor_id,
                verb=row.verb,
                subject_kind=row.subject_kind,
                subject_id=row.subject_id,
                why=row.why,
                details=row.details,
                at=row.at,
            )
            yield Link(entry, row.previous, row.hash, row.id)
        if len(rows) < chunk:
            return
        last = rows[-1].number
