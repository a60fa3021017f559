"""Whether the chain of acts still says of each decision what it says itself."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.audit.queries import CHUNK
from discussion.decisions.models import Decision


def find_altered(session: Session, *, chunk: int = CHUNK) -> Iterator[tuple[int, str]]:
    """The number of each row whose decision no longer says what it said, or is gone; and its id."""
    last = 0
    while True:
        rows = session.execute(
            select(AuditEvent.number, AuditEvent.details)
            .where(AuditEvent.number > last)
            .order_by(AuditEvent.number)
            .limit(chunk)
        ).all()
        said = {row.details["decision"]: row for row in rows if "said" in row.details}
        decisions = session.scalars(select(Decision).where(Decision.public_id.in_(said)))
        prints = {one.public_id: one.fingerprint for one in decisions}
        for public_id, row in said.items():
            if prints.get(public_id) != row.details["said"]:
                yield row.number, public_id
        session.expunge_all()
        if len(rows) < chunk:
            return
        last = rows[-1].number


def find_unchained(session: Session, *, recent: int = CHUNK) -> Iterator[str]:
    """The ids of decisions newer than any that the chain knows: its end was cut off.

    Where its newest rows tell of no decision, nothing can be said.
    """
    newest = select(AuditEvent.details).order_by(AuditEvent.number.desc()).limit(recent)
    chained = session.scalars(newest).all()
    known = [details["decision"] for details in chained if "said" in details]
    if chained and not known:
        return
    last = session.scalar(select(func.max(Decision.id)).where(Decision.public_id.in_(known))) or 0
    yield from session.scalars(
        select(Decision.public_id).where(Decision.id > last).order_by(Decision.id)
    )
