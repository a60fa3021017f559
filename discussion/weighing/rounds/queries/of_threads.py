"""What threads are told of their rounds: what is ahead, what was missed, what was held."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.higher import Missed, Rounds
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.finding import find_open, is_missed, list_missed

READY_ROUNDS = ("planned", "open")


def find_rounds(session: Session, thread_ids: Collection[int], now: datetime) -> Rounds:
    """What these threads have planned or open in their present cycle."""
    rows = session.scalars(
        select(Round)
        .join(Thread, Thread.id == Round.thread_id)
        .where(Round.thread_id.in_(thread_ids))
        .where(Round.cycle == Thread.cycle)
        .where(Round.state.in_(READY_ROUNDS))
    ).all()
    ready = {row.thread_id for row in rows if not is_missed(row, now)}
    missed = {row.thread_id for row in rows if is_missed(row, now)}
    return Rounds(frozenset(ready), frozenset(missed - ready))


def list_numbers(
    session: Session, viewer: Viewer | None, thread: Thread, cycle: int
) -> tuple[int, ...]:
    """The numbers of the rounds of a cycle that were opened, as far as the viewer may read them."""
    rows = session.scalars(
        select(Round)
        .where(Round.thread_id == thread.id)
        .where(Round.cycle == cycle)
        .where(Round.state != "planned")
        .order_by(Round.number)
    )
    return tuple(row.number for row in rows if allowed(viewer, May.READ_ROUND, row))


def list_missed_threads(session: Session, now: datetime) -> list[Missed]:
    """The threads of planned rounds whose days have passed, and which could still be weighed."""
    return [Missed(row.thread, row.closes_at) for row in list_missed(session, now)]


def is_rated(session: Session, thread: Thread) -> bool:
    """Whether a round of the thread is open."""
    return find_open(session, thread) is not None


def has_rounds(session: Session, thread: Thread) -> bool:
    """Whether any were planned or held."""
    return bool(session.scalar(select(exists().where(Round.thread_id == thread.id))))


def in_open_rounds() -> Select[int]:
    """The ids of the threads in which a round is open."""
    return select(Round.thread_id).where(Round.state == "open")
