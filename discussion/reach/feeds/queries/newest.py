"""The newest of what people wrote, and no more of when than its byline tells.

Which of a day's or a month's pieces stand in a feed must not say which of them came first. So a
feed ends with whole periods, and of the one in which it ends with those whose random ids come
first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.newest import (
    LOOKED_AT,
    LOOKED_AT_NEXT,
    Column,
    is_since,
    moment_of_newest,
)
from discussion.people.accounts.models import Person
from discussion.reach.feeds.words import CHATHAM_HOUSE

MINUTE = timedelta(minutes=1)
MOST_NAMED = 2_000  # rows that the statements after the first one name, so as not to look again
Period = Callable[[date], tuple[date, date]]  # a day → the first of its period, and of the next


@dataclass(frozen=True)
class Written:
    """One piece: the id of its row, its public id, and when, as coarsely as its byline."""

    id: int
    public_id: str
    at: datetime


def shown_as(kind: type[Position] | type[Response]) -> ColumnElement[str]:
    """How it is named; needs its author in the query. A name whose owner has left is a label."""
    return case(
        ((kind.attribution == "named") & Person.left_at.is_not(None), "role"),
        else_=kind.attribution,
    )


@dataclass(frozen=True)
class Asked:
    """Rows of id, public id, how it is named, and when.

    `recent` says which are among the newest: first of few, then of more, each time all that are no
    older than `since`.
    """

    rows: Select[Any]
    recent: Callable[[Session, int], Iterator[tuple[Select[Any], datetime]]]  # of so many or more


def asked_for(
    rows: Select[Any], own: Column, version: type[Revision] | type[ResponseText]
) -> Asked:
    """These rows, joined to their `version`, whose id is their `own`."""

    def recent(session: Session, least: int) -> Iterator[tuple[Select[Any], datetime]]:
        for many in (LOOKED_AT, LOOKED_AT_NEXT):
            since = moment_of_newest(session, version.live_at, many)
            if since is None:
                return
            some = rows.where(is_since(own, version.id, version.live_at, since))
            ids = session.scalars(some.with_only_columns(own)).all()
            if len(ids) >= least:
                yield (rows.where(own.in_(ids)) if len(ids) <= MOST_NAMED else some), since

    return Asked(rows, recent)


def list_newest(session: Session, asked: Asked, *, now: datetime, limit: int) -> list[Written]:
    """At most `limit`, the newest first.

    What is under the Chatham House Rule comes a day later, with all else of its day. Nothing that
    is older than `since` can tell a later moment: so many that tell one are the newest of all.
    """
    for recent, since in asked.recent(session, limit):
        found = _newest(session, recent, since, now, limit)
        if len(found) >= limit:
            return found[:limit]
    return _newest(session, asked.rows, None, now, limit)[:limit]


def _newest(
    session: Session, rows: Select[Any], since: datetime | None, now: datetime, limit: int
) -> list[Written]:
    """The newest of each way of being named; with `since`, of what tells a later moment alone."""
    id, public_id, mode, at = rows.subquery().c
    columns = select(id, public_id, at)
    named = columns.where(mode == "named")
    if since is not None:
        named = named.where(at >= since + MINUTE)
    found = [
        Written(id, public, told_at(moment, "named"))
        for id, public, moment in session.execute(named.order_by(at.desc(), public_id).limit(limit))
    ]
    morning = clock.morning(clock.day(now))
    for coarse, until in (("role", None), (CHATHAM_HOUSE, morning)):
        one, period = columns.where(mode == coarse), _PERIODS[coarse]
        if until is not None:
            one = one.where(at < until)
        if since is not None:
            one = one.where(at >= clock.morning(period(clock.day(since))[1]))
        found += _whole_periods(session, one, period, limit)
    found.sort(key=lambda each: each.public_id)
    found.sort(key=lambda each: each.at, reverse=True)
    return found


def told_at(at: datetime, mode: str) -> datetime:
    """The moment that a byline of this mode tells: the minute, or when its day or month began."""
    if mode == "named":
        return at.replace(second=0, microsecond=0)
    return clock.morning(_PERIODS[mode](clock.day(at))[0])


def _whole_periods(
    session: Session, rows: Select[Any], period: Period, limit: int
) -> list[Written]:
    _id, public_id, at = rows.selected_columns
    last = session.scalar(rows.with_only_columns(at).order_by(at.desc()).offset(limit - 1).limit(1))
    if last is None:
        chosen = session.execute(rows).all()
    else:
        first, after = (clock.morning(one) for one in period(clock.day(last)))
        newer = session.execute(rows.where(at >= after)).all()
        within = rows.where(at >= first, at < after).order_by(public_id).limit(limit - len(newer))
        chosen = [*newer, *session.execute(within)]
    return [
        Written(id, public, clock.morning(period(clock.day(moment))[0]))
        for id, public, moment in chosen
    ]


def _day(of: date) -> tuple[date, date]:
    return of, of + timedelta(days=1)


def _month(of: date) -> tuple[date, date]:
    first = of.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


_PERIODS: dict[str, Period] = {"role": _day, CHATHAM_HOUSE: _month}
