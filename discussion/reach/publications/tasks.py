"""What the worker does for publications: files, looking after what they rest on, letters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from flask import current_app, url_for
from sqlalchemy.orm import Session

from discussion.config import Settings
from discussion.debate.evidence.checking import Asker
from discussion.debate.evidence.tasks import ASKER
from discussion.jobs.models import Job
from discussion.jobs.registry import Afterwards, Errand, Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.reach.publications.datacite import register
from discussion.reach.publications.files import make_files
from discussion.reach.publications.models import PublicationVersion, Quoting
from discussion.reach.publications.operations.publishing import (
    MAKE_FILES,
    REGISTER,
    keep_doi_state,
    keep_files,
    look_after,
    promise_register,
)
from discussion.reach.publications.queries.registered import (
    Entry,
    doi_prefix,
    entry_of,
    wanted_state,
)
from discussion.reach.publications.queries.standing import standing_of
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import ASKED, REFUSED
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


def prepare_doi(session: Session, job: Job, _now: datetime) -> Errand | None:
    """What the register is told of a version, sent outside any transaction.

    Of one that it never heard of and that is withdrawn meanwhile it is told nothing.
    """
    version = session.get(PublicationVersion, job.payload["version"])
    settings = site().settings
    if version is None or not version.doi or not settings.datacite_url:
        return None
    if version.withdrawn_at is not None and version.doi_state in (ASKED, REFUSED):
        return None
    entry = entry_of(version, settings.public_url, settings.site_name)
    asker: Asker = current_app.extensions.get(ASKER) or Asker.of(settings)
    return partial(_register, settings, asker, version.id, entry)


def _register(settings: Settings, asker: Asker, version_id: int, entry: Entry) -> Afterwards:
    register(settings, asker, entry)

    def keep(session: Session, now: datetime) -> None:
        version = session.get(PublicationVersion, version_id)
        if version is not None:
            keep_doi_state(session, version, entry.state)
            if wanted_state(version) != entry.state:  # it was withdrawn while it was sent
                promise_register(session, version, now)

    return keep


def not_registered(session: Session, job: Job, _error: Exception, _now: datetime) -> None:
    """The page says that it is not registered; the jobs page says why."""
    version = session.get(PublicationVersion, job.payload["version"])
    if version is not None and version.doi_state == ASKED:
        keep_doi_state(session, version, REFUSED)


def look_again(session: Session, _payload: Payload, now: datetime) -> None:
    """Take away what may not be shown any more."""
    settings = site().settings
    look_after(session, site_url=settings.public_url, doi_prefix=doi_prefix(settings), now=now)


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
OUTSIDE = {MAKE_FILES: prepare, REGISTER: prepare_doi}
ENDED = {REGISTER: not_registered}
PERIODIC = {LOOK_AFTER: timedelta(minutes=5)}
MAILS = {"publications/quoted": quoted, "publications/answered": answered}
