"""What the worker does for moderation: batches, and what moderators are reminded of."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload
from discussion.oversight.moderation.operations.batching import (
    APPROVE,
    CLOSE,
    approve_item,
    close_batch,
)
from discussion.oversight.moderation.tasks_reminding import (
    daily_letter,
    due_letter,
    remind,
    urgent_letter,
)


def close(session: Session, payload: Payload, now: datetime) -> None:
    close_batch(session, payload["batch"], now)


def approve(session: Session, payload: Payload, now: datetime) -> None:
    approve_item(session, payload["item"], now)


TASKS = {"moderation.remind": remind, CLOSE: close, APPROVE: approve}
PERIODIC = {"moderation.remind": timedelta(minutes=30)}
SUMMARIES = {
    "moderation/due": "all that is past its time when it goes out",
    "moderation/urgent": "all that cannot wait when it goes out",
    "moderation/waits": "all that waits when it goes out",
}
MAILS = {
    "moderation/due": due_letter,
    "moderation/urgent": urgent_letter,
    "moderation/waits": daily_letter,
}
