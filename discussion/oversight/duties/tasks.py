"""What the worker does for the records: reminders of what is to be reviewed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.registry import Payload
from discussion.language import _, in_words
from discussion.mail.letters import MailText, render_letter
from discussion.oversight.duties.operations import list_to_review, remind_of_reviews
from discussion.oversight.duties.words import KINDS
from discussion.people.accounts.models import Person


def remind(session: Session, _payload: Payload, now: datetime) -> None:
    remind_of_reviews(session, now)


def review(session: Session, payload: Payload) -> MailText | None:
    """Which records are to be reviewed, as the letter is written; nothing when all have been."""
    person = session.get(Person, payload["person_id"])
    if person is None or person.email is None or not person.is_administrator:
        return None
    records = list_to_review(session, clock.now())
    if not records:
        return None
    body = render_letter(
        "duties/review",
        name=person.display_name,
        records=[
            {
                "title": str(KINDS[record.kind].title),
                "on": in_words(record.review_on),
                "code": record.code_version,
                "url": url_for("duties.record", kind=record.kind, _external=True),
            }
            for record in records
        ],
    )
    if len(records) == 1:
        day, title = in_words(records[0].review_on), str(KINDS[records[0].kind].title)
        subject = _("To be reviewed on %(day)s: %(title)s", day=day, title=title)
    else:
        subject = _("%(num)s safety records are to be reviewed", num=len(records))
    return MailText(to=person.email, subject=subject, body=body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {"duties.remind": remind}
PERIODIC = {"duties.remind": timedelta(hours=6)}
MAILS = {"duties/review": review}
SUMMARIES = {"duties/review": "all records to be reviewed when it goes out"}
