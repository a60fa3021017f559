"""Walking the chain, however long it is."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.chain import Entry, Link
from discussion.audit.models import AuditEvent

CHUNK = 2_000
PIECE = 200  # that come from the database together


def stream_links(session: Session, *, chunk: int = PIECE) -> Iterator[Link]:
    """Every row of the chain by its number: a million rows need no more memory.

    Each becomes objects when it is its turn, and is gone before the next: were thousands of them
    kept together, Python would look through all that the process holds, again and again, for what
    can be thrown away.
    """
    columns = AuditEvent.__table__.columns
    query = select(*columns).order_by(columns.number).execution_options(yield_per=chunk)
    for row in session.execute(query):
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
