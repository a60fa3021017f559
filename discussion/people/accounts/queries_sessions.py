"""Where somebody is signed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import BindParameter, ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import AccountSession
from discussion.people.accounts.words import (
    LASTS_AT_MOST,
    LASTS_IDLE,
    LASTS_IDLE_WITH_POWER,
    SEEN_EVERY,
)
from discussion.permissions.facts import Viewer


@dataclass(frozen=True)
class SessionLine:
    """One browser in which the viewer is signed in."""

    public_id: str
    device: str
    made_at: datetime
    last_seen_at: datetime
    is_here: bool


class Running(Protocol):
    """A session, as far as its end depends on it."""

    @property
    def made_at(self) -> datetime: ...
    @property
    def last_seen_at(self) -> datetime: ...


Limit = datetime | BindParameter[datetime]


def limits(now: datetime) -> tuple[datetime, datetime]:
    """A session that was made, or last seen, at these moments has run out for everybody."""
    return now - LASTS_AT_MOST, now - LASTS_IDLE


def lives(made_after: Limit, seen_after: Limit) -> ColumnElement[bool]:
    """Needs AccountSession in the query: it has not ended, and has not run out for anybody."""
    rows = AccountSession.__table__.c
    return and_(rows.ended_at.is_(None), rows.made_at > made_after, rows.last_seen_at > seen_after)


def ends_at(row: Running, viewer: Viewer, now: datetime) -> datetime:
    """When the session ends if its owner, who is here now, presses nothing more."""
    has_power = viewer.is_administrator or bool(viewer.series_as("moderator", "convener"))
    idle = LASTS_IDLE_WITH_POWER if has_power else LASTS_IDLE
    seen = now if now - row.last_seen_at >= SEEN_EVERY else row.last_seen_at
    return min(seen + idle, row.made_at + LASTS_AT_MOST)


def has_run_out(row: Running, viewer: Viewer, now: datetime) -> bool:
    """Whether somebody with power was away for too long."""
    has_power = viewer.is_administrator or bool(viewer.series_as("moderator", "convener"))
    return has_power and row.last_seen_at <= now - LASTS_IDLE_WITH_POWER


def count_seen_in(transactions: Collection[int], now: datetime) -> Select[int]:
    """How many of these transactions of PostgreSQL noted lately that somebody was seen."""
    return select(func.count(AccountSession.seen_in.distinct())).where(
        AccountSession.seen_in.in_(transactions),
        AccountSession.last_seen_at > now - SEEN_EVERY,  # numbers of another server are old
    )


def list_sessions(
    session: Session, viewer: Viewer, here_id: int, now: datetime
) -> tuple[SessionLine, ...]:
    """Every session of the viewer that goes on, this one first."""
    rows = session.scalars(
        select(AccountSession)
        .where(AccountSession.person_id == viewer.person_id)
        .where(lives(*limits(now)))
        .order_by(
            (AccountSession.id != here_id),
            AccountSession.last_seen_at.desc(),
            AccountSession.id.desc(),
        )
    )
    return tuple(
        SessionLine(
            public_id=row.public_id,
            device=row.device,
            made_at=row.made_at,
            last_seen_at=row.last_seen_at,
            is_here=row.id == here_id,
        )
        for row in rows
        if not has_run_out(row, viewer, now)
    )
