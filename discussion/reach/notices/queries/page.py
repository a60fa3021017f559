"""A person's notices, the newest first, and how many are new: only what they may read now."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.language import in_words
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.reach.notices.models import Notice
from discussion.reach.notices.queries.followed import list_follows
from discussion.reach.notices.queries.lines import draw
from discussion.reach.notices.shapes import Line, NoticesPage
from discussion.reach.notices.words import SHOWN

MOST_COUNTED = 99


def notices_page(
    session: Session, viewer: Viewer, *, now: datetime, before: str = ""
) -> NoticesPage:
    """What happened, a page at a time; `before` is the notice where the page before ended."""
    lines: list[Line] = []
    older = ""
    for row in _rows(session, viewer, now, before):
        if len(lines) == SHOWN:
            older = lines[-1].id
            break
        line = line_of(session, viewer, row)
        if line is not None:
            lines.append(line)
    return NoticesPage(
        lines=tuple(lines),
        follows=list_follows(session, viewer, now) if not before else (),
        follow_url=paths.follow(),
        new=sum(line.is_new for line in lines),
        older_url=paths.notices(before=older) if older else "",
        seen_url=paths.notices_seen(),
        hear_url=paths.hear(),
    )


def line_of(session: Session, viewer: Viewer, row: Notice) -> Line | None:
    """A notice as the viewer may read it now."""
    line = draw(session, viewer, row.what, row.ids)
    if line is None:
        return None
    is_coarse = line.is_coarse or line.is_own_secret
    on = in_words(clock.day(row.at), "MMMM y" if is_coarse else "d MMMM y")
    return line.as_of(row.public_id, row.kind, on, is_new=row.seen_at is None)


def count_new(session: Session, viewer: Viewer, now: datetime) -> int:
    """How many of those that were not seen may be read now."""
    rows = session.scalars(
        select(Notice)
        .where(Notice.person_id == viewer.person_id)
        .where(Notice.seen_at.is_(None), Notice.at <= now)
        .order_by(Notice.id.desc())
        .limit(MOST_COUNTED)
    ).all()
    return sum(draw(session, viewer, row.what, row.ids) is not None for row in rows)


def unseen() -> ScalarSelect[int]:
    """How many notices somebody has that were not seen: nobody is told before they are drawn."""
    notices = Notice.__table__.c
    return (
        select(func.count())
        .select_from(Notice.__table__)
        .where(notices.person_id == Person.__table__.c.id)
        .where(notices.seen_at.is_(None))
        .scalar_subquery()
    )


def _rows(session: Session, viewer: Viewer, now: datetime, before: str) -> Iterator[Notice]:
    asked = (
        select(Notice)
        .where(Notice.person_id == viewer.person_id, Notice.at <= now)
        .order_by(Notice.at.desc(), Notice.id.desc())
    )
    end = session.scalar(asked.where(Notice.public_id == before)) if before else None
    if end is not None:
        asked = asked.where((Notice.at < end.at) | ((Notice.at == end.at) & (Notice.id < end.id)))
    yield from session.scalars(asked.execution_options(yield_per=SHOWN))
