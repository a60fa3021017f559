"""A person's notices, the newest first, and how many are new: only what they may read now."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ScalarSelect, String, bindparam, cast, func, literal, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.language import in_words
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_higher import NOW, PLACE, SUBJECT
from discussion.permissions.facts import Viewer
from discussion.reach.notices.models import Notice, Visit
from discussion.reach.notices.queries.followed import list_follows
from discussion.reach.notices.queries.lines import PASSING, draw_all
from discussion.reach.notices.shapes import Line, News, NoticesPage
from discussion.reach.notices.words import SHOWN
from discussion.states.queries import state_of, state_of_all

MOST_COUNTED = 99
UNDER = "|"  # between which notices and under which states
UNCOUNTED = f"{UNDER}0"  # how that ends in a database that counts nothing


def notices_page(
    session: Session, viewer: Viewer, *, now: datetime, before: str = ""
) -> NoticesPage:
    """What happened, a page at a time; `before` is the notice where the page before ended."""
    found = _lines(session, viewer, now, before)
    lines = list(islice(found, SHOWN))
    older = lines[-1].id if len(lines) == SHOWN and next(found, None) is not None else ""
    return NoticesPage(
        lines=tuple(lines),
        follows=list_follows(session, viewer, now) if not before else (),
        follow_url=paths.follow(),
        new=sum(line.is_new for line in lines),
        older_url=paths.notices(before=older) if older else "",
        seen_url=paths.notices_seen(),
        hear_url=paths.hear(),
    )


def lines_of(session: Session, viewer: Viewer, rows: Sequence[Notice]) -> list[Line]:
    """Notices as the viewer may read them now; none for those that they may not."""
    lines = draw_all(session, viewer, [(row.what, row.ids) for row in rows])
    return [_dated(row, line) for row, line in zip(rows, lines, strict=True) if line]


def _dated(row: Notice, line: Line) -> Line:
    is_coarse = line.is_coarse or line.is_own_secret
    on = in_words(clock.day(row.at), "MMMM y" if is_coarse else "d MMMM y")
    return line.as_of(row.public_id, row.kind, on, is_new=row.seen_at is None)


def find_news(session: Session, viewer: Viewer, now: datetime) -> News:
    """How many of those that were not seen may be read now."""
    rows = session.execute(
        select(Notice.what, Notice.ids, Notice.series_id)
        .where(Notice.person_id == viewer.person_id)
        .where(Notice.seen_at.is_(None), Notice.at <= now)
        .order_by(Notice.id.desc())
        .limit(MOST_COUNTED)
    ).all()
    lines = draw_all(session, viewer, [(what, ids) for what, ids, _series_id in rows])
    news = News(0, ())
    for (what, ids, series_id), line in zip(rows, lines, strict=True):
        if series_id is None or (what in PASSING and PASSING[what](session, ids)):
            news = News(news.many, (*news.passing, (what, ids)))
        elif line is not None:
            news = News(news.many + 1, news.passing)
    return news


def count_news(session: Session, viewer: Viewer, news: News) -> int:
    """What was found under the same states, and what passes as it is now."""
    passing = draw_all(session, viewer, news.passing) if news.passing else []
    return news.many + sum(line is not None for line in passing)


def unseen() -> ScalarSelect[Any]:
    """Which notices somebody has that were not seen, and under which states they can be read.

    Empty where they have none. Nobody is told how many before they are drawn.
    """
    notices, people = Notice.__table__.c, Person.__table__.c
    due = (
        select(notices.id, notices.series_id)
        .where(notices.person_id == people.id, notices.seen_at.is_(None))
        .where(notices.at <= bindparam(NOW, type_=notices.at.type))
        .order_by(notices.id.desc())
        .limit(MOST_COUNTED)
        .correlate(Person.__table__)
    )
    ids, of_series = due.subquery(), due.subquery()
    states = state_of("site") + state_of("person", people.id)
    for scope in ("series", "within", "replies"):
        states += state_of_all(scope, select(of_series.c.series_id))
    which = select(func.aggregate_strings(cast(ids.c.id, String), ",")).scalar_subquery()
    said = which + literal(UNDER, String) + cast(states, String)
    return select(said).scalar_subquery()


def visited() -> tuple[ScalarSelect[Any], ScalarSelect[Any]]:
    """When somebody was at the page that they ask for last, and the time before."""
    visits = Visit.__table__.c
    here = (
        select(visits.at)
        .where(visits.person_id == Person.__table__.c.id)
        .where(visits.what == bindparam(PLACE), visits.subject == bindparam(SUBJECT))
    )
    return here.scalar_subquery(), here.with_only_columns(visits.before).scalar_subquery()


def _lines(session: Session, viewer: Viewer, now: datetime, before: str) -> Iterator[Line]:
    """The notices that may be read, of which a page's worth is drawn together."""
    rows = _rows(session, viewer, now, before)
    while some := list(islice(rows, SHOWN + 1)):
        yield from lines_of(session, viewer, some)


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
