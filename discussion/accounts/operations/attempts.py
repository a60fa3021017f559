"""Attempts: counted per account and per address, so that guessing and mailing stay slow."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from math import ceil

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from discussion.accounts.models import Attempt


@dataclass(frozen=True)
class Limit:
    """How many attempts are let through in a window that moves with the clock."""

    per_account: int
    per_address: int
    window: timedelta


LIMITS = {
    "sign_in": Limit(10, 50, timedelta(minutes=15)),
    "sign_up": Limit(5, 100, timedelta(hours=1)),  # a whole hall may sign up from one address
    "reset": Limit(5, 50, timedelta(hours=1)),
    "change_address": Limit(5, 50, timedelta(hours=1)),
    "report": Limit(10, 30, timedelta(hours=1)),
}


def count_attempt(
    session: Session, kind: str, account: str, address: str, *, secret: str, now: datetime
) -> int:
    """Count one attempt and return 0, or return the seconds to wait and count nothing.

    Call it with a session of its own and commit at once: it must outlive a refused request.
    """
    limit = LIMITS[kind]
    keys = _keys(kind, account, address, secret)
    _one_at_a_time(session, keys)
    waits = [
        _wait(session, key, most, limit.window, now)
        for key, most in zip(keys, (limit.per_account, limit.per_address), strict=True)
    ]
    if any(waits):
        return max(waits)
    session.execute(
        delete(Attempt).where(Attempt.key.in_(keys)).where(Attempt.at <= now - limit.window)
    )
    session.add_all(Attempt(key=key, at=now) for key in keys)
    session.flush()
    return 0


def forgive_account(session: Session, kind: str, account: str, *, secret: str) -> None:
    """Forget the attempts on an account once its owner has come in; the address still counts."""
    key, _ = _keys(kind, account, "", secret)
    session.execute(delete(Attempt).where(Attempt.key == key))


def _wait(session: Session, key: str, most: int, window: timedelta, now: datetime) -> int:
    moments = session.scalars(
        select(Attempt.at)
        .where(Attempt.key == key)
        .where(Attempt.at > now - window)
        .order_by(Attempt.at.desc())
        .limit(most)
    ).all()
    if len(moments) < most:
        return 0
    return max(1, ceil((moments[-1] + window - now).total_seconds()))


def _keys(kind: str, account: str, address: str, secret: str) -> tuple[str, str]:
    """Keyed hashes: the table tells nobody who tried, or from where."""
    named = (f"{kind}/account/{account}", f"{kind}/address/{_network(address)}")
    first, second = (hmac.new(secret.encode(), name.encode(), sha256).hexdigest() for name in named)
    return first, second


def _network(address: str) -> str:
    """An IPv6 household has a whole /64 to try from."""
    try:
        if ip_address(address).version == 6:
            return str(ip_network(f"{address}/64", strict=False))
    except ValueError:
        return "unknown"
    return address


def _one_at_a_time(session: Session, keys: tuple[str, ...]) -> None:
    """SQLite's write lock does it already; on PostgreSQL two requests could both count nine."""
    if session.get_bind().dialect.name == "postgresql":
        for key in sorted(keys):
            session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": key})
