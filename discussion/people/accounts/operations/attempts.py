"""Attempts: counted, so that guessing and mailing stay slow, and nobody can shut another out.

A way of counting says whose attempts stand together. What counts the attempts on an account from
everywhere could be used up by a stranger: such a limit is wide, and leaves its owner another way.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.db import hold_word
from discussion.people.accounts.models import Attempt
from discussion.text.networks import network_of

ACCOUNT_HERE = "account here"  # one account, from one network
ACCOUNTS_HERE = "accounts here"  # how many accounts, from one network
ACCOUNT = "account"  # one account, from everywhere
HERE = "here"  # one network, whatever the account


@dataclass(frozen=True)
class Limit:
    """How many attempts are let through in a window that moves with the clock."""

    by: str
    most: int
    window: timedelta


QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

# Of passwords only wrong ones stay counted: see `forgive`. A whole hall sits behind one address.
LIMITS = {
    "sign_in": (
        Limit(ACCOUNT_HERE, 10, QUARTER),
        Limit(ACCOUNTS_HERE, 100, QUARTER),
        Limit(ACCOUNT, 100, DAY),  # then from a device it knows, or after a mailed link
    ),
    "known_device": (Limit(ACCOUNT, 10, QUARTER),),  # the account is one's, in one's browser
    "own_password": (Limit(ACCOUNT, 10, QUARTER),),  # asked of who is signed in already
    "new_password": (Limit(HERE, 2_000, HOUR),),  # what judging one costs
    "sign_up": (
        Limit(ACCOUNT_HERE, 5, HOUR),
        Limit(ACCOUNTS_HERE, 500, HOUR),
        Limit(ACCOUNT, 20, DAY),  # letters to one box; a link for a new password gets in as well
    ),
    "reset": (Limit(ACCOUNT_HERE, 5, HOUR), Limit(ACCOUNTS_HERE, 300, HOUR)),
    "reset_letter": (Limit(ACCOUNT, 5, HOUR),),  # as long as the links in them work
    "change_address": (Limit(ACCOUNT, 5, HOUR),),
    "visitors_draft": (Limit(HERE, 500, DAY),),  # what is kept of who is signed out
    "report": (Limit(ACCOUNT, 10, HOUR),),
    "join_code": (Limit(HERE, 200, HOUR),),  # guessing at the code of a run
    "join_run": (
        Limit(ACCOUNT_HERE, 5, HOUR),
        Limit(ACCOUNTS_HERE, 500, HOUR),
        Limit(ACCOUNT, 10, DAY),  # letters to one box
    ),
    "visitors_report": (
        Limit(ACCOUNT_HERE, 10, HOUR),
        Limit(HERE, 60, HOUR),
        Limit(ACCOUNT, 20, DAY),  # letters to one box; without an address, or signed in, one may
    ),
}


@dataclass(frozen=True)
class _Counter:
    """A limit with the keyed hashes of what it counts, so that the table tells nobody who tried."""

    limit: Limit
    key: str
    part: str  # the account, where accounts are counted


def count_attempt(
    session: Session, kind: str, account: str, address: str, *, secret: str, now: datetime
) -> int:
    """Count one attempt and return 0, or return the seconds to wait and count nothing.

    Call it with a session of its own and commit at once: it must outlive a refused request. A
    password is counted before it is looked at, or many at once would all be let through.
    """
    counters = _counters(kind, account, address, secret)
    hold_word(session, *(each.key for each in counters))  # or two at once could both count nine
    waits = [_wait(session, each, now) for each in counters]
    if any(waits):
        return max(waits)
    for each in counters:
        session.execute(
            delete(Attempt)
            .where(Attempt.key == each.key)
            .where(Attempt.at <= now - each.limit.window)
        )
        if not each.part or not _stands(session, each):
            session.add(Attempt(key=each.key, part=each.part, at=now))
    session.flush()
    return 0


def forgive(session: Session, kind: str, account: str, address: str, *, secret: str) -> None:
    """Take back what was counted of an owner who has come in.

    What stands against the account from here goes; of what strangers tried elsewhere all stays.
    """
    for each in _counters(kind, account, address, secret):
        rows = select(Attempt.id).where(Attempt.key == each.key).where(Attempt.part == each.part)
        if each.limit.by == ACCOUNT and kind == "sign_in":
            rows = rows.order_by(Attempt.id.desc()).limit(1)  # this one
        session.execute(delete(Attempt).where(Attempt.id.in_(rows)))


def _wait(session: Session, counter: _Counter, now: datetime) -> int:
    limit = counter.limit
    moments = session.scalars(
        select(Attempt.at)
        .where(Attempt.key == counter.key)
        .where(Attempt.at > now - limit.window)
        .order_by(Attempt.at.desc())
        .limit(limit.most)
    ).all()
    if len(moments) < limit.most:
        return 0
    return max(1, ceil((moments[-1] + limit.window - now).total_seconds()))


def _stands(session: Session, counter: _Counter) -> bool:
    """Whether this account is among those counted; what is too old went before."""
    return bool(
        session.scalar(
            select(Attempt.id)
            .where(Attempt.key == counter.key)
            .where(Attempt.part == counter.part)
            .limit(1)
        )
    )


def _counters(kind: str, account: str, address: str, secret: str) -> list[_Counter]:
    network = network_of(address)
    named = {
        ACCOUNT_HERE: f"{account}/{network}",
        ACCOUNTS_HERE: network,
        ACCOUNT: account,
        HERE: network,
    }

    def keyed(name: str) -> str:
        return hmac.new(secret.encode(), name.encode(), sha256).hexdigest()

    return [
        _Counter(
            limit,
            key=keyed(f"{kind}/{limit.by}/{named[limit.by]}"),
            part=keyed(f"{kind}/part/{account}") if limit.by == ACCOUNTS_HERE else "",
        )
        for limit in LIMITS[kind]
    ]
