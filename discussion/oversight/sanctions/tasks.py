"""What the clock does for sanctions: those who were removed for a while come back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.oversight.sanctions.operations import end_removals


def end(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """Let back in whoever's removal is over; a pause ends by itself, without anybody's doing."""
    end_removals(session, now)


TASKS: dict[str, Callable[[Session, dict[str, Any], datetime], None]] = {"sanctions.end": end}
PERIODIC = {"sanctions.end": timedelta(minutes=5)}
