"""Holding rows: of two who change the same thing at once, the second sees what the first did.

SQLite's one write lock does all of this already; PostgreSQL locks the row and reads it again. Take
the position or response first and its thread after it, so that nobody waits in a circle.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.db import writes_alone
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.threads.models import Thread


class Merged(Exception):
    """The thread went into another one while somebody wrote in it."""

    def __init__(self, thread: Thread) -> None:
        super().__init__("the thread was merged into another")
        self.thread = thread


def lock_contribution(session: Session, item: Position | Response) -> None:
    """Hold a contribution to the end of the transaction, and forget what was read of it before."""
    session.refresh(item, with_for_update={"of": type(item), "key_share": True})
    for row in list(session.identity_map.values()):
        if isinstance(row, Revision | ResponseText):
            session.expire(row)


def lock_place(session: Session, position: Position) -> None:
    """Hold a position where it stands, and read it again: it may have moved to another thread.

    Others may write beside it; who moves, decides or withdraws waits.
    """
    session.flush()
    if not writes_alone(session):
        session.refresh(position, with_for_update={"of": Position, "key_share": True, "read": True})


def lock_thread_by_id(session: Session, thread_id: int) -> None:
    """Hold a thread, so that two things published in it at once draw different numbers."""
    if writes_alone(session):
        return
    session.execute(select(Thread.id).where(Thread.id == thread_id).with_for_update(key_share=True))


def lock_thread_of(session: Session, position: Position) -> Thread:
    """Hold the thread in which a position stands, wherever it went while this waited for it."""
    if writes_alone(session):
        return position.thread
    while True:
        thread_id = position.thread_id
        lock_thread_by_id(session, thread_id)
        session.refresh(position, ["thread_id", "thread"])
        if position.thread_id == thread_id:
            return position.thread


def lock_to_post(session: Session, thread: Thread) -> None:
    """Keep a thread from being merged until the transaction ends, and read again what it is now.

    Raises Merged when it went into another while this waited.
    """
    session.flush()
    session.refresh(thread, with_for_update={"of": Thread, "key_share": True, "read": True})
    if thread.merged_into_id is not None:
        raise Merged(thread)
