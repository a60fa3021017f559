"""When one person is left to moderate a series: a warning before, and a letter after."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.language import _l
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.series.series.operations.record import promise_mail

ONE_LEFT = _l(
    "Then only one person is left to moderate, and nobody in the series can decide about"
    " what they write. An administrator of the site is told and may decide. Tick that"
    " you are sure, or first make somebody else a moderator."
)


def leaves_one(session: Session, membership: Membership) -> bool:
    """Whether one person moderates once this member no longer does."""
    if membership.role == "contributor":
        return False
    return _count(session, membership.series_id, but=membership.person_id) == 1


def tell_of_one(session: Session, series: Series, now: datetime) -> None:
    """Write to the administrators, where somebody laid power down and one person is left."""
    session.flush()
    if _count(session, series.id) != 1:
        return
    for person in session.scalars(select(Person).where(Person.is_administrator)):
        promise_mail(session, "series/one_moderator", person, now=now, series=series.id)


def _count(session: Session, series_id: int, *, but: int = 0) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .join(Membership.person)
            .where(Membership.series_id == series_id)
            .where(Membership.role.in_(("moderator", "convener")))
            .where(Membership.removed_at.is_(None))
            .where(Membership.person_id != but)
            .where(Person.left_at.is_(None))
        )
        or 0
    )
