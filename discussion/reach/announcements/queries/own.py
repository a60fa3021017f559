"""What somebody wrote to all members as a convener, for a copy of their data."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.language import _l
from discussion.oversight.rights.queries.own import Section
from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.reach.announcements.models import Announcement


def list_own(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Announcement)
        .where(Announcement.written_by_id == asked.person.id)
        .order_by(Announcement.id)
        .options(joinedload(Announcement.series))
    )
    for row in stream(session, rows):
        yield {"series": row.series.title, **record_of(row, "title", "text", "made_at")}


OWN = Section(
    "announcements",
    _l("What you wrote to all members"),
    _l("Letters that you sent as a convener."),
    list_own,
)
