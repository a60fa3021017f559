"""The threads of a series under its themes, each from a constant number of statements."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread, thread_theme
from discussion.debate.threads.words import TRACK
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import (
    WHOEVER,
    published_positions,
    visible_threads,
    who_asks,
)
from discussion.series.series.models import Series, Theme
from discussion.weighing.overview.queries.homes import (
    NOWHERE,
    Home,
    choose_homes,
    find_elsewhere,
)
from discussion.weighing.overview.queries.shapes import Station, ThemeRef, ThreadLine
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import StatementVersion

AT_A_STATION = 6  # threads of a theme on the route; its own page has them all
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rated:
    """A round that is open, and how many statements of it can be answered."""

    round: Round
    statements: int

    @property
    def until(self) -> date:
        """Its last day."""
        return clock.day(self.round.closes_at)


@dataclass(frozen=True)
class Listed:
    """What is known of the threads of a series."""

    threads: Mapping[int, Thread]
    by_theme: Mapping[int, Sequence[Thread]]
    themes_of: Mapping[int, Sequence[int]]  # thread id → its themes' ids, the first leads
    counts: Mapping[int, int]  # thread id → published positions
    rounds: Mapping[int, Rated]  # thread id → its open round

    def line(self, thread: Thread) -> ThreadLine:
        """A thread as lists show it."""
        stage, on = next_move(thread)
        rated = self.rounds.get(thread.id)
        return ThreadLine(
            slug=thread.slug,
            question=thread.question,
            language=thread.language,
            url=paths.thread(thread.slug),
            stage=thread.stage,
            position_count=self.counts.get(thread.id, 0),
            next_stage=stage,
            next_on=on,
            until=last_day(thread),
            is_also_elsewhere=len(self.themes_of[thread.id]) > 1,
            rated_until=rated.until if rated else None,
            round_url=paths.round(thread.slug, rated.round.number) if rated else "",
            write_url=paths.write(thread.slug) if facts.takes_positions(None, thread) else "",
        )


def live_themes(session: Session, series: Series) -> Sequence[Theme]:
    """Those that are still used, in the order of the series."""
    return session.scalars(_live_themes(), {"series": series.id}).all()


@cache
def _live_themes() -> Select[Theme]:
    return (
        select(Theme)
        .where(Theme.series_id == bindparam("series"))
        .where(Theme.retired_at.is_(None))
        .order_by(Theme.order, Theme.id)
    )


def list_threads(
    session: Session, viewer: Viewer | None, series: Series, ids: Collection[int]
) -> Listed:
    """Those of these threads that the viewer may read, with themes, positions and open round."""
    given = {"thread_ids": list(ids), **who_asks(viewer)}
    rows = session.execute(_under_themes(), given).all()
    by_theme: dict[int, list[Thread]] = {}
    themes_of: dict[int, list[int]] = {}
    for theme_id, thread in rows:
        by_theme.setdefault(theme_id, []).append(thread)
        themes_of.setdefault(thread.id, []).append(theme_id)
    counts = session.execute(_position_counts(), given)
    threads = {thread.id: thread for _theme, thread in rows}
    return Listed(
        threads=threads,
        by_theme=by_theme,
        themes_of=themes_of,
        counts={thread_id: int(count) for thread_id, count in counts},
        rounds=open_rounds(session, [one for one in threads.values() if one.stage == "weighing"]),
    )


@cache
def _under_themes() -> Select[Any]:
    return (
        select(thread_theme.c.theme_id, Thread)
        .join(Thread, Thread.id == thread_theme.c.thread_id)
        .join(Thread.series)
        .join(Theme, Theme.id == thread_theme.c.theme_id)
        .where(Thread.id.in_(bindparam("thread_ids", expanding=True)))
        .where(visible_threads(WHOEVER))
        .order_by(Thread.created_at, Thread.id, thread_theme.c.order, Theme.order, Theme.id)
    )


@cache
def _position_counts() -> Select[int, int]:
    return (
        select(Position.thread_id, func.count())
        .join(Position.thread)
        .join(Thread.series)
        .where(Position.thread_id.in_(bindparam("thread_ids", expanding=True)))
        .where(published_positions(WHOEVER))
        .group_by(Position.thread_id)
    )


def open_rounds(session: Session, weighed: Sequence[Thread]) -> dict[int, Rated]:
    """By thread's id, in one statement, and in none while nothing is weighed."""
    if not weighed:
        return {}
    answerable = (
        select(func.count())
        .select_from(RoundStatement)
        .join(StatementVersion, StatementVersion.id == RoundStatement.version_id)
        .where(RoundStatement.round_id == Round.id)
        .where(StatementVersion.withheld_at.is_(None))
        .correlate(Round)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Round, answerable)
        .where(Round.thread_id.in_([thread.id for thread in weighed]))
        .where(Round.state == "open")
    )
    return {round.thread_id: Rated(round, int(many)) for round, many in rows}


