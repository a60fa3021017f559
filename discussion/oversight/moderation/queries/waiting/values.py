"""Values that somebody missed and proposed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.decisions.words_noticed import say_signs
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from discussion.vocabulary import of_series


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    rows = session.execute(
        _waiting(
            select(
                ValueProposal.public_id,
                ValueProposal.series_id,
                ValueProposal.created_at,
                ValueProposal.proposed_by_id,
            ),
            series_ids,
        )
    )
    return [
        Bare(
            "values",
            public_id,
            series_id,
            None,
            since,
            "contribution",
            () if proposer is None else (proposer,),
        )
        for public_id, series_id, since, proposer in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    rows = session.execute(
        select(ValueProposal.public_id, ValueProposal.label, Series.slug)
        .join(Series, Series.id == ValueProposal.series_id)
        .where(ValueProposal.public_id.in_([bare.id for bare in bares]))
    )
    return {
        public_id: Described(
            paths.curate_value(public_id),
            f"“{label}”",
            _("A contributor"),
            signs=say_signs((label,), of_series(series).signs),
        )
        for public_id, label, series in rows
    }


def tally(series_ids: SeriesIds) -> Tally:
    return _waiting(select(func.count(), func.min(ValueProposal.created_at)), series_ids)


def _waiting(asked: Asked, series_ids: SeriesIds) -> Asked:
    return (
        asked.select_from(ValueProposal)
        .where(ValueProposal.state == "waiting")
        .where(ValueProposal.series_id.in_(series_ids))
    )
