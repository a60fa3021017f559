"""What the clock does for positions: forgetting drafts that nobody claimed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.debate.composing.operations import forget_expired


def forget_drafts(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """Delete what was kept signed out for longer than it may be."""
    forget_expired(session, now=now)


TASKS = {"positions.forget_drafts": forget_drafts}
PERIODIC = {"positions.forget_drafts": timedelta(hours=1)}
