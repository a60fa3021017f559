"""Responses that wait to be published, and new versions of those that are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from discussion import paths, text
from discussion.evidence.queries import find_unlisted
from discussion.moderation.queries.batches import list_reported
from discussion.moderation.queries.labels import list_labels
from discussion.moderation.shapes import Bare, Described
from discussion.permissions.facts import Viewer
from discussion.positions.models import Position, Response, ResponseText
from discussion.positions.words import RESPONSE_TYPES
from discussion.positions.words_held import held_in_words
from discussion.threads.models import Thread

EXCERPT = 70


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    rows = session.execute(
        _waiting(
            select(Response.public_id, Thread.series_id, Position.thread_id,
                   ResponseText.submitted_at, Response.author_id, Response.attribution),
            series_ids,
        )
    )  # fmt: skip
    return [
        Bare("responses", public_id, series_id, thread_id, since, "contribution", (author_id,),
             is_coarse=attribution == "chatham_house")
        for public_id, series_id, thread_id, since, author_id, attribution in rows
    ]  # fmt: skip


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    rows = session.scalars(
        select(ResponseText)
        .join(ResponseText.response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(ResponseText.status == "pending")
        .where(Response.public_id.in_([bare.id for bare in bares]))
        .options(
            contains_eager(ResponseText.response)
            .contains_eager(Response.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series)
        )
    ).all()
    labels = list_labels(session, [row.response for row in rows])
    reported = list_reported(session, "response", [row.response.public_id for row in rows])
    new = {item.id for item in find_unlisted(
        session, [row.response.item_id for row in rows if row.response.item_id])}  # fmt: skip
    return {
        row.response.public_id: Described(
            url=paths.curate_response(row.response.public_id),
            subject=_subject(row.response),
            label=labels[row.response.public_id],
            excerpt=text.excerpt(text.plain(row.source), EXCERPT),
            is_revision=row.response.first_published_at is not None,
            note=held_in_words(row.held_for, attribution=row.response.attribution),
            version_id=row.id if _is_plain(row, reported, new) else None,
        )
        for row in rows
    }


def tally(series_ids: Sequence[int], now: datetime) -> Any:
    return _waiting(select(func.count(), func.min(ResponseText.submitted_at)), series_ids)


def _subject(response: Response) -> str:
    return f"{RESPONSE_TYPES[response.type]}: {response.position.thread.question}"


def _is_plain(row: ResponseText, reported: Collection[str], new: Collection[int]) -> bool:
    """Whether it can be approved from the list: not held, not reported, with no new source."""
    response = row.response
    is_known = response.public_id not in reported and response.item_id not in new
    return not row.held_for and is_known


def _waiting(asked: Any, series_ids: Sequence[int]) -> Any:
    return (
        asked.select_from(ResponseText)
        .join(ResponseText.response)
        .join(Response.position)
        .join(Position.thread)
        .where(ResponseText.status == "pending")
        .where(Response.state.in_(("draft", "published")))
        .where(Thread.series_id.in_(series_ids))
    )
