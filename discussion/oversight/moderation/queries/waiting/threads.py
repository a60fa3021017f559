"""Threads that were proposed and not yet opened."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.db import is_one_of
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.decisions.words_noticed import say_signs
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from discussion.vocabulary import of_series


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    rows = session.execute(
        _waiting(
            select(
                Thread.public_id,
                Thread.series_id,
                Thread.id,
                Thread.created_at,
                Thread.proposed_by_id,
            ),
            series_ids,
        )
    )
    return [
        Bare(
            "threads",
            public_id,
            series_id,
            thread_id,
            since,
            "contribution",
            () if proposer is None else (proposer,),
        )
        for public_id, series_id, thread_id, since, proposer in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    rows = session.execute(
        select(
            Thread.public_id,
            Thread.slug,
            Series.slug,
            Thread.question,
            Thread.context,
            Thread.use_of_result,
        )
        .join(Thread.series)
        .where(Thread.public_id.in_([bare.id for bare in bares]))
    )
    return {
        public_id: Described(
            paths.curate_thread(slug),
            question,
            _("A contributor"),
            signs=say_signs((question, *more), of_series(series).signs),
        )
        for public_id, slug, series, question, *more in rows
    }


def tally(series_ids: SeriesIds) -> Tally:
    return _waiting(select(func.count(), func.min(Thread.created_at)), series_ids)


def _waiting(asked: Asked, series_ids: SeriesIds) -> Asked:
    return (
        asked.select_from(Thread)
        .where(is_one_of(Thread.stage, "proposed"))
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .where(Thread.series_id.in_(series_ids))
    )
