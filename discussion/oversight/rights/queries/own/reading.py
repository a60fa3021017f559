"""What readers of one's own data share: who asked, and rows as plain records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person

Record = dict[str, Any]
CHUNK = 50  # rows in memory at a time


@dataclass(frozen=True)
class Asked:
    """Whose data it is, when, and the secret under which private ratings are kept."""

    person: Person
    secret: str
    now: datetime


def record_of(row: Any, *names: str) -> Record:
    """These columns of a row, under their own names."""
    return {name: getattr(row, name) for name in names}


def stream(session: Session, query: Select[Any]) -> Iterator[Any]:
    """The rows of a query, few at a time."""
    return iter(session.scalars(query.execution_options(yield_per=CHUNK)))
