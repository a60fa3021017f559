"""How far the move of an account to another address is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.mail.queries import find_refusal
from discussion.people.accounts.models import AddressChange, Person
from discussion.people.accounts.words import MOVES_AFTER, REVERSIBLE_FOR

SHOWN_FOR = timedelta(days=7)  # how a change ended


@dataclass(frozen=True)
class Move:
    """The viewer's change of address; `state` is asked, waits, changed, or how it ended."""

    state: str
    new_email: str
    old_email: str
    asked_at: datetime
    at: datetime  # when it is done, or was; until when it can be taken back, or when it ended
    public_id: str
    can_stop: bool
    is_refused: bool  # the new address, by its mail server, since it was asked for


@dataclass(frozen=True)
class SecondPage:
    """What somebody with power is asked to confirm."""

    public_id: str
    display_name: str
    old_email: str
    new_email: str
    due_at: datetime


def find_open_change(session: Session, person_id: int) -> AddressChange | None:
    """What was asked for, and is neither done nor ended."""
    return session.scalar(
        select(AddressChange)
        .where(AddressChange.person_id == person_id)
        .where(AddressChange.changed_at.is_(None))
        .where(AddressChange.ended_at.is_(None))
        .order_by(AddressChange.id.desc())
        .limit(1)
    )


def find_reversible_change(session: Session, person_id: int, now: datetime) -> AddressChange | None:
    """What was done, and can still be taken back."""
    return session.scalar(
        select(AddressChange)
        .where(AddressChange.person_id == person_id)
        .where(AddressChange.changed_at > now - REVERSIBLE_FOR)
        .where(AddressChange.ended_at.is_(None))
        .order_by(AddressChange.id.desc())
        .limit(1)
    )


def find_waiting_change(session: Session, public_id: str) -> tuple[AddressChange, Person] | None:
    """What the new address confirmed, and waits; with its owner."""
    row = session.execute(
        select(AddressChange, Person)
        .join(Person, Person.id == AddressChange.person_id)
        .where(AddressChange.public_id == public_id)
        .where(AddressChange.confirmed_at.is_not(None))
        .where(AddressChange.changed_at.is_(None))
        .where(AddressChange.ended_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else None


def own_move(session: Session, person_id: int, now: datetime) -> Move | None:
    """The newest change of address, as long as there is something to say of it."""
    row = session.scalar(
        select(AddressChange)
        .where(AddressChange.person_id == person_id)
        .where(AddressChange.ended_how != "replaced")
        .order_by(AddressChange.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    state, at = _state(row)
    if state not in ("asked", "waits") and at <= now - (
        timedelta() if state == "changed" else SHOWN_FOR
    ):
        return None
    return Move(
        state=state,
        new_email=row.new_email,
        old_email=row.old_email,
        asked_at=row.asked_at,
        at=at,
        public_id=row.public_id,
        can_stop=state in ("asked", "waits"),
        is_refused=state == "asked" and _is_refused(session, row),
    )


def _is_refused(session: Session, row: AddressChange) -> bool:
    """Refusals of before would tell that somebody else has this address here."""
    refusal = find_refusal(session, row.new_email)
    return refusal is not None and refusal.at >= row.asked_at


def _state(row: AddressChange) -> tuple[str, datetime]:
    if row.ended_at is not None:
        return row.ended_how, row.ended_at
    if row.changed_at is not None:
        return "changed", row.changed_at + REVERSIBLE_FOR
    if row.due_at is not None:
        return "waits", row.due_at
    return "asked", row.asked_at + MOVES_AFTER
