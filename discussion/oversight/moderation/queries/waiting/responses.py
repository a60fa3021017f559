"""Responses that wait to be published, and new versions of those that are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from discussion import paths, text
from discussion.db import is_one_of
from discussion.debate.positions.models import Position, Response, ResponseText
from discussion.debate.positions.queries.labels import list_labels
from discussion.debate.positions.words import RESPONSE_TYPES
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.oversight.moderation.queries.noticed import list_signs
from discussion.permissions.facts import Viewer

EXCERPT = 70


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    rows = session.execute(
        _waiting(
            select(
                Response.public_id,
                Thread.series_id,
                Position.thread_id,
                ResponseText.submitted_at,
                Response.author_id,
                Response.attribution,
            ),
            series_ids,
        )
    )
    return [
        Bare(
            "responses",
            public_id,
            series_id,
            thread_id,
            since,
            "contribution",
            (author_id,),
            is_coarse=attribution == "chatham_house",
        )
        for public_id, series_id, thread_id, since, author_id, attribution in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    rows = session.scalars(
        select(ResponseText)
        .join(ResponseText.response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(is_one_of(ResponseText.status, "pending"))
        .where(Response.public_id.in_([bare.id for bare in bares]))
        .options(
            contains_eager(ResponseText.response)
            .contains_eager(Response.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series)
        )
    ).all()
    labels = list_labels(session, [row.response for row in rows])
    signs = list_signs(session, rows)
    return {
        row.response.public_id: Described(
            url=paths.curate_response(row.response.public_id),
            subject=_subject(row.response),
            label=labels[row.response.public_id],
            excerpt=text.excerpt(text.plain(row.source), EXCERPT),
            is_revision=row.response.first_published_at is not None,
            signs=signs[row.id],
            version_id=None if signs[row.id] else row.id,
        )
        for row in rows
    }


def tally(series_ids: SeriesIds) -> Tally:
    return _waiting(select(func.count(), func.min(ResponseText.submitted_at)), series_ids)


def _subject(response: Response) -> str:
    return f"{RESPONSE_TYPES[response.type]}: {response.position.thread.question}"


def _waiting(asked: Asked, series_ids: SeriesIds) -> Asked:
    return (
        asked.select_from(ResponseText)
        .join(ResponseText.response)
        .join(Response.position)
        .join(Position.thread)
        .where(is_one_of(ResponseText.status, "pending"))
        .where(Response.state.in_(("draft", "published")))
        .where(Thread.series_id.in_(series_ids))
    )
