"""What somebody said that they look into, for a copy of their data."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.language import _l
from discussion.oversight.rights.queries.own import Section
from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.reach.needed.models import Looking, Question


def list_own(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Looking)
        .where(Looking.person_id == asked.person.id)
        .order_by(Looking.id)
        .options(joinedload(Looking.question).joinedload(Question.series))
    )
    for row in stream(session, rows):
        yield {
            "series": row.question.series.title,
            "asked": row.question.text,
            "named": row.who,
            "by_when": row.until,
            **record_of(row, "url", "how", "state", "reason", "sent_at"),
        }


OWN = Section(
    "looking_into",
    _l("What you said you look into"),
    _l("What you wrote beside questions that you look into, and what became of it."),
    list_own,
)
