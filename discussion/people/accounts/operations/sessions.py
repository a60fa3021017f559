"""Sessions: where somebody is signed in, until they sign out there or somewhere else."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import BigInteger, Text, cast, delete, func, select, update
from sqlalchemy.orm import Session

from discussion.jobs.queue import enqueue
from discussion.people.accounts.models import AccountSession, KnownDevice, Person
from discussion.people.accounts.words import LASTS_AT_MOST, LASTS_IDLE
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require

ENDED_KEPT = timedelta(days=7)


def session_key(token: str) -> str:
    """What is kept of a session's secret: nobody who reads the table can be anybody."""
    return sha256(token.encode()).hexdigest()


def begin_session(
    session: Session, person: Person, *, device: str, device_key: str = "", now: datetime
) -> tuple[AccountSession, str]:
    """Somebody who has shown who they are is signed in from now on: the row, and its secret."""
    token = secrets.token_urlsafe(32)
    row = AccountSession(
        key=session_key(token),
        person_id=person.id,
        device=device[:60],
        device_key=device_key,
        made_at=now,
        last_seen_at=now,
        password_at=now,
    )
    session.add(row)
    session.flush()
    return row, token


def tell_new_device(session: Session, row: AccountSession, *, now: datetime) -> None:
    """Write to its owner that somebody signed in on a browser that the account did not know."""
    payload = {
        "template": "accounts/new_device",
        "person_id": row.person_id,
        "ids": {"session": row.id},
    }
    enqueue(session, "mail.send", payload, now=now)


def note_seen(session: Session, session_id: int, *, now: datetime) -> None:
    """Say that its owner was there; alone in its transaction, and so that caches know of it."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    number = cast(cast(func.pg_current_xact_id(), Text), BigInteger) if is_postgresql else None
    session.execute(
        update(AccountSession)
        .where(AccountSession.id == session_id)
        .where(AccountSession.last_seen_at < now)
        .values(last_seen_at=now, seen_in=number)
    )


def note_password(session: Session, session_id: int, *, now: datetime) -> None:
    """Its owner has just given the password."""
    session.execute(
        update(AccountSession).where(AccountSession.id == session_id).values(password_at=now)
    )


def sign_out(session: Session, session_id: int, *, now: datetime) -> None:
    """End the session that asks for it; its browser stays known."""
    session.execute(
        update(AccountSession)
        .where(AccountSession.id == session_id)
        .where(AccountSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def sign_out_there(
    session: Session, actor: Viewer | None, public_id: str, *, now: datetime
) -> bool:
    """End one of the actor's sessions, whose browser is not known any more; False if it is none."""
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    row = session.scalar(
        select(AccountSession)
        .where(AccountSession.public_id == public_id)
        .where(AccountSession.person_id == actor.person_id)
    )
    if row is None:
        return False
    row.ended_at = row.ended_at or now
    _forget_devices_of(session, [row])
    session.flush()
    return True


def sign_out_elsewhere(
    session: Session, actor: Viewer | None, session_id: int, *, now: datetime
) -> None:
    """End every session of the actor but one, whose browser alone stays known."""
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    ended = end_sessions(session, actor.person_id, but_id=session_id, now=now)
    here = session.get(AccountSession, session_id)
    kept = here.device_key if here else ""
    _forget_devices_of(session, [row for row in ended if row.device_key != kept])


def end_sessions(
    session: Session, person_id: int, *, but_id: int = 0, now: datetime
) -> list[AccountSession]:
    """End every session of somebody, or all but one; called by operations that asked."""
    session.flush()
    rows = session.scalars(
        select(AccountSession)
        .where(AccountSession.person_id == person_id)
        .where(AccountSession.ended_at.is_(None))
        .where(AccountSession.id != but_id)
    ).all()
    for row in rows:
        row.ended_at = now
    session.flush()
    return list(rows)


def forget_sessions(session: Session, person_id: int) -> None:
    """Nothing is left of where somebody was signed in."""
    session.execute(delete(AccountSession).where(AccountSession.person_id == person_id))


def forget_old_sessions(session: Session, *, now: datetime) -> None:
    """Those that ended, or ran out, a week ago."""
    since = now - ENDED_KEPT
    session.execute(
        delete(AccountSession).where(
            (AccountSession.ended_at < since)
            | (AccountSession.made_at < since - LASTS_AT_MOST)
            | (AccountSession.last_seen_at < since - LASTS_IDLE)
        )
    )


def _forget_devices_of(session: Session, rows: list[AccountSession]) -> None:
    keys = [row.device_key for row in rows if row.device_key]
    session.execute(delete(KnownDevice).where(KnownDevice.key.in_(keys)))


def whose_session(session: Session, *, token: str = "", public_id: str = "") -> int | None:
    """Whose session it is or was, by its secret or by its public id, as long as it is known of."""
    by = (
        AccountSession.key == session_key(token) if token else AccountSession.public_id == public_id
    )
    return session.scalar(select(AccountSession.person_id).where(by))


def name_of(session: Session, person_id: int) -> str:
    """What somebody is called; nothing for who has left."""
    return session.scalar(select(Person.display_name).where(Person.id == person_id)) or ""
