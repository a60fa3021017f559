"""Holding rows: of two who change the same thing at once, the second sees what the first did.

SQLite's one write lock does all of this already; PostgreSQL locks the row and reads it again. Take
the position or response first and its thread after it, so that nobody waits in a circle.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.positions.models import Position, Response, ResponseText, Revision
from discussion.threads.models import Thread


def hold(session: Session, item: Position | Response) -> None:
    """Hold a contribution to the end of the transaction, and forget what was read of it before."""
    session.refresh(item, with_for_update={"of": type(item), "key_share": True})
    for row in list(session.identity_map.values()):
        if isinstance(row, Revision | ResponseText):
            session.expire(row)


def hold_thread(session: Session, thread_id: int) -> None:
    """Hold a thread, so that two things published in it at once draw different numbers."""
    session.execute(select(Thread.id).where(Thread.id == thread_id).with_for_update(key_share=True))
