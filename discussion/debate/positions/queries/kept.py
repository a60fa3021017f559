"""Where drafts of positions belong: in a thread, or with the position that they revise."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.composing.queries import Kind, Place
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import follow


def _in_threads(session: Session, ids: Collection[str], query: str = "") -> dict[str, Place]:
    """A draft begun in a thread that was merged belongs to the one it went into."""
    rows = session.scalars(select(Thread).where(Thread.public_id.in_(ids)))
    threads = {row.public_id: follow(session, row) for row in rows}
    return {id: Place(thread, paths.write(thread.slug) + query) for id, thread in threads.items()}


def _for_guests(session: Session, ids: Collection[str]) -> dict[str, Place]:
    return _in_threads(session, ids, "?for=round-table")


def _of_versions(session: Session, ids: Collection[str]) -> dict[str, Place]:
    rows = list_positions(session, ids)
    return {row.public_id: Place(row.thread, paths.revise(row.public_id)) for row in rows}


def list_positions(session: Session, ids: Collection[str]) -> list[Position]:
    """Positions by their public ids, with their threads."""
    query = select(Position).where(Position.public_id.in_(ids))
    return list(session.scalars(query.options(joinedload(Position.thread))))


DRAFTS = (
    Kind("position", "claim", _in_threads),
    Kind("revision", "claim", _of_versions),
    Kind("behalf", "claim", _for_guests),
)
