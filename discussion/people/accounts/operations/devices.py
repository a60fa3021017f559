"""Known devices: browsers in which an account's owner signed in before."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.people.accounts.models import KnownDevice, Person

DEVICES_KEPT = timedelta(days=365)  # after the last time that somebody signed in there
_LONGEST_SECRET = 64


def new_device_secret() -> str:
    """What a browser's cookie holds; it tells nothing of who signed in there."""
    return secrets.token_urlsafe(32)


def is_known_device(
    session: Session, email: str, device: str, *, secret: str, now: datetime
) -> bool:
    """Whether the account of this address was signed in to from the browser with this secret.

    An address that nobody has is known nowhere.
    """
    public_id = session.scalar(
        select(Person.public_id).where(Person.email == email).where(Person.left_at.is_(None))
    )
    key = _key(public_id or "", device, secret)
    found = session.scalar(
        select(KnownDevice.id)
        .where(KnownDevice.key == key)
        .where(KnownDevice.used_at > now - DEVICES_KEPT)
    )
    return bool(device) and public_id is not None and found is not None


def know_device(
    session: Session, person: Person, device: str, *, secret: str, now: datetime
) -> bool:
    """From now on the browser is known to this account; True if it was already."""
    key = device_key(person, device, secret)
    known = session.scalar(select(KnownDevice).where(KnownDevice.key == key))
    if known is None:
        made = KnownDevice(person_id=person.id, key=key, made_at=now, used_at=now)
        return not add_unless_there(session, made)
    was_known = known.used_at > now - DEVICES_KEPT
    known.used_at = now
    session.flush()
    return was_known


def forget_devices(session: Session, person: Person) -> None:
    """From now on no browser is known to the account."""
    session.execute(delete(KnownDevice).where(KnownDevice.person_id == person.id))


def forget_old_devices(session: Session, *, now: datetime) -> None:
    """Those where nobody signed in for a year."""
    session.execute(delete(KnownDevice).where(KnownDevice.used_at <= now - DEVICES_KEPT))


def device_key(person: Person, device: str, secret: str) -> str:
    """Under which this account knows the browser with this secret."""
    return _key(person.public_id, device, secret)


def _key(public_id: str, device: str, secret: str) -> str:
    named = f"device/{public_id}/{device[:_LONGEST_SECRET]}"
    return hmac.new(secret.encode(), named.encode(), sha256).hexdigest()
