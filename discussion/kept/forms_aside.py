"""Keeping a form aside, in a transaction of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from discussion import clock
from discussion.kept.operations import Owner, Typed, keep_form
from discussion.web import doorway


@dataclass(frozen=True)
class KeptNote:
    """What was kept; the words come from the request that this answers."""

    id: str
    kept_at: datetime
    until: datetime
    is_for_one: bool  # a person who is known, not whoever sits at this browser


def keep_aside(owner: Owner, typed: Typed) -> KeptNote | None:
    """Keep it whatever becomes of the request; None where that did not succeed."""
    kept: list[KeptNote] = []

    def write(writing: Session) -> None:
        row = keep_form(writing, owner, typed, now=clock.now())
        if row is not None:
            is_for_one = row.person_id is not None
            kept.append(KeptNote(row.public_id, row.kept_at, row.expires_at, is_for_one))

    try:
        doorway.keep_aside(write)
    except SQLAlchemyError:
        return None
    return next(iter(kept), None)
