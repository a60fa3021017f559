"""Who says that they look into a question, and waits for a moderator to read it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.permissions.facts import Viewer
from discussion.reach.needed.models import Looking, Question
from discussion.series.series.models import Series

KIND = "looking"


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    rows = session.execute(
        _waiting(
            select(Looking.public_id, Question.series_id, Looking.sent_at, Looking.person_id),
            series_ids,
        )
    )
    return [
        Bare(KIND, id, series_id, None, since, "contribution", (person,) if person else ())
        for id, series_id, since, person in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    """The question, and who looks into it as they typed it; never whose account sent it."""
    rows = session.execute(
        select(Looking.public_id, Looking.who, Question.text, Series.slug)
        .join(Looking.question)
        .join(Series, Series.id == Question.series_id)
        .where(Looking.public_id.in_([bare.id for bare in bares]))
    )
    return {
        id: Described(f"{paths.curate_needed(slug)}#pending-h", text, who)
        for id, who, text, slug in rows
    }


def tally(series_ids: SeriesIds) -> Tally:
    return _waiting(select(func.count(), func.min(Looking.sent_at)), series_ids)


def _waiting(asked: Asked, series_ids: SeriesIds) -> Asked:
    return (
        asked.select_from(Looking)
        .join(Question, Question.id == Looking.question_id)
        .where(Looking.state == "pending")
        .where(Question.removed_at.is_(None))
        .where(Question.series_id.in_(series_ids))
    )
