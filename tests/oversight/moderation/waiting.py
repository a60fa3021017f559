"""Things that wait, for tests of the desk."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from tests.factories import NOW, make_position, make_response

PENDING: dict[str, Any] = {"status": "pending", "version": None, "live_at": None}
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}


def make_waiting(
    session: Session,
    thread: Thread,
    *,
    hours: float = 1,
    claim: str = "",
    **changes: Any,
) -> Position:
    """A new position that has waited for so many hours."""
    said = {"submitted_at": NOW - timedelta(hours=hours)} | ({"claim": claim} if claim else {})
    return make_position(session, thread, revision=PENDING | said, **UNPUBLISHED | changes)


def make_waiting_response(session: Session, position: Position, *, hours: float = 1) -> Response:
    response = make_response(session, position, state="draft", first_published_at=None)
    text, response.live = response.live, None
    assert text is not None
    text.status, text.version, text.live_at = "pending", None, None
    text.submitted_at = NOW - timedelta(hours=hours)
    session.flush()
    return response
