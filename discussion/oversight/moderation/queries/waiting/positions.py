"""Positions that wait to be published, and new versions of those that are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from discussion import paths, text
from discussion.db import is_one_of
from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.positions.queries.labels import list_labels
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.oversight.moderation.queries.noticed import list_signs
from discussion.permissions.facts import Viewer

EXCERPT = 70


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    rows = session.execute(
        _waiting(
            select(
                Position.public_id,
                Thread.series_id,
                Position.thread_id,
                Revision.submitted_at,
                Position.author_id,
                Position.entered_by_id,
                Position.attribution,
            ),
            series_ids,
        )
    )
    return [
        Bare(
            "positions",
            public_id,
            series_id,
            thread_id,
            since,
            "contribution",
            (author_id,) if entered_by_id is None else (author_id, entered_by_id),
            is_coarse=attribution == "chatham_house",
        )
        for public_id, series_id, thread_id, since, author_id, entered_by_id, attribution in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    rows = session.scalars(
        select(Revision)
        .join(Revision.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(is_one_of(Revision.status, "pending"))
        .where(Position.public_id.in_([bare.id for bare in bares]))
        .options(
            contains_eager(Revision.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series),
            selectinload(Revision.tags).joinedload(ValueTag.proposal),
            selectinload(Revision.links),
        )
    ).all()
    labels = list_labels(session, [row.position for row in rows])
    signs = list_signs(session, rows)
    return {
        row.position.public_id: Described(
            url=paths.curate_position(row.position.public_id),
            subject=row.position.thread.question,
            label=labels[row.position.public_id],
            excerpt=text.excerpt(row.claim, EXCERPT),
            is_revision=row.position.first_published_at is not None,
            signs=signs[row.id],
            version_id=None if signs[row.id] else row.id,
        )
        for row in rows
    }


def tally(series_ids: SeriesIds) -> Tally:
    return _waiting(select(func.count(), func.min(Revision.submitted_at)), series_ids)


def _waiting(asked: Asked, series_ids: SeriesIds) -> Asked:
    return (
        asked.select_from(Revision)
        .join(Revision.position)
        .join(Position.thread)
        .where(is_one_of(Revision.status, "pending"))
        .where(Position.state.in_(("draft", "published")))
        .where(Thread.series_id.in_(series_ids))
    )
