"""What the worker does for webhooks: finding what is new, and carrying it there."""

from datetime import datetime, timedelta
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from discussion.debate.evidence.checking import Asker
from discussion.debate.evidence.tasks import ASKER
from discussion.jobs.claims import Later
from discussion.jobs.models import Job
from discussion.jobs.registry import Afterwards, Errand, Payload
from discussion.reach.webhooks.models import Telling
from discussion.reach.webhooks.operations import (
    SEND,
    forget_tellings,
    note_dropped,
    note_not_taken,
    note_sent,
    promise_tellings,
)
from discussion.reach.webhooks.queries.telling import body_of, find_entry, waits_until
from discussion.reach.webhooks.sending import carry
from discussion.reach.webhooks.signing import Parcel, secret_of
from discussion.reach.webhooks.words import WAITING
from discussion.web.site import site

LOOK, FORGET = "webhooks.look", "webhooks.forget"


def look(session: Session, _payload: Payload, now: datetime) -> None:
    """Promise what is new; nothing where the host of the site has not let it."""
    if site().settings.webhooks:
        promise_tellings(session, now=now)


def prepare(session: Session, job: Job, now: datetime) -> Errand | None:
    """What it says is read now: of what may not be shown any more nothing goes out."""
    telling = session.get(Telling, job.payload["telling"])
    if telling is None or telling.state != WAITING:
        return None
    settings = site().settings
    entry = find_entry(session, telling, now)
    if entry is None or not settings.webhooks:
        if settings.webhooks and (until := waits_until(session, telling, now)):
            raise Later(until)
        return partial(_afterwards, telling.id, None)
    hook = telling.webhook
    parcel = Parcel(
        hook.url,
        telling.public_id,
        body_of(telling, entry, settings.public_url),
        secret_of(hook.public_id, hook.turn, str(current_app.config["SECRET_KEY"])),
    )
    asker: Asker = current_app.extensions.get(ASKER) or Asker.of(settings, "tells what is new")
    return partial(_send, asker, telling.id, parcel, now)


def _send(asker: Asker, telling_id: int, parcel: Parcel, now: datetime) -> Afterwards:
    return _afterwards(telling_id, carry(asker, parcel, now))


def _afterwards(telling_id: int, status: int | None) -> Afterwards:
    def keep(session: Session, now: datetime) -> None:
        telling = session.get(Telling, telling_id)
        if telling is None:
            return
        if status is None:
            note_dropped(session, telling, now=now)
        else:
            note_sent(session, telling, status, now=now)

    return keep


def failed(session: Session, job: Job, error: Exception, now: datetime) -> None:
    """The log says why; the outbox tries again, with growing pauses, for about a day."""
    telling = session.get(Telling, job.payload["telling"])
    if telling is not None and telling.state == WAITING:
        note_not_taken(session, telling, job, error, now=now)


def forget(session: Session, _payload: Payload, now: datetime) -> None:
    forget_tellings(session, now=now)


TASKS = {LOOK: look, FORGET: forget}
OUTSIDE = {SEND: prepare}
LAST = {SEND: "the program there may be slow, or silent"}
ENDED = {SEND: failed}
PERIODIC = {LOOK: timedelta(minutes=1), FORGET: timedelta(hours=6)}
