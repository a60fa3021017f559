"""What the clock does for redactions: what was sealed is destroyed on its day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.redactions.operations import destroy_expired


def destroy(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """Destroy what was kept for as long as was said."""
    destroy_expired(session, now)


TASKS: dict[str, Callable[[Session, dict[str, Any], datetime], None]] = {
    "redactions.destroy": destroy
}
PERIODIC = {"redactions.destroy": timedelta(hours=1)}
