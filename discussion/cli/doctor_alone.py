"""doctor: series in which one person moderates, and something waits past its time."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.oversight.moderation.queries.alone import list_late
from discussion.series.series.models import Series


def look_alone(engine: Engine) -> Iterator[str]:
    """A sentence for each series that one person moderates, where something waits past its time."""
    with Session(engine) as session:
        yield from find_alone(session, clock.now())


def find_alone(session: Session, now: datetime) -> Iterator[str]:
    """A sentence for each such series, with what to do."""
    counts = Counter(bare.series_id for bare in list_late(session, now))
    rows = session.scalars(select(Series).where(Series.id.in_(counts)).order_by(Series.id))
    for series in rows:
        yield (
            f"“{series.title}” has one moderator, and {counts[series.id]} of its items wait past "
            "their time: an administrator can decide them at /appeals/desk, or appoint a second "
            f"moderator at /series/{series.slug}/members."
        )
