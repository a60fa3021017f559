"""Which sanctions hold today."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session, joinedload

from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_higher import NOW, Beside

_ROWS = Sanction.__table__.c


def is_in_force(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """As SQL: it has begun, has not ended and was not lifted. At its very end it holds no more."""
    return and_(_ROWS.starts_at <= now, _ROWS.ends_at > now, _ROWS.lifted_at.is_(None))


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


PAUSED = Beside(
    table=Sanction.__table__,
    on=and_(
        _ROWS.person_id == Person.__table__.c.id,
        _ROWS.kind == "pause",
        is_in_force(bindparam(NOW, type_=_ROWS.starts_at.type)),
    ),
    columns=(_ROWS.series_id,),
    read=lambda rows: frozenset(series_id for (series_id,) in rows),
)
