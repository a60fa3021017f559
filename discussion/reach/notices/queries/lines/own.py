"""What of one's own a notice is about: found as its owner may read it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from discussion.db import Base
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed

CHATHAM = "chatham_house"
Ids = Mapping[str, Any]  # the rows that a notice is about, by their names


def warm(
    model: type[Base], name: str, *options: ORMOption
) -> Callable[[Session, Sequence[Ids]], Sequence[Base]]:
    """Reads the rows of one name together, so that each is found in the session afterwards."""
    key = model.__mapper__.primary_key[0]

    def read(session: Session, all_ids: Sequence[Ids]) -> Sequence[Base]:
        asked = select(model).where(key.in_({ids[name] for ids in all_ids})).options(*options)
        return session.scalars(asked).unique().all()

    return read


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
