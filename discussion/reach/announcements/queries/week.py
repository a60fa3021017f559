"""How a series went in a week: numbers that its pages tell, and no more of when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import QueryableAttribute, Session

from discussion import clock
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import StageMove, Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions, visible_threads
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round

DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """From one morning to another, so that what came under the Chatham House Rule is a day old."""

    positions: int
    responses: int
    threads: int  # that opened
    moved: int  # that moved on
    findings: int
    rounds: tuple[tuple[str, date], ...]  # open now: the thread's question, and until when
    is_quiet: bool


def week_of(session: Session, viewer: Viewer, series: Series, until: date) -> Week:
    """What happened in the seven days before a day, as far as a visitor could read it."""
    after, before = clock.morning(until) - DAYS, clock.morning(until)
    positions = session.scalar(
        select(func.count(Position.id))
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
        .where(_within(Position.first_published_at, after, before))
    )
    responses = session.scalar(
        select(func.count(Response.id))
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
        .where(Response.state == "published")
        .where(_within(Response.first_published_at, after, before))
    )
    moves = session.execute(
        select(StageMove.before)
        .join(Thread, Thread.id == StageMove.thread_id)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
        .where(_within(StageMove.at, after, before))
    ).all()
    opened = sum(row.before == "proposed" for row in moves)
    findings = session.scalar(
        select(func.count(FindingSnapshot.round_id.distinct()))
        .join(FindingSnapshot.thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
        .where(_within(FindingSnapshot.made_at, after, before))
    )
    rounds = session.execute(
        select(Thread.question, Round.closes_at)
        .join(Round, Round.thread_id == Thread.id)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(Round.state == "open")
        .where(visible_threads(viewer))
        .order_by(Round.closes_at)
    )
    counts = (positions or 0, responses or 0, opened, len(moves) - opened, findings or 0)
    shown = tuple((row.question, clock.day(row.closes_at)) for row in rounds)
    return Week(*counts, shown, not any(counts))


def _within(
    column: QueryableAttribute[Any], after: datetime, before: datetime
) -> ColumnElement[bool]:
    return (column >= after) & (column < before)
