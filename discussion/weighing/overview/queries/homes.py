"""At which theme each thread of a series stands, and which are shown there: a few, not all."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, true
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread, thread_theme
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_threads
from discussion.series.series.models import Series, Theme
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round

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
    home = _homes(viewer, series, true() if only is None else only)
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
    rows = session.execute(select(placed).where(placed.c.place <= shown).order_by(placed.c.place))
    ids: dict[int | None, list[int]] = defaultdict(list)
    numbers: dict[int | None, tuple[int, int, int]] = {}
    for theme_id, id, _place, count, live, closed in rows:
        ids[theme_id].append(id)
        numbers[theme_id] = count, int(live), int(closed)
    return {theme_id: Home(tuple(ids[theme_id]), *own) for theme_id, own in numbers.items()}


def find_elsewhere(
    session: Session, viewer: Viewer | None, series: Series, theme_ids: Collection[int]
) -> Mapping[int, Collection[int]]:
    """For themes that lead no thread: at which themes the threads under them stand."""
    if not theme_ids:
        return {}
    home = _homes(viewer, series, true())
    rows = session.execute(
        select(thread_theme.c.theme_id, home.c.home)
        .join(home, home.c.id == thread_theme.c.thread_id)
        .where(thread_theme.c.theme_id.in_(theme_ids))
        .where(home.c.home.is_not(None))
        .distinct()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for theme_id, at in rows:
        found[theme_id].add(at)
    return found


def list_leading(session: Session, viewer: Viewer | None, series: Series) -> list[Thread]:
    """Threads whose open rounds close first, and those whose findings were made last."""
    rated = (
        select(Thread.id)
        .join(Round, Round.thread_id == Thread.id)
        .where(Thread.series_id == series.id)
        .where(Thread.stage == "weighing")
        .where(Round.state == "open")
        .order_by(Round.closes_at, Round.id)
        .limit(LOOKED_AT)
        .subquery()
    )
    found = (
        select(Thread.id)
        .join(FindingSnapshot, FindingSnapshot.thread_id == Thread.id)
        .where(Thread.series_id == series.id)
        .where(Thread.stage.in_(FOUND_STAGES))
        .group_by(Thread.id)
        .order_by(func.max(FindingSnapshot.id).desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    leads = or_(Thread.id.in_(select(rated)), Thread.id.in_(select(found)))
    return list(session.scalars(_visible(viewer, series).where(leads).order_by(Thread.id)))


def read_outlook(
    session: Session, viewer: Viewer | None, series: Series
) -> tuple[bool, date | None]:
    """Whether new positions are taken in at least one thread; when rating begins next."""
    if series.status != "open":
        return False, None
    seen = _visible(viewer, series)
    takes = exists(seen.where(*takes_positions()).with_only_columns(Thread.id))
    ahead = seen.where(Thread.stage == "open").where(Thread.weighing_on >= clock.today())
    soonest = ahead.with_only_columns(func.min(Thread.weighing_on)).scalar_subquery()
    found, on = session.execute(select(takes, soonest)).one()
    return bool(found), on


def takes_positions() -> tuple[ColumnElement[bool], ...]:
    """As SQL: whether a thread takes new positions from anybody, as far as itself is asked."""
    return (
        Thread.stage == "open",
        Thread.is_hidden.is_(False),
        Thread.merged_into_id.is_(None),
        Thread.closed_to != "everybody",
    )


def _visible(viewer: Viewer | None, series: Series) -> Select[Thread]:
    return (
        select(Thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
    )


def _homes(viewer: Viewer | None, series: Series, only: ColumnElement[bool]) -> Any:
    """One row a thread: its id, when it was made, its stage, and the theme at which it stands."""
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
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
        .where(only)
        .subquery()
    )
    return select(rows).where(rows.c.first == 1).subquery()
