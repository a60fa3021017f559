"""What a copy of one's own data holds of briefings: that they quote one, and one's objections."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Response
from discussion.language import _l
from discussion.oversight.rights.queries.own import Asked, Record, Section
from discussion.reach.publications.models import Quoting


def quotings(session: Session, asked: Asked) -> Iterator[Record]:
    """Every briefing whose author the person was told to be, with what they objected to."""
    own = asked.person.id
    rows = session.scalars(
        select(Quoting)
        .outerjoin(Quoting.position)
        .outerjoin(Quoting.response)
        .where(
            or_(
                Response.author_id == own,
                Quoting.response_id.is_(None) & (Position.author_id == own),
            )
        )
        .order_by(Quoting.id)
    ).all()
    for row in rows:
        yield {
            "address": paths.quoted(row.public_id),
            "series": row.series.title,
            "told_at": row.told_at,
            "object_until": row.until,
            "objection": row.objection,
            "objected_at": row.objected_at,
            "moderators_answer": row.answer,
            "answered_at": row.answered_at,
        }


SECTION = Section(
    "quoted",
    _l("Briefings that quote you"),
    _l("When you were told, what you objected to, and what you were answered."),
    quotings,
)
