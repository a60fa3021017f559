"""What the worker does for the records: reminders before a review is due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from discussion.accounts.models import Person
from discussion.duties.models import DutyRecord
from discussion.duties.operations import find_newest, remind_of_reviews
from discussion.duties.words import KINDS
from discussion.language import _, in_words
from discussion.mail.letters import MailText, render_letter

Payload = dict[str, Any]


def remind(session: Session, _payload: Payload, now: datetime) -> None:
    remind_of_reviews(session, now)


def review(session: Session, payload: Payload) -> MailText | None:
    """A record is to be reviewed; nothing is sent once a newer version has put the day off."""
    person = session.get(Person, payload["person_id"])
    record = session.get(DutyRecord, payload["ids"]["record"])
    if person is None or person.email is None or record is None or not person.is_administrator:
        return None
    newest = find_newest(session, record.kind)
    if newest is None or newest.review_on != record.review_on:
        return None
    title = str(KINDS[record.kind].title)
    body = render_letter(
        "duties/review",
        name=person.display_name,
        title=title,
        on=in_words(record.review_on),
        code=record.code_version,
        url=url_for("duties.record", kind=record.kind, _external=True),
    )
    subject = _("To be reviewed on %(day)s: %(title)s", day=in_words(record.review_on), title=title)
    return MailText(to=person.email, subject=subject, body=body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {"duties.remind": remind}
PERIODIC = {"duties.remind": timedelta(hours=6)}
MAILS = {"duties/review": review}
