"""Which sanctions hold today."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.sanctions.models import Sanction


def list_active(
    session: Session, person_id: int, now: datetime, *, series_id: int | None = None
) -> list[Sanction]:
    """The person's sanctions that have begun, have not ended and were not lifted."""
    query = (
        select(Sanction)
        .where(Sanction.person_id == person_id)
        .where(Sanction.starts_at <= now)
        .where(Sanction.ends_at > now)
        .where(Sanction.lifted_at.is_(None))
        .order_by(Sanction.id)
    )
    if series_id is not None:
        query = query.where(Sanction.series_id == series_id)
    return list(session.scalars(query))
