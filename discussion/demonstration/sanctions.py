"""What was asked of an invented member, and a school's name that was taken out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Response, ResponseText
from discussion.demonstration.people import Staff
from discussion.oversight.redactions.drafts import RedactionDraft
from discussion.oversight.redactions.operations import redact
from discussion.oversight.redactions.views import seal
from discussion.oversight.sanctions.drafts import SanctionDraft
from discussion.oversight.sanctions.operations import sanction
from discussion.oversight.sanctions.queries.finding import find_author
from discussion.people.accounts.models import Person
from discussion.subjects.finding import subject_of

SCHOOL = "Larkfield Hill"


def add_sanctions(
    session: Session, people: Mapping[str, Person], staff: Staff, now: datetime
) -> None:
    """A response named a school: its name went, and its author was asked to mind that."""
    response = _find(session, people["b-ceo-small"])
    at = now - timedelta(days=3)
    moderator = staff.viewer(session, "moderator", at)
    redact(
        session,
        moderator,
        subject_of(response),
        RedactionDraft(
            (SCHOOL,),
            "school",
            "identifies_someone",
            30,
            "What you did is just as clear without it.",
        ),
        close=seal().close,
        now=at,
    )
    membership = find_author(session, subject_of(response))
    assert membership is not None
    sanction(
        session,
        moderator,
        membership,
        SanctionDraft(
            "note",
            14,
            "identifies_someone",
            "A small school was named, and with it the teachers of one class.",
        ),
        about=subject_of(response),
        now=at,
    )


def _find(session: Session, author: Person) -> Response:
    return session.scalars(
        select(Response)
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .where(Response.author_id == author.id)
        .where(ResponseText.source.contains(SCHOOL))
    ).one()
