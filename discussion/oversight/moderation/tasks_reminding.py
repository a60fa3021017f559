"""The letters that remind moderators, written from what waits when they go out."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.registry import Payload
from discussion.language import _n
from discussion.mail.letters import MailText, only_one, render_letter
from discussion.oversight.moderation.operations.reminding import promise_daily, remind_moderators
from discussion.oversight.moderation.queries.due import ALL, LATE, URGENT, Due, find_due
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.web.site import site


def remind(session: Session, _payload: Payload, now: datetime) -> None:
    remind_moderators(session, now)
    promise_daily(session, now)


def due_letter(session: Session, payload: Payload) -> MailText | None:
    """What is past its time, for a moderator who can decide it."""
    return _letter(session, payload, LATE)


def urgent_letter(session: Session, payload: Payload) -> MailText | None:
    """That something cannot wait; what it says is read on the desk alone."""
    return _letter(session, payload, URGENT)


def daily_letter(session: Session, payload: Payload) -> MailText | None:
    """All that waits, past its time or not."""
    return _letter(session, payload, ALL)


TEMPLATES = {LATE: "moderation/due", URGENT: "moderation/urgent", ALL: "moderation/waits"}


def _subject(which: str, due: Due) -> str:
    if which == URGENT:
        return _n("A report cannot wait", "%(num)s reports cannot wait", due.count)
    if which == ALL:
        return _n("One item waits on your desk", "%(num)s items wait on your desk", due.count)
    return _n(
        "One item on your desk is past its time",
        "%(num)s items on your desk are past their time",
        due.count,
    )


def _letter(session: Session, payload: Payload, which: str) -> MailText | None:
    person = session.get(Person, payload["person_id"])
    if person is None or person.email is None or person.left_at is not None:
        return None
    now = clock.now()
    due = find_due(session, viewer_of(session, person, now), now, which=which)
    if due is None:
        return None
    body = render_letter(
        TEMPLATES[which],
        of=only_one(due.series),
        name=person.display_name,
        due=due,
        urls=[site().settings.public_url + url for url in due.urls],
        desk_url=url_for("moderation.desk", _external=True),
    )
    return MailText(to=person.email, subject=_subject(which, due), body=body)
