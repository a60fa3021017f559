"""What of one's own a notice is about: found as its owner may read it."""

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed

CHATHAM = "chatham_house"


def own_position(session: Session, viewer: Viewer, id: int) -> Position | None:
    """One's own, or one that one entered for a guest, while it can be read."""
    row = session.get(Position, id)
    if row is None or viewer.person_id not in (row.author_id, row.entered_by_id):
        return None
    return row if allowed(viewer, May.READ_POSITION, row) else None


def readable_thread(session: Session, viewer: Viewer, id: int) -> Thread | None:
    """The thread, or the one into which it was merged, while it can be read."""
    row = session.get(Thread, id)
    while row is not None and row.merged_into is not None:
        row = row.merged_into
    return row if row is not None and allowed(viewer, May.READ_THREAD, row) else None


def is_secret(*rows: Position | Response | None) -> bool:
    """Whether any of them stands under the Chatham House Rule."""
    return any(row is not None and row.attribution == CHATHAM for row in rows)
