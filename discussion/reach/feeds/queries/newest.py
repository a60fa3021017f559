"""The newest of what people wrote, and no more of when than its byline tells.

Which of a day's or a month's pieces stand in a feed must not say which of them came first. So a
feed ends with whole periods, and of the one in which it ends with those whose random ids come
first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Position, Response
from discussion.people.accounts.models import Person
from discussion.reach.feeds.words import CHATHAM_HOUSE

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


def list_newest(session: Session, rows: Select[Any], *, now: datetime, limit: int) -> list[Written]:
    """At most `limit`, the newest first; `rows` are id, public id, how it is named, and when.

    What is under the Chatham House Rule comes a day later, with all else of its day.
    """
    asked = rows.subquery()
    id, public_id, mode, at = asked.c
    columns = select(id, public_id, at)
    morning = clock.morning(clock.day(now))
    found = [
        Written(id, public, told_at(moment, "named"))
        for id, public, moment in session.execute(
            columns.where(mode == "named").order_by(at.desc(), public_id).limit(limit)
        )
    ]
    for coarse, until in (("role", None), (CHATHAM_HOUSE, morning)):
        one = columns.where(mode == coarse)
        if until is not None:
            one = one.where(at < until)
        found += _whole_periods(session, one, _PERIODS[coarse], limit)
    found.sort(key=lambda each: each.public_id)
    found.sort(key=lambda each: each.at, reverse=True)
    return found[:limit]


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
