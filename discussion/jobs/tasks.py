"""The outbox tidies up after itself."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion.jobs.models import Heartbeat, Job

KEPT_FOR = timedelta(days=30)
FORGOTTEN_AFTER = timedelta(days=1)


def tidy(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """Forget jobs done a month ago, and the heartbeats of workers that are gone."""
    session.execute(delete(Job).where(Job.done_at < now - KEPT_FOR))
    session.execute(delete(Heartbeat).where(Heartbeat.at < now - FORGOTTEN_AFTER))


TASKS = {"jobs.tidy": tidy}
PERIODIC = {"jobs.tidy": timedelta(hours=6)}
