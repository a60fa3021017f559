"""Finding a question, and who looks into it, as far as the viewer may read it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.needed.models import Looking, Question
from discussion.reach.needed.queries.gathering import find_leads
from discussion.reach.needed.shapes import Lead
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series

Leads = dict[str, Lead]


def list_standing(
    session: Session, series: Series, *beside: ExecutableOption
) -> Sequence[Question]:
    """Every question and barrier that stands, in the order of the moderators.

    `beside` says what else is read of all of them at once.
    """
    return session.scalars(
        select(Question)
        .where(Question.series_id == series.id)
        .where(Question.removed_at.is_(None))
        .where(Question.merged_into_id.is_(None))
        .order_by(Question.order, Question.id)
        .options(
            selectinload(Question.origins),
            selectinload(Question.lookings),
            joinedload(Question.item),
            *beside,
        )
    ).all()


def read_leads(
    session: Session, viewer: Viewer | None, series: Series, questions: Sequence[Question]
) -> Leads:
    """By key, all that these questions came from, as far as it may be read."""
    keys = {origin.key for question in questions for origin in question.origins}
    return find_leads(session, viewer, series, keys)


def is_shown(question: Question, leads: Leads) -> bool:
    """Whether anything of what it came from may still be read."""
    return any(origin.key in leads for origin in question.origins)


def find_question(
    session: Session, viewer: Viewer | None, slug: str, public_id: str
) -> tuple[Question, Leads] | None:
    """One that every reader finds; moderators also find what nobody else does any more.

    One that was merged leads to the other, through any number of them.
    """
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    question = session.scalar(
        select(Question)
        .where(Question.series_id == series.id)
        .where(Question.public_id == public_id)
    )
    question = question.leads_to if question is not None else None
    if question is None or question.removed_at is not None:
        return None
    leads = read_leads(session, viewer, series, [question])
    if is_shown(question, leads) or allowed(viewer, May.CURATE_QUESTIONS, series):
        return question, leads
    return None


def find_looking(session: Session, question: Question, public_id: str) -> Looking | None:
    return session.scalar(
        select(Looking)
        .where(Looking.question_id == question.id)
        .where(Looking.public_id == public_id)
    )


def list_pending(session: Session, series: Series) -> Sequence[Looking]:
    """What waits for a moderator of the series, the oldest first."""
    return session.scalars(
        select(Looking)
        .join(Looking.question)
        .where(Question.series_id == series.id)
        .where(Looking.state == "pending")
        .order_by(Looking.sent_at, Looking.id)
        .options(joinedload(Looking.question))
    ).all()
