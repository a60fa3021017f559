"""Positions that may say the same as this one: a hint, which a person reads and weighs."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.analysis.twins import find_twins
from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.marks import find_published_claims
from discussion.debate.threads.models import Thread
from discussion.newest import read_newest
from discussion.oversight.moderation.queries.shapes import TwinShown

COMPARED = 400  # claims: the thread's own first, then the newest of the series


class _Claim(NamedTuple):
    public_id: str
    number: int | None
    state: str
    thread_id: int
    question: str
    claim: str


def list_twins(session: Session, position: Position, claim: str) -> tuple[TwinShown, ...]:
    """At most three of the series' published and waiting positions, the most alike first."""
    rows = _claims(session, position)
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


def _claims(session: Session, position: Position) -> list[_Claim]:
    asked = (
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
        .where(Position.id != position.id)
        .where(Position.state.in_(("draft", "published")))
        .where(Revision.status.in_(("live", "pending")))
    )
    near = session.execute(
        asked.where(Position.thread_id == position.thread_id)
        .order_by(Revision.id.desc())
        .limit(COMPARED)
    ).all()
    left = COMPARED - len(near)
    elsewhere = asked.where(Thread.series_id == position.thread.series_id).where(
        Position.thread_id != position.thread_id
    )
    far = read_newest(session, elsewhere, Revision.id, Revision.id, left) if left else []
    return [_Claim(*row) for row in (*near, *far)]


def find_published_claim(session: Session, public_id: str) -> str:
    """What a position claims, for its readers; empty unless they may read it."""
    return find_published_claims(session, {public_id}).get(public_id, "")
