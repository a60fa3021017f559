"""What the worker does with kept forms: it forgets them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.kept import operations


def tidy(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """Forget what has been kept for long enough."""
    operations.tidy(session, now=now)


TASKS: dict[str, Callable[[Session, dict[str, Any], datetime], None]] = {"kept.tidy": tidy}
PERIODIC = {"kept.tidy": timedelta(hours=1)}
