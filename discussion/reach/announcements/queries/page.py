"""The page on which conveners write to members, and who is written to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.reach.announcements.models import Announcement
from discussion.reach.announcements.words import EVERY, SHOWN
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.series.series.queries.convening import convened, find_convened
from discussion.series.series.queries.kept import Convened


@dataclass(frozen=True)
class Line:
    """One that was written."""

    title: str
    text: str
    language: str
    on: date
    is_stopped: bool
    stop_url: str


@dataclass(frozen=True)
class AnnouncementsPage:
    series: Convened
    url: str
    members: int  # who are written to, unless they do not want it
    next_on: date | None  # from when one may write again; None: now
    is_open: bool
    lines: tuple[Line, ...]  # the newest first


def announcements_page(
    session: Session, viewer: Viewer | None, slug: str, now: datetime
) -> AnnouncementsPage | None:
    """For conveners and the administrator; raises Forbidden for others who read the series."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    rows = session.scalars(
        select(Announcement)
        .where(Announcement.series_id == series.id)
        .order_by(Announcement.id.desc())
        .limit(SHOWN)
    )
    here = paths.announcements(slug)
    return AnnouncementsPage(
        series=convened(series),
        url=here,
        members=session.scalar(select(func.count()).select_from(_members(series.id).subquery()))
        or 0,
        next_on=next_on(session, series, now),
        is_open=series.status == "open",
        lines=tuple(
            Line(
                row.title,
                row.text,
                row.language,
                clock.day(row.made_at),
                row.stopped_at is not None,
                f"{here}/{row.public_id}/stop",
            )
            for row in rows
        ),
    )


def find_announcement(
    session: Session, viewer: Viewer | None, slug: str, public_id: str
) -> Announcement | None:
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    return session.scalar(
        select(Announcement)
        .where(Announcement.series_id == series.id)
        .where(Announcement.public_id == public_id)
    )


def next_on(session: Session, series: Series, now: datetime) -> date | None:
    """From which day members may be written to again; None where it may be now."""
    last = session.scalar(
        select(func.max(Announcement.made_at)).where(Announcement.series_id == series.id)
    )
    if last is None or last + EVERY <= now:
        return None
    return clock.day(last + EVERY)


def list_members(session: Session, series_id: int, after: int, limit: int) -> list[int]:
    """By id, who is written to: admitted, still there, with an address that they confirmed."""
    rows = _members(series_id).where(Person.id > after).order_by(Person.id).limit(limit)
    return list(session.scalars(rows))


def is_member(session: Session, series_id: int, person_id: int) -> bool:
    return session.scalar(_members(series_id).where(Person.id == person_id)) is not None


def list_conveners(session: Session) -> list[tuple[int, int]]:
    """Person and series, of every series that is open."""
    rows = session.execute(
        select(Membership.person_id, Membership.series_id)
        .join(Series, Series.id == Membership.series_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role == "convener")
        .where(Membership.removed_at.is_(None))
        .where(Series.status == "open")
        .where(Person.email_confirmed_at.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Membership.id)
    )
    return [(person_id, series_id) for person_id, series_id in rows]


def _members(series_id: int) -> Select[int]:
    return (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.series_id == series_id)
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
        .where(Person.email_confirmed_at.is_not(None))
        .where(Person.left_at.is_(None))
    )
