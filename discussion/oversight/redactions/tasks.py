"""What the worker does for redactions: destroying what was sealed, and putting words back."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from discussion.decisions.models import Decision
from discussion.jobs.registry import Payload, Task
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.redactions.operations import (
    PUT_BACK,
    TAKE_QUOTES,
    destroy_expired,
    is_kept,
    put_back,
    take_out_quotes,
)
from discussion.oversight.redactions.queries.page import find_redacted
from discussion.problems import Refused
from discussion.sealing import BrokenSealError, Seal
from discussion.web.site import site
from discussion.weighing.statements.models import Statement


def destroy(session: Session, _payload: Payload, now: datetime) -> None:
    """Destroy what was kept for as long as was said."""
    destroy_expired(session, now)


def restore(session: Session, payload: Payload, now: datetime) -> None:
    """After an appeal: put back what can be; the author was told that it would be tried."""
    redaction = session.get(Redaction, payload["redaction"])
    subject = find_redacted(session, redaction) if redaction is not None else None
    if redaction is None or subject is None or not is_kept(redaction, now):
        return
    seal = Seal(site().settings.redaction_key, str(current_app.config["SECRET_KEY"]))
    try:
        put_back(session, redaction, subject, open_seal=seal.open, close=seal.close, now=now)
    except (Refused, BrokenSealError):
        return  # every place was changed since, or the key was


def take_quotes(session: Session, payload: Payload, now: datetime) -> None:
    """After a statement's words were withheld: what quotes them in its thread."""
    decision = session.get(Decision, payload["decision"])
    statement = session.get(Statement, payload["statement"])
    if decision is None or statement is None:
        return
    settings = site().settings
    seal = Seal(settings.redaction_key, str(current_app.config["SECRET_KEY"]))
    take_out_quotes(
        session, decision, statement, close=seal.close, days=settings.redaction_days, now=now
    )


TASKS: dict[str, Task] = {
    "redactions.destroy": destroy,
    PUT_BACK: restore,
    TAKE_QUOTES: take_quotes,
}
PERIODIC = {"redactions.destroy": timedelta(hours=1)}
