"""Whether somebody is leaving, what that takes along, and what stands in the way."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from discussion.language import _
from discussion.oversight.rights.models import Leaving
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series


def find_open_leaving(session: Session, person_id: int) -> Leaving | None:
    """The leaving that somebody asked for, not cancelled and not done."""
    return session.scalar(
        select(Leaving)
        .where(Leaving.person_id == person_id)
        .where(Leaving.cancelled_at.is_(None))
        .where(Leaving.done_at.is_(None))
        .order_by(Leaving.id.desc())
    )


def list_due(session: Session, now: datetime) -> Sequence[int]:
    """The ids of the leavings whose month is over."""
    return session.scalars(
        select(Leaving.id)
        .where(Leaving.cancelled_at.is_(None))
        .where(Leaving.done_at.is_(None))
        .where(Leaving.due_at <= now)
        .order_by(Leaving.id)
    ).all()


def list_done_since(session: Session, since: datetime) -> Sequence[Leaving]:
    """Who left since a time, the first first."""
    return session.scalars(
        select(Leaving).where(Leaving.done_at > since).order_by(Leaving.id)
    ).all()


def list_convened(session: Session, person_id: int) -> Sequence[Series]:
    """The series that somebody convenes, alone or with others."""
    return session.scalars(
        select(Series)
        .join(Membership, Membership.series_id == Series.id)
        .where(Membership.person_id == person_id)
        .where(Membership.role == "convener")
        .where(Membership.removed_at.is_(None))
        .order_by(Series.id)
    ).all()


def needed_for(session: Session, person_id: int) -> list[str]:
    """For what somebody cannot leave yet, as sentences."""
    said = [
        _(
            "You are the last convener of “%(series)s”. Make somebody else a convener first, on "
            "the page of its members.",
            series=series.title,
        )
        for series in _list_last_convened(session, person_id)
    ]
    if _is_last_administrator(session, person_id):
        said.append(
            _(
                "You are the last administrator of the site. First, the people who run it"
                " must make somebody else one, on the command line."
            )
        )
    return said


def _list_last_convened(session: Session, person_id: int) -> list[Series]:
    """Those that would have no convener without them."""
    convened = list_convened(session, person_id)
    others = set(
        session.scalars(
            select(Membership.series_id)
            .join(Membership.person)
            .where(Membership.series_id.in_([series.id for series in convened]))
            .where(Membership.role == "convener")
            .where(Membership.removed_at.is_(None))
            .where(Membership.person_id != person_id)
            .where(Person.left_at.is_(None))
        )
    )
    return [series for series in convened if series.id not in others]


def _is_last_administrator(session: Session, person_id: int) -> bool:
    person = session.get_one(Person, person_id)
    if not person.is_administrator:
        return False
    others = session.scalar(
        select(func.count())
        .select_from(Person)
        .where(Person.is_administrator.is_(True))
        .where(Person.left_at.is_(None))
        .where(Person.id != person_id)
    )
    return not others


def leaves_at() -> ScalarSelect[datetime]:
    """Needs Person in the query: when they leave, if they asked to."""
    rows = Leaving.__table__.c
    return (
        select(rows.due_at)
        .where(rows.person_id == Person.__table__.c.id)
        .where(rows.cancelled_at.is_(None))
        .where(rows.done_at.is_(None))
        .order_by(rows.id.desc())
        .limit(1)
        .scalar_subquery()
    )
