"""What other rooms ask of reports: what is reported, what was said, how long they waited."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.oversight.moderation.queries.higher import second
from discussion.oversight.reports.models import Report
from discussion.subjects.finding import about
from discussion.subjects.kinds import Subject


def list_reported(session: Session, kind: str, ids: Collection[str]) -> Mapping[str, Sequence[str]]:
    """By public id: where the reports on it that wait are answered, the oldest first."""
    rows = session.execute(
        select(Report.subject_id, Report.public_id)
        .where(Report.subject_kind == kind)
        .where(Report.subject_id.in_(ids))
        .where(Report.status == "waiting")
        .order_by(Report.received_at, Report.id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for subject_id, public_id in rows:
        found[subject_id].append(paths.answer_report(public_id))
    return found


def list_said(session: Session, subject: Subject) -> Sequence[str]:
    """What was said of it in reports."""
    return session.scalars(select(Report.text).where(about(Report, subject))).all()


def times_since(ids: Sequence[int], start: datetime) -> tuple[str, Select[Any]]:
    """How long those waited that were answered since, as the pace of the desk counts it."""
    return "reports", (
        select(
            Report.series_id,
            case((Report.is_urgent, "urgent"), else_="report"),
            second(Report.received_at),
            second(Report.answered_at),
        )
        .where(Report.answered_at >= start)
        .where(Report.series_id.in_(ids))
    )
