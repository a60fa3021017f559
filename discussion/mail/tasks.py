"""Sending what was promised: the one task that does something no transaction can hold."""

from datetime import datetime, timedelta
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from discussion.jobs.claims import Later
from discussion.jobs.models import Job, Standing
from discussion.jobs.registry import Afterwards, Errand, Payload, Registry
from discussion.mail.choosing import CHOOSING
from discussion.mail.envelope import envelope
from discussion.mail.kinds import kind_of
from discussion.mail.operations import (
    MAIL,
    forget_old_refusals,
    note_delivered,
    note_no_post,
    note_refused,
)
from discussion.mail.post import (
    CutOffError,
    PostError,
    RefusedError,
    ServerTroubleError,
    UnsureError,
    deliver,
    forget_old_letters,
)
from discussion.mail.queries import paused_since
from discussion.mail.queue import TASK, is_told_since
from discussion.web.site import site

ASKED_FOR = "accounts/"  # letters by which one comes in, or moves to another address


def prepare(session: Session, job: Job, now: datetime) -> Errand | None:
    """Let the room write the letter; what is given back carries it out of the house."""
    standing = session.get(Standing, MAIL)
    if standing is not None and standing.waits_until and standing.waits_until > now:
        raise Later(standing.waits_until)
    template = job.payload["template"]
    registry: Registry = current_app.extensions["registry"]
    write = registry.mails.get(template)
    if write is None:
        raise LookupError("no room writes letters of this template")
    if template in registry.summaries and is_told_since(session, job):
        return None
    kind = kind_of(template) if job.payload["person_id"] is not None else None
    if kind is not None and not CHOOSING().goes(session, job, kind, now):
        return None
    letter = write(session, job.payload)
    if letter is None or _is_held_back(session, template, letter.to):
        return None
    if kind is not None:
        letter = CHOOSING().dress(session, job, kind, letter)
    settings = site().settings
    message = envelope(letter, job, settings, now)

    def carry() -> Afterwards:
        try:
            deliver(message, settings)
        except PostError as error:
            error.to = letter.to
            raise
        return partial(_delivered, letter.to, job if kind is not None else None)

    return carry


def _is_held_back(session: Session, template: str, to: str) -> bool:
    """Where letters keep not arriving none goes; but what somebody asks for in person is tried."""
    return not template.startswith(ASKED_FOR) and paused_since(session, to) is not None


def _delivered(to: str, chosen: Job | None, session: Session, now: datetime) -> None:
    note_delivered(session, to, now)
    if chosen is not None:
        CHOOSING().went(session, chosen, now)


def failed(session: Session, _job: Job, error: Exception, now: datetime) -> datetime | None:
    """Where no letter can go out now, the rest waits, and that counts against none of them."""
    if isinstance(error, RefusedError):
        note_refused(session, error.to, error.about, now)
    elif isinstance(error, ServerTroubleError | CutOffError | UnsureError):
        until = note_no_post(session, error.kind, now)
        return until if isinstance(error, ServerTroubleError) else None
    return None


def tidy(session: Session, _payload: Payload, now: datetime) -> None:
    """Forget refusals and letters in the folder of a month ago."""
    forget_old_refusals(session, now)
    forget_old_letters(site().settings.mail_folder, now)


TASKS = {"mail.tidy": tidy}
OUTSIDE = {TASK: prepare}
LAST = {TASK: "a mail server may be slow, or silent"}
ENDED = {TASK: failed}
PERIODIC = {"mail.tidy": timedelta(hours=6)}
