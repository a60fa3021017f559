"""What other rooms ask of appeals: what was said in them, and how long they waited."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from discussion.decisions.models import Decision
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.moderation.queries.higher import second
from discussion.subjects.finding import about
from discussion.subjects.kinds import Subject


def list_said(session: Session, subject: Subject) -> Sequence[str]:
    """What was said in appeals against decisions about it."""
    decided = select(Decision.id).where(about(Decision, subject))
    return session.scalars(select(Appeal.text).where(Appeal.decision_id.in_(decided))).all()


def times_since(ids: Sequence[int], start: datetime) -> tuple[str, Select[Any]]:
    """How long those waited that were answered since, as the pace of the desk counts it."""
    return "appeals", (
        select(Appeal.series_id, literal("appeal"), second(Appeal.at), second(AppealOutcome.at))
        .join(AppealOutcome, AppealOutcome.appeal_id == Appeal.id)
        .where(AppealOutcome.at >= start)
        .where(Appeal.series_id.in_(ids))
    )
