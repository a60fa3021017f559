"""Handing in a response: joining, the posting role, and the draft's end."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.positions.drafts import ResponseDraft
from discussion.positions.models import Position, Response
from discussion.positions.operations.drafts import discard_draft
from discussion.positions.operations.joining import join_as
from discussion.positions.operations.responding import respond

DRAFT_KIND = "response"


def hand_in_response(
    session: Session,
    actor: Viewer,
    position: Position,
    draft: ResponseDraft,
    *,
    posting: tuple[str, str] | None,
    now: datetime,
) -> Response:
    """Respond; in an open series one joins by it, and `posting` says as what.

    `posting` is None for somebody who has said so before. The kept draft ends with it.
    """
    require(actor, May.RESPOND, position)
    if posting is not None:
        actor = join_as(session, actor, position.thread.series, posting, now)
    response = respond(session, actor, position, draft, now=now)
    discard_draft(session, actor, DRAFT_KIND, position)
    return response
