"""What the worker does for threads: moving them by date, and the letters about them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.moving import find_seconds
from discussion.debate.threads import tasks_arranging as arranging
from discussion.debate.threads import tasks_reminding as reminding
from discussion.debate.threads.models import Regrouping, Thread
from discussion.debate.threads.operations import move_due_threads
from discussion.decisions.models import Decision
from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.subjects.finding import kind_of_rows


def move_by_date(session: Session, _payload: Payload, now: datetime) -> None:
    """Move every thread whose next stage is due."""
    move_due_threads(session, now)


def opened(session: Session, payload: Payload) -> MailText | None:
    return _about(session, payload, "threads/opened", _("Your thread is open"))


def declined(session: Session, payload: Payload) -> MailText | None:
    return _about(session, payload, "threads/declined", _("Your thread was not opened"))


def merged(session: Session, payload: Payload) -> MailText | None:
    subject = _("Your thread is part of another now")
    return _about(session, payload, "threads/merged", subject)


def moved(session: Session, payload: Payload) -> MailText | None:
    """To whoever has the pen of what moved, or moved back: one letter, however many there are."""
    person = session.get(Person, payload["person_id"])
    ids = payload["ids"]
    regrouping = session.get(Regrouping, ids["regrouping"])
    decision = session.get(Decision, ids["decision"])
    if person is None or person.email is None or person.left_at:
        return None
    if regrouping is None or decision is None:
        return None
    rows = [session.get_one(Position, id) for id in ids["positions"]]
    seconds = find_seconds(session, rows)
    is_back = decision.action.startswith("undo_")
    ends = (
        (regrouping.target, regrouping.source)
        if is_back
        else (regrouping.source, regrouping.target)
    )
    body = render_letter(
        "threads/moved",
        of=ends[1].series,
        name=person.display_name,
        is_back=is_back,
        series=ends[1].series.title,
        before=ends[0].question,
        after=ends[1].question,
        thread_url=url_for("threads.page", slug=ends[1].slug, _external=True),
        positions=[
            (
                row.revisions[-1].claim,
                url_for("positions.page", public_id=row.public_id, _external=True),
                row.id in seconds,
            )
            for row in rows
        ],
        why=decision.why,
        statements=[
            url_for("appeals.statement", public_id=public_id, _external=True)
            for public_id in _statements(session, decision, rows)
        ],
    )
    return MailText(to=person.email, subject=_("Your position is in another thread now"), body=body)


def _statements(session: Session, decision: Decision, rows: list[Position]) -> list[str]:
    """The decisions on these positions alone, which have a statement of reasons each."""
    return list(
        session.scalars(
            select(Decision.public_id)
            .where(Decision.subject_kind == kind_of_rows(Position))
            .where(Decision.subject_id.in_([row.public_id for row in rows]))
            .where(Decision.action.in_(("move", "undo_move")))
            .where(Decision.at == decision.at)
            .order_by(Decision.id)
        )
    )


def _about(session: Session, payload: Payload, template: str, subject: str) -> MailText | None:
    """One letter about one thread; nobody is written to who left meanwhile."""
    person = session.get(Person, payload["person_id"])
    thread = session.get(Thread, payload["ids"]["thread"])
    if person is None or person.email is None or person.left_at or thread is None:
        return None
    decision = session.get(Decision, payload["ids"].get("decision", 0))
    body = render_letter(
        template,
        of=thread.series,
        name=person.display_name,
        question=thread.question,
        series=thread.series.title,
        why=decision.why if decision else "",
        thread_url=url_for("threads.page", slug=thread.slug, _external=True),
        propose_url=url_for("threads.propose", series=thread.series.slug, _external=True),
        statement_url=url_for("appeals.statement", public_id=decision.public_id, _external=True)
        if decision
        else "",
    )
    return MailText(to=person.email, subject=subject, body=body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    "threads.move_by_date": move_by_date,
    **arranging.TASKS,
    **reminding.TASKS,
}
PERIODIC = {
    "threads.move_by_date": timedelta(minutes=15),
    **arranging.PERIODIC,
    **reminding.PERIODIC,
}
SUMMARIES = reminding.SUMMARIES
MAILS = {
    "threads/opened": opened,
    "threads/declined": declined,
    "threads/merged": merged,
    "threads/moved": moved,
    **arranging.MAILS,
    **reminding.MAILS,
}
