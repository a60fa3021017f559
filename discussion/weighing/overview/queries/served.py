"""What values mean today, and which are served most."""

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, ValueTag
from discussion.debate.positions.queries.meant import meant
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueProposal
from discussion.weighing.overview.queries.shapes import ValueShare

MOST_SERVED = 3


def most_served(
    session: Session, viewer: Viewer | None, series: Series, thread_ids: Collection[int]
) -> Mapping[int, tuple[ValueShare, ...]]:
    """Thread id → the values most positions serve; merged ones count as what replaced them."""
    values = {
        row.id: row for row in session.scalars(select(Value).where(Value.series_id == series.id))
    }
    rows = session.execute(
        select(
            Position.thread_id,
            ValueTag.revision_id,
            func.coalesce(ValueTag.value_id, ValueProposal.value_id).label("value_id"),
            ValueTag.is_outweighed,
            ValueTag.rank,
        )
        .join(Position.thread)
        .join(Thread.series)
        .join(ValueTag, ValueTag.revision_id == Position.live_revision_id)
        .outerjoin(ValueProposal, ValueProposal.id == ValueTag.proposal_id)
        .where(Position.thread_id.in_(thread_ids))
        .where(published_positions(viewer))
        .order_by(ValueTag.revision_id)
    )
    counts: dict[int, Counter[int]] = {}
    for _revision, tags in groupby(rows, key=attrgetter("revision_id")):
        found = list(tags)
        own = counts.setdefault(found[0].thread_id, Counter())
        own.update(
            one.value.id for one in meant(found, values) if one.value and not one.is_outweighed
        )
    return {
        thread_id: tuple(
            ValueShare(value.label, value.family, paths.value(series.slug, value.slug), own[id])
            for id in sorted(own, key=lambda id: (-own[id], values[id].order))[:MOST_SERVED]
            for value in (values[id],)
        )
        for thread_id, own in counts.items()
    }
