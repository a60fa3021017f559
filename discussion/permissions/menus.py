"""Which pages a series has anything on, so that its menu leads to no empty one."""

from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.needed.models import Question
from discussion.reach.publications.models import Publication
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.practice.models import Instrument

FINDINGS, PUBLICATIONS, NEEDED = "findings", "publications", "needed"
PRACTICE = "practice"
UNLISTED = "unlisted"  # no page: that search engines are to leave out the others
Menu = tuple[
    ColumnElement[bool],
    ColumnElement[bool],
    ColumnElement[bool],
    ColumnElement[bool],
    ColumnElement[bool],
]

COLUMNS = 5


def menu_of(series_id: ColumnElement[int]) -> Menu:
    """Five columns for whatever statement a page asks first; `as_menu` reads them.

    They are the same for whoever may read the series: what is hidden has no place in its menu.
    """
    threads, snapshots = Thread.__table__.alias(), FindingSnapshot.__table__
    published, about = Publication.__table__, Thread.__table__.alias()
    is_shown = ~threads.c.is_hidden & (threads.c.stage != "proposed")
    is_concluded = (threads.c.stage == "closed") & (threads.c.outcome != "")
    is_found = exists().where(snapshots.c.thread_id == threads.c.id)
    findings = (
        exists()
        .where(threads.c.series_id == series_id)
        .where(is_shown)
        .where(or_(is_concluded, is_found))
    )
    unread = (
        exists()
        .where(about.c.id == published.c.thread_id)
        .where(about.c.is_hidden | (about.c.stage == "proposed"))
    )
    publications = (
        exists()
        .where(published.c.series_id == series_id)
        .where(published.c.published_at.is_not(None))
        .where(~unread)
    )
    series = Series.__table__.alias()
    unlisted = exists().where(series.c.id == series_id).where(is_left_out(series.c.visibility))
    instruments = Instrument.__table__
    practice = (
        exists().where(instruments.c.series_id == series_id).where(instruments.c.state == "open")
    )
    return findings, publications, _needed(series_id), practice, unlisted


def is_left_out(visibility: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether search engines leave a series out: whatever it shows, wherever that stands."""
    return visibility != "public"


def is_left_out_at(session: Session, kind: str, name: str) -> bool:
    """Of what stands at an address: `name` is that of a series, a thread or a position."""
    return bool(session.scalar(_LEFT_OUT[kind], {"name": name}))


def _needed(series_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Questions that moderators made, or positions, of which they are made."""
    questions, threads = Question.__table__, Thread.__table__.alias()
    positions = Position.__table__.alias()
    asked = (
        exists()
        .where(questions.c.series_id == series_id)
        .where(questions.c.removed_at.is_(None))
        .where(questions.c.merged_into_id.is_(None))
    )
    written = (
        exists()
        .where(threads.c.series_id == series_id)
        .where(positions.c.thread_id == threads.c.id)
        .where(positions.c.state.in_(TEXT_STATES))
        .where(~threads.c.is_hidden & (threads.c.stage != "proposed"))
    )
    return or_(asked, written)


def as_menu(
    has_findings: object,
    has_publications: object,
    has_needed: object,
    has_practice: object,
    is_unlisted: object,
) -> frozenset[str]:
    """What `menu_of` found, by the names of the pages."""
    found = (
        (FINDINGS, has_findings),
        (PUBLICATIONS, has_publications),
        (NEEDED, has_needed),
        (PRACTICE, has_practice),
        (UNLISTED, is_unlisted),
    )
    return frozenset(name for name, is_there in found if is_there)


def find_menu(session: Session, slug: str) -> frozenset[str]:
    """Of the series at this address; nothing where there is none. Asks no right."""
    row = session.execute(_asked(), {"slug": slug}).first()
    return as_menu(*row) if row is not None else frozenset()


@cache
def _asked() -> Select[bool, bool, bool, bool, bool]:
    series = Series.__table__.c
    return select(*menu_of(series.id)).where(series.slug == bindparam("slug"))


_NAME: BindParameter[str] = bindparam("name")
_VISIBILITY = select(is_left_out(Series.__table__.c.visibility))
_LEFT_OUT = {
    "series": _VISIBILITY.where(Series.slug == _NAME),
    "thread": _VISIBILITY.join(Thread, Thread.series_id == Series.id).where(Thread.slug == _NAME),
    "position": _VISIBILITY.join(Thread, Thread.series_id == Series.id)
    .join(Position, Position.thread_id == Thread.id)
    .where(Position.public_id == _NAME),
}
