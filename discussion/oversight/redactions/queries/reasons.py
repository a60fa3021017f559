"""Reasons that everybody may read. Nobody can change them, so one that holds what was taken out of
a thread or a position is no longer shown.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.models import AuditEvent
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.oversight.redactions.models import Redaction
from discussion.subjects.finding import about
from discussion.subjects.kinds import Subject
from discussion.weighing.statements.models import Statement, StatementVersion

WITHHOLDING = ("withhold_statement", "hide")  # a moderator's act, and an answer to a report


def find_reasons(session: Session, subject: Subject, phrases: Sequence[str]) -> list[str]:
    """The public ids of decisions whose reason everybody may read, and which holds the words."""
    shown = subject.public_reasons
    if shown is None:
        return []
    query = (
        select(Decision.public_id, Decision.why)
        .where(about(Decision, shown.about))
        .where(Decision.why != "")
        .order_by(Decision.id)
    )
    if shown.actions:
        query = query.where(Decision.action.in_(shown.actions))
    rows = session.execute(query)
    return [id for id, why in rows if text.find_phrases(why, phrases, is_markdown=False)]


def list_withheld(session: Session, series_id: int) -> frozenset[str]:
    """The public ids of decisions in a series whose reason is not shown any more."""
    made = set(
        session.scalars(
            select(Decision.public_id)
            .join(Redaction, Redaction.decision_id == Decision.id)
            .where(Redaction.series_id == series_id)
            .where(Redaction.undone_at.is_(None))
        )
    )
    statements = set(
        session.scalars(
            select(Statement.public_id)
            .join(Statement.versions)
            .join(Statement.thread)
            .where(Thread.series_id == series_id)
            .where(StatementVersion.withheld_at.is_not(None))
        )
    )
    if not made and not statements:
        return frozenset()
    chained = session.scalars(
        select(AuditEvent.details)
        .where(AuditEvent.series_id == series_id)
        .where(AuditEvent.verb.in_(("redact", *WITHHOLDING)))
    )
    return frozenset(
        id
        for one in chained
        if one.get("decision") in made or one.get("statement") in statements
        for id in one.get("withholds", ())
    )


def find_withholding(session: Session, statement: Statement) -> int | None:
    """The id of the latest decision by which a statement's words were withheld."""
    chained = session.scalars(
        select(AuditEvent.details)
        .where(AuditEvent.series_id == statement.thread.series_id)
        .where(AuditEvent.verb.in_(WITHHOLDING))
        .order_by(AuditEvent.number.desc())
    )
    named = (one["decision"] for one in chained if one.get("statement") == statement.public_id)
    found: int | None = session.scalar(
        select(Decision.id).where(Decision.public_id == next(named, ""))
    )
    return found
