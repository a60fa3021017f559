"""What the worker does for publications: files, looking after what they rest on, letters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from flask import url_for
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.jobs.registry import Afterwards, Errand, Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.reach.publications.files import make_files
from discussion.reach.publications.models import PublicationVersion, Quoting
from discussion.reach.publications.operations.publishing import MAKE_FILES, keep_files, look_after
from discussion.reach.publications.queries.standing import standing_of
from discussion.reach.publications.shapes import Document
from discussion.records import read
from discussion.web.site import site

LOOK_AFTER = "publications.look_after"


def prepare(session: Session, job: Job, _now: datetime) -> Errand | None:
    """The files of a version, made outside any transaction; none of one that may not be shown."""
    version = session.get(PublicationVersion, job.payload["version"])
    if version is None or version.withdrawn_at is not None or standing_of(session, version).why:
        return None
    return partial(_make, version.id, read(Document, version.snapshot))


def _make(version_id: int, document: Document) -> Afterwards:
    files = make_files(document)

    def keep(session: Session, _now: datetime) -> None:
        version = session.get(PublicationVersion, version_id)
        if version is not None:
            keep_files(session, version, files)

    return keep


def look_again(session: Session, _payload: Payload, now: datetime) -> None:
    """Take away what may not be shown any more."""
    look_after(session, site_url=site().settings.public_url, now=now)


def quoted(session: Session, payload: Payload) -> MailText | None:
    """To an author: how they are quoted, and until when they may object."""
    return _about(session, payload, "publications/quoted", _("You are quoted in a briefing"))


def answered(session: Session, payload: Payload) -> MailText | None:
    """To an author who objected: what the moderators say."""
    subject = _("An answer to your objection")
    return _about(session, payload, "publications/answered", subject)


def _about(session: Session, payload: Payload, template: str, subject: str) -> MailText | None:
    person = session.get(Person, payload["person_id"])
    quoting = session.get(Quoting, payload["ids"]["quoting"])
    if person is None or person.email is None or person.left_at or quoting is None:
        return None
    publication = quoting.publication
    body = render_letter(
        template,
        of=publication.series,
        name=person.display_name,
        title=publication.title,
        until=quoting.until,
        answer=quoting.answer,
        url=url_for("publications.quoted", public_id=quoting.public_id, _external=True),
    )
    return MailText(to=person.email, subject=subject, body=body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {LOOK_AFTER: look_again}
OUTSIDE = {MAKE_FILES: prepare}
PERIODIC = {LOOK_AFTER: timedelta(minutes=5)}
MAILS = {"publications/quoted": quoted, "publications/answered": answered}
