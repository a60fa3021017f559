"""What was decided before: on the same thing, on its author's, and on similar ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import CompoundSelect, func, select, union_all
from sqlalchemy.orm import Session, joinedload

from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.naming import coarse_date
from discussion.decisions.models import Decision
from discussion.decisions.shapes import PastDecision
from discussion.oversight.moderation.queries.shapes import History
from discussion.subjects.finding import kind_of
from discussion.subjects.kinds import KINDS

SIMILAR = 5
RECENT = 4
Contribution = Position | Response


def list_past(session: Session, item: Contribution) -> tuple[PastDecision, ...]:
    """The decisions on this very item, the newest first."""
    rows = _decisions(session, Decision.subject_id == item.public_id)
    return tuple(replace(_past(row, item.attribution), id=row.public_id) for row in rows)


def list_similar(
    session: Session, item: Contribution, series_id: int, reason: str
) -> tuple[PastDecision, ...]:
    """The latest with the same reason; while none is chosen, on things of the same kind."""
    alike: Any = Decision.subject_kind == kind_of(item)
    if reason:
        alike = Decision.reason.has(slug=reason, series_id=series_id)
    rows = _decisions(
        session,
        Decision.series_id == series_id,
        Decision.subject_id != item.public_id,
        Decision.reason_id.is_not(None),
        alike,
        limit=SIMILAR,
    )
    return tuple(_past(row, "role") for row in rows)


def history_of_voice(session: Session, item: Contribution) -> History:
    """What was decided on what else the same voice wrote: this author, thread and attribution.

    Nothing of what its author wrote as another voice: that would tell that the two are one.
    """
    where = (
        Decision.subject_kind.in_([kind.kind for kind in KINDS if kind.is_contribution]),
        Decision.subject_id.in_(_written_as(item)),
        Decision.subject_id != item.public_id,
    )
    grouped = select(Decision.action, func.count()).where(*where).group_by(Decision.action)
    counts = Counter({row.action: int(row[1]) for row in session.execute(grouped)})
    rows = _decisions(session, *where, limit=RECENT) if counts else []
    attribution = "role" if item.attribution == "named" else item.attribution
    return History(
        counts=tuple(counts.most_common()),
        recent=tuple(replace(_past(row, attribution), why="") for row in rows),
    )


def _written_as(item: Contribution) -> CompoundSelect[tuple[str]]:
    """The public ids of everything that one voice wrote."""
    thread_id = item.thread_id
    return union_all(
        *(
            select(table.public_id)
            .where(table.author_id == item.author_id)
            .where(table.attribution == item.attribution)
            .where(table.strand == item.strand)
            .where(is_here)
            for table, is_here in (
                (Position, Position.thread_id == thread_id),
                (Response, Response.position.has(Position.thread_id == thread_id)),
            )
        )
    )


def _decisions(session: Session, *where: Any, limit: int | None = None) -> Sequence[Decision]:
    return session.scalars(
        select(Decision)
        .where(*where)
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(limit)
        .options(joinedload(Decision.reason))
    ).all()


def _past(row: Decision, attribution: str) -> PastDecision:
    return PastDecision(
        action=row.action,
        reason=row.reason.label if row.reason else "",
        why=row.why,
        marks=tuple(row.marks),
        on=coarse_date(row.at, attribution),
        by_role=row.decided_by_role,
    )
