"""What the worker does for moderation: telling those whom a decision is addressed to."""

from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock
from discussion.decisions.models import Decision
from discussion.language import in_words
from discussion.mail.letters import MailText, render_letter
from discussion.oversight.appeals.queries.shapes import About
from discussion.oversight.appeals.queries.statement import about_of, lines_of, until_of
from discussion.oversight.moderation.letter_words import WELCOME
from discussion.oversight.moderation.operations.batching import (
    APPROVE,
    CLOSE,
    approve_item,
    close_batch,
)
from discussion.oversight.moderation.tasks_reminding import due_letter, remind, urgent_letter
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries import viewer_of
from discussion.subjects.finding import find_subject, headline, kind_named
from discussion.web.site import site


def decision_letter(session: Session, payload: dict[str, Any]) -> MailText | None:
    """The statement of reasons of one decision, for the addressee alone."""
    person = session.get(Person, payload["person_id"])
    decision = session.scalar(
        select(Decision)
        .where(Decision.id == payload["ids"]["decision"])
        .options(joinedload(Decision.reason), joinedload(Decision.series))
    )
    if person is None or person.email is None or decision is None:
        return None
    what = headline(decision.subject_kind, decision.action)
    now = clock.now()
    about = about_of(session, viewer_of(session, person, now), decision)
    body = render_letter(
        "moderation/decision",
        of=decision.series,
        name=person.display_name,
        what=what,
        about=about.words,
        about_url=_mending_url(session, decision, about) or about.url,
        lines=lines_of(session, decision),
        can_appeal=decision.action not in WELCOME,
        until=in_words(until_of(decision)),
        statement_url=url_for("appeals.statement", public_id=decision.public_id, _external=True),
        mine_url=url_for("positions.mine", _external=True),
        rules_url=url_for("series.rules", slug=decision.series.slug, _external=True),
        series=decision.series.title,
        site_url=site().settings.public_url,
    )
    return MailText(to=person.email, subject=what, body=body)


def _mending_url(session: Session, decision: Decision, about: About) -> str:
    """Where what is asked for is done, of who is asked to mend something."""
    if decision.action not in ("send_back", "ask_edit") or not about.url:
        return ""
    kind = kind_named(decision.subject_kind)
    subject = find_subject(session, kind, decision.subject_id)
    return subject.mend_url if subject is not None else ""


def close(session: Session, payload: dict[str, Any], now: datetime) -> None:
    close_batch(session, payload["batch"], now)


def approve(session: Session, payload: dict[str, Any], now: datetime) -> None:
    approve_item(session, payload["item"], now)


TASKS = {"moderation.remind": remind, CLOSE: close, APPROVE: approve}
PERIODIC = {"moderation.remind": timedelta(minutes=30)}
SUMMARIES = {
    "moderation/due": "all that is past its time when it goes out",
    "moderation/urgent": "all that cannot wait when it goes out",
}
MAILS = {
    "moderation/decision": decision_letter,
    "moderation/due": due_letter,
    "moderation/urgent": urgent_letter,
}
