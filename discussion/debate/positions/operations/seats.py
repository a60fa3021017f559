"""One first position a person and thread: merges may bring a second, which stands beside it.

Only first ones are held to one by the database; a second becomes the first when that one goes.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.holding import lock_thread_by_id

LIVE_STATES = ("draft", "published", "hidden")


def settle_seat(session: Session, position: Position) -> None:
    """After its state has changed, or as it comes into a thread: first, or beside another one.

    Call it before the change is flushed: the database would refuse a second first one. The thread
    is held, so that nothing comes in or goes meanwhile.
    """
    with session.no_autoflush:
        lock_thread_by_id(session, position.thread_id)
        if position.state in LIVE_STATES:
            position.is_second = bool(_others(session, position, is_second=False))
            session.flush()
            return
    position.is_second = False
    session.flush()  # only then is its seat free
    if not _others(session, position, is_second=False):
        for heir in _others(session, position, is_second=True)[:1]:
            heir.is_second = False
        session.flush()


def promote_seconds(session: Session, thread_id: int) -> None:
    """Give every author who has only seconds left in a thread a first one; the thread is held."""
    session.flush()
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id == thread_id)
        .where(Position.state.in_(LIVE_STATES))
        .order_by(Position.state != "published", Position.id)
    ).all()
    have_first = {row.author_id for row in rows if not row.is_second}
    for row in rows:
        if row.author_id not in have_first:
            have_first.add(row.author_id)
            row.is_second = False
    session.flush()


def _others(session: Session, position: Position, *, is_second: bool) -> list[Position]:
    """Read and not held: who withdraws one of these now waits for the thread, and settles after."""
    return list(
        session.scalars(
            select(Position)
            .where(Position.thread_id == position.thread_id)
            .where(Position.author_id == position.author_id)
            .where(Position.id != position.id)
            .where(Position.state.in_(LIVE_STATES))
            .where(Position.is_second.is_(is_second))
            .order_by(Position.state != "published", Position.id)
        )
    )
