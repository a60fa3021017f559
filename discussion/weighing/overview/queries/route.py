"""The threads of a series under its themes, each from a constant number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread, thread_theme
from discussion.debate.threads.words import TRACK
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions, visible_threads
from discussion.series.series.models import Series, Theme
from discussion.weighing.overview.queries.shapes import Station, ThemeRef, ThreadLine
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import StatementVersion

LIVE_STAGES = ("open", "weighing", "making_sense")
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
    return session.scalars(
        select(Theme)
        .where(Theme.series_id == series.id)
        .where(Theme.retired_at.is_(None))
        .order_by(Theme.order, Theme.id)
    ).all()


def list_threads(session: Session, viewer: Viewer | None, series: Series) -> Listed:
    """Every thread that the viewer may read, with its themes, positions and open round."""
    rows = session.execute(
        select(thread_theme.c.theme_id, Thread)
        .join(Thread, Thread.id == thread_theme.c.thread_id)
        .join(Thread.series)
        .join(Theme, Theme.id == thread_theme.c.theme_id)
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
        .order_by(Thread.created_at, Thread.id, thread_theme.c.order, Theme.order, Theme.id)
    ).all()
    by_theme: dict[int, list[Thread]] = {}
    themes_of: dict[int, list[int]] = {}
    for theme_id, thread in rows:
        by_theme.setdefault(theme_id, []).append(thread)
        themes_of.setdefault(thread.id, []).append(theme_id)
    counts = session.execute(
        select(Position.thread_id, func.count())
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
        .group_by(Position.thread_id)
    )
    threads = {thread.id: thread for _theme, thread in rows}
    return Listed(
        threads=threads,
        by_theme=by_theme,
        themes_of=themes_of,
        counts={thread_id: int(count) for thread_id, count in counts},
        rounds=open_rounds(session, [one for one in threads.values() if one.stage == "weighing"]),
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


def stations_of(
    series: Series, themes: Sequence[Theme], listed: Listed, *, can_propose: bool
) -> tuple[Station, ...]:
    """The route: each thread once, at the first of its themes that is still used."""
    refs = {
        theme.id: ThemeRef(number, theme.question, theme.slug)
        for number, theme in enumerate(themes, start=1)
    }
    homes = {id: home for id in listed.threads if (home := _home(listed.themes_of[id], refs))}
    return tuple(_station(series, theme, listed, refs, homes, can_propose) for theme in themes)


def strays_of(themes: Sequence[Theme], listed: Listed) -> tuple[ThreadLine, ...]:
    """Threads all of whose themes were retired: they are on no station, and not lost."""
    used = {theme.id for theme in themes}
    return tuple(
        listed.line(thread)
        for id, thread in listed.threads.items()
        if not used.intersection(listed.themes_of[id])
    )


def _home(themes: Sequence[int], refs: Mapping[int, ThemeRef]) -> int | None:
    return next((id for id in themes if id in refs), None)


def _station(
    series: Series,
    theme: Theme,
    listed: Listed,
    refs: Mapping[int, ThemeRef],
    homes: Mapping[int, int],
    can_propose: bool,
) -> Station:
    under = listed.by_theme.get(theme.id, ())
    own = [thread for thread in under if homes[thread.id] == theme.id]
    elsewhere = {homes[thread.id] for thread in under} - {theme.id}
    return Station(
        slug=theme.slug,
        number=refs[theme.id].number,
        question=theme.question,
        url=paths.theme(series.slug, theme.slug),
        threads=tuple(listed.line(thread) for thread in own),
        taken_up_under=tuple(refs[id] for id in refs if id in elsewhere) if not own else (),
        propose_url=paths.propose_thread(series.slug, theme.slug) if can_propose else "",
        is_live=any(thread.stage in LIVE_STAGES for thread in own),
        is_over=bool(own) and all(thread.stage == "closed" for thread in own),
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
