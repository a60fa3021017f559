"""The version of a contribution that waits for a decision."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.positions.models import Position, Response, ResponseText, Revision


def find_waiting(session: Session, item: Position | Response) -> Revision | ResponseText | None:
    """The version that waits, if there is one."""
    if item.state not in ("draft", "published"):
        return None
    if isinstance(item, Position):
        return session.scalar(
            select(Revision)
            .where(Revision.position_id == item.id)
            .where(Revision.status == "pending")
            .order_by(Revision.id.desc())
        )
    return session.scalar(
        select(ResponseText)
        .where(ResponseText.response_id == item.id)
        .where(ResponseText.status == "pending")
        .order_by(ResponseText.id.desc())
    )
