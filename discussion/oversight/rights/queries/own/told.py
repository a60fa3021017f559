"""What somebody told the moderators, what they were told, and whom they muted."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.mutes.queries import mutes_page
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.own import outcome_of
from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.queries_viewer import viewer_of

LETTER = "mail.send"  # the task that carries letters


def reports(session: Session, asked: Asked) -> Iterator[Record]:
    """With the outcome in the general words that reporters read."""
    rows = select(Report).where(Report.reporter_id == asked.person.id).order_by(Report.id)
    for row in session.scalars(rows).all():
        yield {
            "about": f"{row.subject_kind} {row.subject_id}",
            "reason": row.reason,
            "text": row.text,
            "outcome": outcome_of(session, row),
            **record_of(row, "received_at", "answered_at"),
        }


def decisions(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Decision)
        .where(Decision.addressed_to_id == asked.person.id)
        .order_by(Decision.id)
        .options(joinedload(Decision.series), joinedload(Decision.reason))
    )
    for row in stream(session, rows):
        yield {
            "address": paths.statement(row.public_id),
            "series": row.series.title,
            "about": f"{row.subject_kind} {row.subject_id}",
            "action": row.action,
            "rule": row.reason.label if row.reason else "",
            **record_of(row, "why", "facts", "marks", "at"),
            "by_role": row.decided_by_role,
        }


def appeals(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Appeal)
        .where(Appeal.made_by_id == asked.person.id)
        .order_by(Appeal.id)
        .options(joinedload(Appeal.decision), joinedload(Appeal.outcome))
    )
    for row in stream(session, rows):
        end = row.outcome
        yield {
            "about": paths.statement(row.decision.public_id),
            "text": row.text,
            "at": row.at,
            "outcome": end.outcome if end else "",
            "why": end.why if end else "",
            "by_role": end.reviewed_by_role if end else "",
            "answered_at": end.at if end else None,
        }


def sanctions(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Sanction)
        .where(Sanction.person_id == asked.person.id)
        .order_by(Sanction.id)
        .options(joinedload(Sanction.series), joinedload(Sanction.decision))
    )
    for row in stream(session, rows):
        yield {
            "series": row.series.title,
            "about": paths.statement(row.decision.public_id),
            **record_of(row, "kind", "starts_at", "ends_at", "lifted_at"),
        }


def mutes(session: Session, asked: Asked) -> Iterator[Record]:
    """As they are known to whoever muted them, and no further."""
    page = mutes_page(session, viewer_of(session, asked.person, asked.now))
    for line in page.mutes if page else ():
        yield {"who": line.who, "thread": line.thread_question, "since": line.on}


def letters(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Job)
        .where(Job.name == LETTER)
        .where(Job.payload["person_id"].as_integer() == asked.person.id)
        .order_by(Job.id)
    )
    for row in stream(session, rows):
        yield {
            "letter": row.payload["template"],
            "promised_at": row.created_at,
            "sent_at": row.done_at,
        }
