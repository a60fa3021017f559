"""What happened to somebody's writing, for rooms above that carry it to people and to programs.

An operation says it in the transaction of the change; who listens only promises work for later.
"""

from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy.orm import Session

from discussion.registers import Register

# What happened, and of which row the id is given.
Happening = Literal[
    "position.live",  # Revision: a first or a new version can be read
    "response.live",  # ResponseText
    "restatement.answered",  # ResponseText
    "thread.opened",  # Thread
    "thread.moved_on",  # StageMove
    "findings.published",  # FindingSnapshot
    "publication.published",  # PublicationVersion
    "question.answered",  # Question
]


class Hears(Protocol):
    """Promises what follows from it."""

    def __call__(self, session: Session, what: Happening, id: int, *, now: datetime) -> None: ...


HEARS: Register[Hears] = Register()


def happened(session: Session, what: Happening, id: int, *, now: datetime) -> None:
    """Say it to whoever listens. Asks no right: it has happened."""
    for hear in HEARS:
        hear(session, what, id, now=now)
