"""Why something was sent back, for its author who mends it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.moderation.models import Decision
from discussion.positions.models import Position, Response, ResponseText, Revision


def why_sent_back(session: Session, item: Position | Response | None) -> str:
    """What the moderators said when they sent this back, while nothing new was handed in."""
    if item is None:
        return ""
    versions: Sequence[Revision | ResponseText] = (
        item.revisions if isinstance(item, Position) else item.texts
    )
    if max(versions, key=lambda version: version.id).status != "sent_back":
        return ""
    decision = session.scalar(
        select(Decision)
        .where(Decision.subject_kind == ("position" if isinstance(item, Position) else "response"))
        .where(Decision.subject_id == item.public_id)
        .where(Decision.action == "send_back")
        .order_by(Decision.id.desc())
        .limit(1)
    )
    if decision is None:
        return ""
    label = decision.reason.label if decision.reason else ""
    return ". ".join(part for part in (label, decision.why) if part)
