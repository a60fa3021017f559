"""What the worker does for announcements: letters to members, and one a week to conveners."""

from datetime import date, datetime, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, named, render_letter
from discussion.oversight.moderation.queries.queue import tally_waiting
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.announcements.models import Announcement
from discussion.reach.announcements.operations import SPREAD, promise_weeks, spread
from discussion.reach.announcements.queries.page import is_member
from discussion.reach.announcements.queries.week import week_of
from discussion.reach.announcements.words import SAID, WEEK
from discussion.series.series.models import Series

WEEKS = "announcements.weeks"


def spread_on(session: Session, payload: Payload, now: datetime) -> None:
    spread(session, payload["announcement"], payload["after"], now=now)


def promise(session: Session, _payload: Payload, now: datetime) -> None:
    promise_weeks(session, now=now)


def said(session: Session, payload: Payload) -> MailText | None:
    """To a member, who still is one when it goes out; nobody reads an answer."""
    person, row = (
        _person(session, payload),
        session.get(Announcement, payload["ids"]["announcement"]),
    )
    if person is None or row is None or row.stopped_at is not None:
        return None
    if row.series.status != "open" or not is_member(session, row.series_id, person.id):
        return None
    body = render_letter(
        SAID,
        of=row.series,
        name=person.display_name,
        series=row.series.title,
        title=row.title,
        said=row.text,
        url=url_for("overview.page", slug=row.series.slug, _external=True),
    )
    subject = _("From the conveners of %(series)s", series=named(row.series))
    return MailText(to=person.email or "", subject=subject, body=body)


def week(session: Session, payload: Payload) -> MailText | None:
    """To a convener: how the series went; nothing of a week in which nothing happened or waits."""
    person, series = _person(session, payload), session.get(Series, payload["ids"]["series"])
    if person is None or series is None or series.status != "open":
        return None
    viewer = viewer_of(session, person, clock.now())
    if not allowed(viewer, May.CONVENE, series):
        return None
    told = week_of(session, viewer, series, date.fromisoformat(payload["ids"]["until"]))
    waiting, _since = tally_waiting(session, viewer, clock.now())
    if told.is_quiet and not waiting and not told.rounds:
        return None
    body = render_letter(
        WEEK,
        of=series,
        name=person.display_name,
        series=series.title,
        week=told,
        waiting=waiting,
        url=url_for("overview.page", slug=series.slug, _external=True),
        desk_url=url_for("moderation.desk", _external=True),
    )
    subject = _("The week in %(series)s", series=named(series))
    return MailText(to=person.email or "", subject=subject, body=body)


def _person(session: Session, payload: Payload) -> Person | None:
    person = session.get(Person, payload["person_id"])
    return person if person is not None and person.email and person.left_at is None else None


TASKS = {SPREAD: spread_on, WEEKS: promise}
PERIODIC = {WEEKS: timedelta(minutes=30)}
MAILS = {SAID: said, WEEK: week}
SUMMARIES = {WEEK: "how the series went until then"}
