"""Closed rounds in which lines wait for a moderator to read them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.db import is_one_of
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.statements.models import StatementVersion

KIND = "lines"


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    asked = select(Round.public_id, Thread.series_id, Thread.id, Round.closed_at)
    rows = session.execute(_waiting(asked, series_ids))
    return [
        Bare(KIND, id, series_id, thread_id, since or now, "upkeep", (), is_coarse=True)
        for id, series_id, thread_id, since in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    """The thread's question, and nothing of who wrote or how many did."""
    rows = session.execute(
        select(Round.public_id, Round.number, Thread.slug, Thread.question)
        .join(Thread, Thread.id == Round.thread_id)
        .where(Round.public_id.in_([bare.id for bare in bares]))
    )
    return {
        id: Described(
            url=paths.lines_of_round(slug, number),
            subject=question,
            label=_("People who rated"),
            title=_("What would settle it"),
            note=_("Lines that their writers let be shown. Nobody reads who wrote them."),
        )
        for id, number, slug, question in rows
    }


def tally(series_ids: SeriesIds) -> Tally:
    return _waiting(select(func.count(), func.min(Round.closed_at)), series_ids)


def _waiting(asked: Asked, series_ids: SeriesIds) -> Asked:
    lines = (
        select(Rating.round_id)
        .join(StatementVersion, StatementVersion.id == Rating.version_id)
        .where(is_one_of(Rating.line_state, "asked"))
        .where(StatementVersion.withheld_at.is_(None))
        .where(StatementVersion.redacted_at.is_(None))
    )
    return (
        asked.select_from(Round)
        .join(Thread, Thread.id == Round.thread_id)
        .where(Round.id.in_(lines))
        .where(Thread.series_id.in_(series_ids))
    )
