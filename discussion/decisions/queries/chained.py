"""Whether the chain of acts still says of each decision what it says itself."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Bundle, Session

from discussion.audit.chain import fingerprint
from discussion.audit.models import AuditEvent
from discussion.audit.queries import CHUNK, PIECE
from discussion.decisions.models import SAID, Decision


def find_altered(session: Session, *, chunk: int = CHUNK) -> Iterator[tuple[int, str]]:
    """The number of each row whose decision no longer says what it said, or is gone; and its id."""
    rows = session.execute(
        select(AuditEvent.number, AuditEvent.details)
        .order_by(AuditEvent.number)
        .execution_options(yield_per=PIECE)
    )
    told = (
        (row.details["decision"], row.details["said"], row.number)
        for row in rows
        if "said" in row.details
    )
    while piece := list(islice(told, chunk)):
        prints = _prints(session, [public_id for public_id, _said, _number in piece])
        for public_id, said, number in piece:
            if prints.get(public_id) != said:
                yield number, public_id


def _prints(session: Session, public_ids: Collection[str]) -> dict[str, str]:
    """What these decisions say now, without an object of each that would have to be let go."""
    said: Bundle[Any] = Bundle("said", *(getattr(Decision, name) for name in SAID))
    asked = select(Decision.public_id, said).where(Decision.public_id.in_(public_ids))
    rows = session.execute(asked)
    return {public_id: fingerprint(list(said)) for public_id, said in rows}


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
