"""Positions that may say the same as this one: a hint, which a person reads and weighs."""

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.analysis.twins import find_twins
from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.marks import find_published_claims
from discussion.debate.threads.models import Thread
from discussion.oversight.moderation.queries.shapes import TwinShown

COMPARED = 400  # claims: the thread's own first, then the newest of the series


def list_twins(session: Session, position: Position, claim: str) -> tuple[TwinShown, ...]:
    """At most three of the series' published and waiting positions, the most alike first."""
    rows = session.execute(
        select(
            Position.public_id,
            Position.number,
            Position.state,
            Position.thread_id,
            Thread.question,
            Revision.claim,
        )
        .join(Position.thread)
        .join(Revision, Revision.position_id == Position.id)
        .where(Thread.series_id == position.thread.series_id)
        .where(Position.id != position.id)
        .where(Position.state.in_(("draft", "published")))
        .where(Revision.status.in_(("live", "pending")))
        .order_by(case((Position.thread_id == position.thread_id, 0), else_=1), Revision.id.desc())
        .limit(COMPARED)
    ).all()
    said = {f"{row.public_id} {at}": row for at, row in enumerate(rows)}
    found = find_twins(claim, {key: row.claim for key, row in said.items()}, most=COMPARED)
    shown: dict[str, TwinShown] = {}
    for twin in found:
        row = said[twin.key]
        shown.setdefault(
            row.public_id,
            TwinShown(
                id=row.public_id,
                number=row.number or 0,
                claim=row.claim,
                url=paths.position(row.public_id),
                likeness=round(100 * twin.likeness),
                elsewhere="" if row.thread_id == position.thread_id else row.question,
                is_waiting=row.state == "draft",
            ),
        )
    return tuple(shown.values())[:3]


def find_published_claim(session: Session, public_id: str) -> str:
    """What a position claims, for its readers; empty unless they may read it."""
    return find_published_claims(session, {public_id}).get(public_id, "")
