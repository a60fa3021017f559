"""Positions that wait to be published, and new versions of those that are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from discussion import paths, text
from discussion.moderation.queries.batches import list_reported
from discussion.moderation.queries.labels import list_labels
from discussion.moderation.queries.versions import list_bringing
from discussion.moderation.shapes import Bare, Described
from discussion.permissions.facts import Viewer
from discussion.positions.models import Position, Revision
from discussion.positions.words_held import held_in_words
from discussion.threads.models import Thread

EXCERPT = 70


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    rows = session.execute(
        _waiting(
            select(Position.public_id, Thread.series_id, Position.thread_id,
                   Revision.submitted_at, Position.author_id, Position.entered_by_id,
                   Position.attribution),
            series_ids,
        )
    )  # fmt: skip
    return [
        Bare("positions", public_id, series_id, thread_id, since, "contribution",
             (author_id,) if entered_by_id is None else (author_id, entered_by_id),
             is_coarse=attribution == "chatham_house")
        for public_id, series_id, thread_id, since, author_id, entered_by_id, attribution in rows
    ]  # fmt: skip


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    rows = session.scalars(
        select(Revision)
        .join(Revision.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Revision.status == "pending")
        .where(Position.public_id.in_([bare.id for bare in bares]))
        .options(
            contains_eager(Revision.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series)
        )
    ).all()
    labels = list_labels(session, [row.position for row in rows])
    reported = list_reported(session, "position", [row.position.public_id for row in rows])
    bringing = list_bringing(session, [row.id for row in rows])
    return {
        row.position.public_id: Described(
            url=paths.curate_position(row.position.public_id),
            subject=row.position.thread.question,
            label=labels[row.position.public_id],
            excerpt=text.excerpt(row.claim, EXCERPT),
            is_revision=row.position.first_published_at is not None,
            note=held_in_words(row.held_for, attribution=row.position.attribution),
            version_id=row.id if _is_plain(row, reported, bringing) else None,
        )
        for row in rows
    }


def tally(series_ids: Sequence[int], now: datetime) -> Any:
    return _waiting(select(func.count(), func.min(Revision.submitted_at)), series_ids)


def _is_plain(row: Revision, reported: Collection[str], bringing: Collection[int]) -> bool:
    """Whether it can be approved from the list: not held, not reported, with no new source."""
    return not row.held_for and row.position.public_id not in reported and row.id not in bringing


def _waiting(asked: Any, series_ids: Sequence[int]) -> Any:
    return (
        asked.select_from(Revision)
        .join(Revision.position)
        .join(Position.thread)
        .where(Revision.status == "pending")
        .where(Position.state.in_(("draft", "published")))
        .where(Thread.series_id.in_(series_ids))
    )
