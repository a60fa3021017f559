"""What the worker does for search: it reads what was changed from outside of the site."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.jobs.queue import enqueue
from discussion.jobs.registry import Payload, Task
from discussion.reach.search.operations.indexing import AT_ONCE, sweep

NAME = "search.sweep"


def read_again(session: Session, _payload: Payload, now: datetime) -> None:
    """Some at a time; what is left is promised at once."""
    if sweep(session) == AT_ONCE:
        enqueue(session, NAME, {}, now=now)


TASKS: dict[str, Task] = {NAME: read_again}
PERIODIC = {NAME: timedelta(minutes=1)}
