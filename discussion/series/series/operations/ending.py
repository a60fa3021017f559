"""A series' last day: its conveners are asked before it, and after it the series closes by itself.

Nothing closes unasked: a day that comes while the site stood still, or that was passed already,
leaves a week from the letter.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.audit.operations import append_event
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.series.series.operations.life import enter_status
from discussion.series.series.operations.record import lock_series
from discussion.series.series.queries.ending import closes_on
from discussion.series.series.words import ASKED_DAYS

ENDS_SOON, HAS_ENDED = "series/ends_soon", "series/ended"
MORNING = time(7)  # in the site's zone; nobody needs such a letter at night


def end_due_series(session: Session, now: datetime) -> int:
    """Ask of the last days that come near, and close what was asked about; returns how many."""
    if clock.here(now).time() < MORNING:
        return 0
    today, ended = clock.day(now), 0
    rows = session.scalars(
        select(Series)
        .where(Series.status == "open")
        .where(Series.ends_on <= today + timedelta(days=ASKED_DAYS))
        .order_by(Series.id)
    ).all()
    for series in rows:
        lock_series(session, series)
        if series.status != "open" or series.ends_on is None:
            continue  # somebody closed it, or took its last day away, a moment ago
        if series.end_asked_for != series.ends_on:
            series.end_asked_for, series.end_asked_at = series.ends_on, now
            _tell_conveners(session, series, ENDS_SOON, now)
        elif (day := closes_on(series)) is not None and day <= today:
            _end(session, series, now)
            ended += 1
    session.flush()
    return ended


def _end(session: Session, series: Series, now: datetime) -> None:
    enter_status(session, series, "closed", None, now)
    append_event(
        session,
        series_id=series.id,
        actor_id=None,
        verb="end_series",
        subject=("series", series.public_id),
        now=now,
        details={"ends_on": str(series.ends_on)},
    )
    _tell_conveners(session, series, HAS_ENDED, now)


def _tell_conveners(session: Session, series: Series, template: str, now: datetime) -> None:
    rows = session.scalars(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.series_id == series.id)
        .where(Membership.role == "convener")
        .where(Membership.removed_at.is_(None))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Person.id)
    )
    for person_id in rows.all():
        promise_mail(
            session,
            template=template,
            person_id=person_id,
            ids={"series": series.id},
            once_key=f"{template}-{series.id}-{series.ends_on}-{person_id}-{now:%Y%m%d}",
            now=now,
        )
