"""What a thread needs before it can move to its next stage by its date."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.rounds.models import Round
from discussion.threads.models import Thread
from discussion.threads.words import DATED, STAGES

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


def missing_for(thread: Thread, to: str, with_round: Collection[int]) -> str:
    """What is missing before it can move: round, outcome, or nothing.

    `with_round` are the ids of threads for which list_with_round found one.
    """
    if to == "weighing" and thread.id not in with_round:
        return "round"
    if to == "closed" and not (thread.outcome and thread.review_on):
        return "outcome"
    return ""


def list_with_round(session: Session, thread_ids: Collection[int]) -> set[int]:
    """Which of these threads have a round planned or open in their present cycle."""
    return set(
        session.scalars(
            select(Round.thread_id)
            .join(Thread, Thread.id == Round.thread_id)
            .where(Round.thread_id.in_(thread_ids))
            .where(Round.cycle == Thread.cycle)
            .where(Round.state.in_(READY_ROUNDS))
        )
    )
