"""Why something is to be mended, for its author who mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.marks import Mark, list_marks
from discussion.decisions.models import Decision
from discussion.decisions.words import ASKS_FOR_AN_EDIT
from discussion.subjects.finding import about, subject_of


@dataclass(frozen=True)
class EditRequest:
    """What the moderators said, while nothing new was handed in."""

    is_sent_back: bool  # else it is published, and stays so meanwhile
    words: str  # the reason and the note
    marks: tuple[Mark, ...]


def find_edit_request(session: Session, item: Position | Response | None) -> EditRequest | None:
    """The request that the newest version has not answered yet."""
    if item is None:
        return None
    versions: Sequence[Revision | ResponseText] = item.versions
    newest = max(versions, key=lambda version: version.id)
    decision = session.scalar(
        select(Decision)
        .where(about(Decision, subject_of(item)))
        .where(Decision.action.in_(ASKS_FOR_AN_EDIT))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    if decision is None or not asks_still(
        decision.action, decision.at, item.state, newest.status, newest.submitted_at
    ):
        return None
    label = decision.reason.label if decision.reason else ""
    return EditRequest(
        is_sent_back=decision.action == "send_back",
        words=". ".join(part for part in (label, decision.why) if part),
        marks=list_marks(session, [decision])[decision.id],
    )


def asks_still(
    action: str, at: datetime, state: str, newest_status: str, newest_at: datetime
) -> bool:
    """Whether a request to edit, made then, waits for its author: no version came after it."""
    if action == "send_back":
        return newest_status == "sent_back"
    is_newest = newest_status != "pending" and newest_at <= at
    return action == "ask_edit" and state == "published" and is_newest
