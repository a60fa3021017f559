"""What was decided last on what somebody wrote, as they were told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.positions.queries.marks import list_marks
from discussion.debate.positions.queries.mine.shapes import Said
from discussion.decisions.models import Decision
from discussion.permissions.facts import Viewer
from discussion.subjects.kinds import KINDS

MOVES = ("move", "undo_move")
APPEALED = ("send_back", "ask_edit", "decline", "hide", "remove", "redact")


@dataclass(frozen=True)
class Told:
    """The latest decision on something."""

    action: str
    at: datetime
    said: Said


def list_actions(session: Session, viewer: Viewer) -> dict[str, tuple[str, datetime]]:
    """By public id the latest decision on each thing that is the viewer's to change again."""
    asked = _decisions(viewer).where(Decision.action == "ask_edit")
    asked = asked.where(Decision.addressed_to_id == viewer.person_id)
    ids = asked.with_only_columns(Decision.subject_id)
    newest = (
        _decisions(viewer)
        .where(Decision.subject_id.in_(ids))
        .with_only_columns(func.max(Decision.id))
        .group_by(Decision.subject_id)
    )
    rows = session.execute(
        select(Decision.subject_id, Decision.action, Decision.at).where(Decision.id.in_(newest))
    )
    return {row.subject_id: (row.action, row.at) for row in rows}


def list_told(
    session: Session, viewer: Viewer, public_ids: Collection[str], undated: Collection[str]
) -> dict[str, Told]:
    """The latest decision on each; no day is told of the `undated`."""
    rows = session.scalars(
        _decisions(viewer)
        .where(Decision.subject_id.in_(public_ids))
        .order_by(Decision.id)
        .options(joinedload(Decision.reason))
    )
    latest = {row.subject_id: row for row in rows}
    marks = list_marks(session, latest.values())
    return {
        subject_id: Told(
            row.action,
            row.at,
            Said(
                action=row.action,
                reason=row.reason.label if row.reason else "",
                why=row.why,
                on=None if subject_id in undated else clock.day(row.at),
                marks=marks[row.id],
                statement_url=paths.statement(row.public_id)
                if row.addressed_to_id == viewer.person_id
                else "",
                can_appeal=row.action in APPEALED,
            ),
        )
        for subject_id, row in latest.items()
    }


def _decisions(viewer: Viewer) -> Select[Decision]:
    """That something was reported and kept is not told; moves are said beside what was moved."""
    return (
        select(Decision)
        .where(Decision.subject_kind.in_([kind.kind for kind in KINDS if kind.words.author]))
        .where(Decision.action.not_in(MOVES))
        .where(or_(Decision.action != "keep", Decision.addressed_to_id == viewer.person_id))
    )
