"""What stands on a scale."""

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.series.series.models import Scale


def has_places(session: Session, scale: Scale) -> bool:
    """Whether any version of any position was ever placed on the scale."""
    named = cast(Revision.placements, String).contains(f'"{scale.slug}"', autoescape=True)
    found = session.scalar(
        select(Revision.id)
        .join(Position, Position.id == Revision.position_id)
        .join(Position.thread)
        .where(Thread.series_id == scale.series_id)
        .where(named)
        .limit(1)
    )
    return found is not None
