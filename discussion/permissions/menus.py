"""Which pages a series has anything on, so that its menu leads to no empty one."""

from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.needed.models import Question
from discussion.reach.publications.models import Publication
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot

FINDINGS, PUBLICATIONS, NEEDED = "findings", "publications", "needed"
Menu = tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]


def menu_of(series_id: ColumnElement[int]) -> Menu:
    """Three columns for whatever statement a page asks first; `as_menu` reads them.

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
    return findings, publications, _needed(series_id)


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


def as_menu(has_findings: object, has_publications: object, has_needed: object) -> frozenset[str]:
    """What `menu_of` found, by the names of the pages."""
    found = (
        (FINDINGS, has_findings),
        (PUBLICATIONS, has_publications),
        (NEEDED, has_needed),
    )
    return frozenset(name for name, is_there in found if is_there)


def find_menu(session: Session, slug: str) -> frozenset[str]:
    """Of the series at this address; nothing where there is none. Asks no right."""
    row = session.execute(_asked(), {"slug": slug}).first()
    return as_menu(*row) if row is not None else frozenset()


@cache
def _asked() -> Select[bool, bool, bool]:
    series = Series.__table__.c
    return select(*menu_of(series.id)).where(series.slug == bindparam("slug"))
