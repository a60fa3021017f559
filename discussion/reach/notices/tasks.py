"""What the worker does for notices: who is to be told, which letters are due, and writing them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload
from discussion.mail.letters import MailText
from discussion.reach.notices.operations.composing import LETTER, compose, sweep
from discussion.reach.notices.operations.gathering import gather
from discussion.reach.notices.operations.noting import COMPOSE, GATHER
from discussion.reach.notices.tasks_letters import letter


def gather_one(session: Session, payload: Payload, now: datetime) -> None:
    """Write the notices of one happening."""
    happened_at = datetime.fromisoformat(payload["at"])
    gather(session, payload["what"], payload["id"], happened_at, now)


def compose_one(session: Session, payload: Payload, now: datetime) -> None:
    """Put together what is due for one person."""
    compose(session, payload["person"], now)


def look(session: Session, _payload: Payload, now: datetime) -> None:
    """Find everybody for whom a letter is due."""
    sweep(session, now)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    GATHER: gather_one,
    COMPOSE: compose_one,
    "notices.look": look,
}
PERIODIC = {"notices.look": timedelta(minutes=10)}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {LETTER: letter}
