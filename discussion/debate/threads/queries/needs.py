"""What a thread needs before it can move to its next stage by its date."""

from datetime import date

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.higher import Rounds
from discussion.debate.threads.words import DATED, STAGES


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


def missing_for(thread: Thread, to: str, rounds: Rounds) -> str:
    """What is missing before it can move: round, days (of a round), outcome, or nothing."""
    if to in ("weighing", "making_sense") and thread.id in rounds.missed:
        return "days"
    if to == "weighing" and thread.id not in rounds.ready:
        return "round"
    if to == "closed" and not (thread.outcome and thread.review_on):
        return "outcome"
    return ""
