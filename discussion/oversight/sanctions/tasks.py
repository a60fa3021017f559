"""What the clock does for sanctions: those who were removed for a while come back."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload, Task
from discussion.oversight.sanctions.operations import end_removals


def end(session: Session, _payload: Payload, now: datetime) -> None:
    """Let back in whoever's removal is over; a pause ends by itself, without anybody's doing."""
    end_removals(session, now)


TASKS: dict[str, Task] = {"sanctions.end": end}
PERIODIC = {"sanctions.end": timedelta(minutes=5)}
