"""What values mean today, and which are served most."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions
from discussion.positions.models import Position, ValueTag
from discussion.series.models import Series
from discussion.series.queries.shapes import ValueShare
from discussion.threads.models import Thread
from discussion.values.models import Value

MOST_SERVED = 3


def most_served(
    session: Session, viewer: Viewer | None, series: Series
) -> Mapping[int, tuple[ValueShare, ...]]:
    """Thread id → the values most positions serve; merged ones count as what replaced them."""
    values = {
        row.id: row for row in session.scalars(select(Value).where(Value.series_id == series.id))
    }
    rows = session.execute(
        select(Position.thread_id, ValueTag.value_id, func.count())
        .join(Position.thread)
        .join(Thread.series)
        .join(ValueTag, ValueTag.revision_id == Position.live_revision_id)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
        .where(ValueTag.is_outweighed.is_(False))
        .where(ValueTag.value_id.is_not(None))
        .group_by(Position.thread_id, ValueTag.value_id)
    )
    counts: dict[int, dict[int, int]] = {}
    for thread_id, value_id, count in rows:
        value = resolve(values, value_id)
        own = counts.setdefault(thread_id, {})
        own[value.id] = own.get(value.id, 0) + count
    return {
        thread_id: tuple(
            ValueShare(value.label, value.family, paths.value(series.slug, value.slug), own[id])
            for id in sorted(own, key=lambda id: (-own[id], values[id].order))[:MOST_SERVED]
            for value in (values[id],)
        )
        for thread_id, own in counts.items()
    }


def resolve(values: Mapping[int, Value], value_id: int | None) -> Value:
    """The value that a tag means today, through any merges."""
    seen = set()
    value = values[value_id or 0]
    while value.id not in seen and (after := values.get(value.replaced_by_id or 0)):
        seen.add(value.id)
        value = after
    return value
