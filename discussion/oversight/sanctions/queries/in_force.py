"""Which sanctions hold today."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from discussion.oversight.sanctions.models import Sanction


def is_in_force(now: datetime) -> ColumnElement[bool]:
    """As SQL: it has begun, has not ended and was not lifted. At its very end it holds no more."""
    return and_(Sanction.starts_at <= now, Sanction.ends_at > now, Sanction.lifted_at.is_(None))


def list_active(
    session: Session, person_id: int, now: datetime, *, series_id: int | None = None
) -> list[Sanction]:
    """The person's sanctions that have begun, have not ended and were not lifted."""
    query = (
        select(Sanction)
        .where(Sanction.person_id == person_id)
        .where(is_in_force(now))
        .order_by(Sanction.id)
        .options(joinedload(Sanction.series), joinedload(Sanction.decision))
    )
    if series_id is not None:
        query = query.where(Sanction.series_id == series_id)
    return list(session.scalars(query))


def find_paused(session: Session, person_id: int, now: datetime) -> frozenset[int]:
    """The ids of the series that asked the person to write nothing for now."""
    return frozenset(
        session.scalars(
            select(Sanction.series_id)
            .where(Sanction.person_id == person_id)
            .where(Sanction.kind == "pause")
            .where(is_in_force(now))
        )
    )
