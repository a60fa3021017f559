"""What the worker does with states: it keeps them short."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload, Task
from discussion.states import operations


def gather(session: Session, _payload: Payload, _now: datetime) -> None:
    """Put the rows of each state together."""
    operations.gather(session)


TASKS: dict[str, Task] = {"states.gather": gather}
PERIODIC = {"states.gather": timedelta(minutes=5)}
