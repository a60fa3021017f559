"""What the worker does with tallies: it counts what changed."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.debate.tallies.operations import AT_ONCE, tally_changed
from discussion.jobs.queue import enqueue
from discussion.jobs.registry import Payload, Task

NAME = "tallies.count"


def count(session: Session, _payload: Payload, now: datetime) -> None:
    """Some threads at a time; what is left is promised at once."""
    if tally_changed(session) == AT_ONCE:
        enqueue(session, NAME, {}, now=now)


TASKS: dict[str, Task] = {NAME: count}
PERIODIC = {NAME: timedelta(minutes=1)}