def list_retired(session: Session, series: Series) -> tuple[ThemeRef, ...]:
    """Themes that are no longer used; their pages list what stands under them."""
    rows = session.scalars(
        select(Theme)
        .where(Theme.series_id == series.id)
        .where(Theme.retired_at.is_not(None))
        .order_by(Theme.order, Theme.id)
    )
    return tuple(ThemeRef(0, row.question, row.slug) for row in rows)


@dataclass(frozen=True)
class Route:
    """The threads of a series at their stations, the first few of each."""

    listed: Listed
    homes: Mapping[int | None, Home]  # by theme; None: those all of whose themes were retired
    elsewhere: Mapping[int, Collection[int]]  # themes that lead none → where their threads are


def read_route(
    session: Session, viewer: Viewer | None, series: Series, themes: Sequence[Theme]
) -> Route:
    """Each thread once, at the first of its themes that is still used."""
    homes = choose_homes(session, viewer, series, AT_A_STATION)
    ids = [id for home in homes.values() for id in home.thread_ids]
    without = [theme.id for theme in themes if theme.id not in homes]
    elsewhere = find_elsewhere(session, viewer, series, without)
    return Route(list_threads(session, viewer, series, ids), homes, elsewhere)


def stations_of(
    series: Series, themes: Sequence[Theme], route: Route, *, can_propose: bool
) -> tuple[Station, ...]:
    """The route, theme by theme."""
    refs = {
        theme.id: ThemeRef(number, theme.question, theme.slug)
        for number, theme in enumerate(themes, start=1)
    }
    return tuple(_station(series, theme, route, refs, can_propose) for theme in themes)


def strays_of(route: Route) -> tuple[ThreadLine, ...]:
    """Threads all of whose themes were retired: they are on no station, and not lost."""
    return tuple(_lines(route, route.homes.get(None, NOWHERE)))


def _lines(route: Route, home: Home) -> Iterator[ThreadLine]:
    threads = route.listed.threads
    return (route.listed.line(threads[id]) for id in home.thread_ids if id in threads)


def _station(
    series: Series, theme: Theme, route: Route, refs: Mapping[int, ThemeRef], can_propose: bool
) -> Station:
    home, elsewhere = route.homes.get(theme.id, NOWHERE), route.elsewhere.get(theme.id, ())
    lines = tuple(_lines(route, home))
    return Station(
        slug=theme.slug,
        number=refs[theme.id].number,
        question=theme.question,
        url=paths.theme(series.slug, theme.slug),
        threads=lines,
        more=home.count - len(lines),
        taken_up_under=tuple(refs[id] for id in refs if id in elsewhere),
        propose_url=paths.propose_thread(series.slug, theme.slug) if can_propose else "",
        is_live=home.live > 0,
        is_over=0 < home.count == home.closed,
    )


def last_day(thread: Thread) -> date | None:
    """The last day of the stage that a thread is in, where the next one is dated."""
    stage, on = next_move(thread)
    return on - A_DAY if on is not None and stage != "open" else None


def next_move(thread: Thread) -> tuple[str, date | None]:
    """The next stage that has a date still to come, and the date."""
    today = clock.today()
    if thread.series.status != "open":
        return "", None
    if thread.stage not in TRACK:
        is_ahead = thread.open_on is not None and thread.open_on >= today
        return ("open", thread.open_on) if is_ahead else ("", None)
    for stage in TRACK[TRACK.index(thread.stage) + 1 :]:
        on: date | None = getattr(thread, f"{stage}_on")
        if on is not None:
            return (stage, on) if on >= today else ("", None)  # what waits says nothing of later
    return "", None
