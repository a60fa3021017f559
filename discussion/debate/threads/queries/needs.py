"""What a thread needs before it can move to its next stage by its date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import DATED, STAGES
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.finding import is_missed

READY_ROUNDS = ("planned", "open")


def next_stage(stage: str) -> str:
    """The stage after this one; empty at the end."""
    stages = list(STAGES)
    at = stages.index(stage)
    return stages[at + 1] if at + 1 < len(stages) else ""


def next_move(thread: Thread) -> tuple[str, date | None]:
    """The next stage of a thread, and the day on which it moves there by itself, if any."""
    to = next_stage(thread.stage)
    return to, getattr(thread, DATED[to]) if to else None


def day_ahead(thread: Thread, today: date) -> tuple[str, date | None]:
    """The same as far as it is still to come: a day that has passed says nothing of the future.

    In a series that is not open nothing moves by itself.
    """
    to, day = next_move(thread)
    is_ahead = day is not None and day >= today and thread.series.status == "open"
    return to, day if is_ahead else None


def weighing_ahead(thread: Thread) -> date | None:
    """The day from which a thread that is open is weighed, while that is still to come."""
    to, day = day_ahead(thread, clock.today())
    return day if to == "weighing" else None


@dataclass(frozen=True)
class Rounds:
    """Which threads have a round in their present cycle, by their ids."""

    ready: frozenset[int]  # open, or planned with days to come
    missed: frozenset[int]  # planned, and its days have passed


def missing_for(thread: Thread, to: str, rounds: Rounds) -> str:
    """What is missing before it can move: round, days (of a round), outcome, or nothing."""
    if to in ("weighing", "making_sense") and thread.id in rounds.missed:
        return "days"
    if to == "weighing" and thread.id not in rounds.ready:
        return "round"
    if to == "closed" and not (thread.outcome and thread.review_on):
        return "outcome"
    return ""


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
