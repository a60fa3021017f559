"""What the worker does with kept forms: it forgets them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload, Task
from discussion.kept import operations


def tidy(session: Session, _payload: Payload, now: datetime) -> None:
    """Forget what has been kept for long enough."""
    operations.tidy(session, now=now)


TASKS: dict[str, Task] = {"kept.tidy": tidy}
PERIODIC = {"kept.tidy": timedelta(hours=1)}
