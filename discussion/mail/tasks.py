"""Sending what was promised: the one task that does something no transaction can hold."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.jobs.registry import Registry
from discussion.mail.envelope import envelope
from discussion.mail.post import deliver
from discussion.mail.queue import TASK
from discussion.web.site import site


def prepare(session: Session, job: Job, now: datetime) -> Callable[[], None] | None:
    """Let the room write the letter; what is given back carries it out of the house."""
    template = job.payload["template"]
    registry: Registry = current_app.extensions["registry"]
    write = registry.mails.get(template)
    if write is None:
        raise LookupError("no room writes letters of this template")
    letter = write(session, job.payload)
    if letter is None:
        return None
    settings = site().settings
    return partial(deliver, envelope(letter, job, settings, now), settings)


OUTSIDE = {TASK: prepare}
