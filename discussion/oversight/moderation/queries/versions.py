"""The version of a contribution that waits for a decision, and the sources that come with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.queries import find_unlisted, fingerprint
from discussion.debate.positions.models import Position, Response, ResponseText, Revision


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


def fingerprint_sources(
    session: Session,
    item: Position | Response,
    version: Revision | ResponseText | None,
    *,
    holds: bool = False,
) -> str:
    """What the sources say that come into the library with it; held, nobody changes them."""
    if isinstance(version, Revision):
        ids = [link.item_id for link in version.links]
    else:
        ids = [item.item_id] if isinstance(item, Response) and item.item_id else []
    return fingerprint(find_unlisted(session, ids, holds=holds)) if ids else ""
