"""At which theme each thread of a series stands, and which are shown there: a few, not all."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, or_, select, true
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread, thread_theme
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import WHOEVER, visible_threads, who_asks
from discussion.series.series.models import Series, Theme
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round

_HERE, _TODAY = "here", "today"
LIVE_STAGES = ("open", "weighing", "making_sense")
LOOKED_AT = 40  # open rounds that close first, findings that were made last: far more than lead


@dataclass(frozen=True)
class Home:
    """A theme with the threads of which it is the first that is still used."""

    thread_ids: tuple[int, ...]  # the first of them
    count: int
    live: int
    closed: int


NOWHERE = Home((), 0, 0, 0)


def choose_homes(
    session: Session,
    viewer: Viewer | None,
    series: Series,
    shown: int,
    only: ColumnElement[bool] | None = None,
) -> dict[int | None, Home]:
    """By theme's id; under None those all of whose themes were retired. `only` narrows threads."""
    given = {_HERE: series.id, **who_asks(viewer)}
    asked = _placed(shown) if only is None else _place(shown, only)
    ids: dict[int | None, list[int]] = defaultdict(list)
    numbers: dict[int | None, tuple[int, int, int]] = {}
    for theme_id, id, _at, count, live, closed in session.execute(asked, given):
        ids[theme_id].append(id)
        numbers[theme_id] = count, int(live), int(closed)
    return {theme_id: Home(tuple(ids[theme_id]), *own) for theme_id, own in numbers.items()}


@cache
def _placed(shown: int) -> Select[Any]:
    """The same of every thread, made once."""
    return _place(shown, true())


def _place(shown: int, only: ColumnElement[bool]) -> Select[Any]:
    home = _homes(only)
    at = home.c.home
    place = func.row_number().over(partition_by=at, order_by=(home.c.created_at, home.c.id))
    placed = select(
        at,
        home.c.id,
        place.label("place"),
        func.count().over(partition_by=at).label("count"),
        func.sum(case((home.c.stage.in_(LIVE_STAGES), 1), else_=0)).over(partition_by=at),
        func.sum(case((home.c.stage == "closed", 1), else_=0)).over(partition_by=at),
    ).subquery()
    return select(placed).where(placed.c.place <= shown).order_by(placed.c.place)


def find_elsewhere(
    session: Session, viewer: Viewer | None, series: Series, theme_ids: Collection[int]
) -> Mapping[int, Collection[int]]:
    """For themes that lead no thread: at which themes the threads under them stand."""
    if not theme_ids:
        return {}
    given = {_HERE: series.id, "theme_ids": list(theme_ids), **who_asks(viewer)}
    rows = session.execute(_elsewhere(), given)
    found: dict[int, set[int]] = defaultdict(set)
    for theme_id, at in rows:
        found[theme_id].add(at)
    return found


@cache
def _elsewhere() -> Select[Any]:
    home = _homes(true())
    return (
        select(thread_theme.c.theme_id, home.c.home)
        .join(home, home.c.id == thread_theme.c.thread_id)
        .where(thread_theme.c.theme_id.in_(bindparam("theme_ids", expanding=True)))
        .where(home.c.home.is_not(None))
        .distinct()
    )


def list_leading(session: Session, viewer: Viewer | None, series: Series) -> list[Thread]:
    """Threads whose open rounds close first, and those whose findings were made last."""
    given = {_HERE: series.id, **who_asks(viewer)}
    return list(session.scalars(_leading(), given))


@cache
def _leading() -> Select[Thread]:
    rated = (
        select(Thread.id)
        .join(Round, Round.thread_id == Thread.id)
        .where(Thread.series_id == bindparam(_HERE))
        .where(Thread.stage == "weighing")
        .where(Round.state == "open")
        .order_by(Round.closes_at, Round.id)
        .limit(LOOKED_AT)
        .subquery()
    )
    found = (
        select(Thread.id)
        .join(FindingSnapshot, FindingSnapshot.thread_id == Thread.id)
        .where(Thread.series_id == bindparam(_HERE))
        .where(Thread.stage.in_(FOUND_STAGES))
        .group_by(Thread.id)
        .order_by(func.max(FindingSnapshot.id).desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    leads = or_(Thread.id.in_(select(rated)), Thread.id.in_(select(found)))
    return _visible().where(leads).order_by(Thread.id)


def read_outlook(
    session: Session, viewer: Viewer | None, series: Series
) -> tuple[bool, date | None]:
    """Whether new positions are taken in at least one thread; when rating begins next."""
    if series.status != "open":
        return False, None
    given = {_HERE: series.id, _TODAY: clock.today(), **who_asks(viewer)}
    found, on = session.execute(_outlook(), given).one()
    return bool(found), on


@cache
def _outlook() -> Select[bool, date | None]:
    seen = _visible()
    takes = exists(seen.where(*takes_positions()).with_only_columns(Thread.id))
    today = bindparam(_TODAY, type_=Thread.weighing_on.type)
    ahead = seen.where(Thread.stage == "open").where(Thread.weighing_on >= today)
    soonest = ahead.with_only_columns(func.min(Thread.weighing_on)).scalar_subquery()
    return select(takes, soonest)


def takes_positions() -> tuple[ColumnElement[bool], ...]:
    """As SQL: whether a thread takes new positions from anybody, as far as itself is asked."""
    return (
        Thread.stage == "open",
        Thread.is_hidden.is_(False),
        Thread.merged_into_id.is_(None),
        Thread.closed_to != "everybody",
    )


def _visible() -> Select[Thread]:
    """Of a series, made for whoever asks."""
    return (
        select(Thread)
        .join(Thread.series)
        .where(Thread.series_id == bindparam(_HERE))
        .where(visible_threads(WHOEVER))
    )


def _homes(only: ColumnElement[bool]) -> Any:
    """One row a thread: its id, when it was made, its stage, and the theme at which it stands.

    Made for whoever asks, like `_visible`.
    """
    live = case((Theme.retired_at.is_(None), Theme.id))
    first = func.row_number().over(
        partition_by=Thread.id,
        order_by=(Theme.retired_at.is_not(None), thread_theme.c.order, Theme.order, Theme.id),
    )
    rows = (
        select(Thread.id, Thread.created_at, Thread.stage, live.label("home"), first.label("first"))
        .join(Thread.series)
        .join(thread_theme, thread_theme.c.thread_id == Thread.id)
        .join(Theme, Theme.id == thread_theme.c.theme_id)
        .where(Thread.series_id == bindparam(_HERE))
        .where(visible_threads(WHOEVER))
        .where(only)
        .subquery()
    )
    return select(rows).where(rows.c.first == 1).subquery()
