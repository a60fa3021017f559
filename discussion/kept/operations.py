"""Keeping a form, giving it to who claims it, throwing it away; noting what was taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.db import add_unless_there, hold_word
from discussion.kept.models import KeptForm, SentForm
from discussion.kept.queries import count_of_network, hashed
from discussion.kept.words import (
    KEPT_FOR,
    LONGEST_KEPT,
    MOST_OF_A_BROWSER,
    MOST_OF_A_NETWORK,
    MOST_OF_A_PERSON,
    SENT_KEPT_FOR,
)
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: where to, where it stands, and what was typed."""

    address: str
    page: str
    fields: Mapping[str, list[str]]


@dataclass(frozen=True)
class Owner:
    """Whose it is: a person who is known, and the browser that it was sent from."""

    person_id: int | None
    token: str  # of the browser
    network: str = ""  # a keyed hash


def keep_form(session: Session, owner: Owner, typed: Typed, *, now: datetime) -> KeptForm | None:
    """Keep it for seven days; None, and nothing kept, where it is too much."""
    size = sum(len(name) + sum(map(len, each)) for name, each in typed.fields.items())
    if size > LONGEST_KEPT or max(len(typed.address), len(typed.page)) > 600:
        return None
    hold_word(session, f"kept {owner.network}")
    if owner.person_id is None and count_of_network(session, owner.network) >= MOST_OF_A_NETWORK:
        return None
    rows = _of(session, owner)
    same = (one for one in rows if (one.address, one.page) == (typed.address, typed.page))
    row = next(same, None)
    if row is None:
        row = KeptForm(person_id=owner.person_id, network=owner.network)
        session.add(row)
    row.token_hash = hashed(owner.token)
    row.address, row.page, row.fields = typed.address, typed.page, dict(typed.fields)
    row.kept_at, row.expires_at = now, now + KEPT_FOR
    most = MOST_OF_A_BROWSER if owner.person_id is None else MOST_OF_A_PERSON
    for old in [one for one in rows if one is not row][most - 1 :]:
        session.delete(old)
    session.flush()
    return row


def claim_form(session: Session, actor: Viewer, row: KeptForm, token: str) -> bool:
    """Make what somebody unknown sent from this browser the actor's own; False if it is not."""
    require(actor, May.KEEP_ACCOUNT)
    if row.person_id is None and row.token_hash == hashed(token):
        row.person_id, row.network = actor.person_id, ""
        session.flush()
    return row.person_id == actor.person_id


def forget_form(session: Session, actor: Viewer | None, row: KeptForm, token: str) -> bool:
    """Throw it away: its owner may, and whoever sits at the browser that sent it."""
    require(actor, May.ENTER)
    is_own = actor is not None and row.person_id == actor.person_id
    if not is_own and row.token_hash != hashed(token):
        return False
    session.delete(row)
    session.flush()
    return True


def note_sent(
    session: Session, key: str, place: str, sealed: str, *, saved_by_id: int | None, now: datetime
) -> bool:
    """Note that a form was taken, in the transaction of what it did; False when it was before.

    Of two at the same time the second waits here for the end of the first.
    """
    session.flush()  # what is wrong with the rows themselves is not a second press
    row = SentForm(key=key, place=place, sealed=sealed, saved_by_id=saved_by_id, at=now)
    return add_unless_there(session, row)


def forget_sent(session: Session, key: str) -> None:
    """An edit form that is meant a second time is noted anew."""
    session.execute(delete(SentForm).where(SentForm.key == key))


def forget_person(session: Session, person_id: int) -> None:
    """Nothing is left of the forms of somebody who leaves."""
    session.execute(delete(KeptForm).where(KeptForm.person_id == person_id))
    session.execute(delete(SentForm).where(SentForm.saved_by_id == person_id))


def tidy(session: Session, *, now: datetime) -> None:
    """Forget what has been kept for long enough. For the clock."""
    session.execute(delete(KeptForm).where(KeptForm.expires_at <= now))
    session.execute(delete(SentForm).where(SentForm.at <= now - SENT_KEPT_FOR))


def _of(session: Session, owner: Owner) -> list[KeptForm]:
    """All of the same owner, the newest first."""
    rows = select(KeptForm).order_by(KeptForm.kept_at.desc(), KeptForm.id.desc())
    if owner.person_id is not None:
        return list(session.scalars(rows.where(KeptForm.person_id == owner.person_id)))
    unknown = rows.where(KeptForm.person_id.is_(None))
    return list(session.scalars(unknown.where(KeptForm.token_hash == hashed(owner.token))))
