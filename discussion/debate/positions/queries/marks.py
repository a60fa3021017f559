"""What moderators ask an author to mend: each mark with its suggestion, and the twin it names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.words import ALREADY_SAID, MARKS, MARKS_SAY
from discussion.vocabulary import of_series


@dataclass(frozen=True)
class Mark:
    """One thing that an author is asked to mend, and what the moderators suggest."""

    label: str
    says: str
    twin: str  # what the position claims that says it already, while everybody may read it
    twin_url: str


def list_marks(session: Session, decisions: Collection[Decision]) -> dict[int, tuple[Mark, ...]]:
    """Decision id → its marks; one statement, and only where something was said already."""
    claims = find_published_claims(session, {row.twin_id for row in decisions if row.twin_id})
    return {
        row.id: tuple(_mark(mark, row, claims) for mark in row.marks if mark in MARKS)
        for row in decisions
    }


def _mark(mark: str, decision: Decision, claims: Mapping[str, str]) -> Mark:
    claim = claims.get(decision.twin_id, "") if mark == ALREADY_SAID else ""
    url = paths.position(decision.twin_id) if claim else ""
    says = of_series(decision.series.slug).say(MARKS_SAY[mark])
    return Mark(str(MARKS[mark]), says, claim, url)


def find_published_claims(session: Session, public_ids: Collection[str]) -> dict[str, str]:
    """Public id → claim of those that everybody who reads the series may read."""
    if not public_ids:
        return {}
    rows = session.execute(
        select(Position.public_id, Revision.claim)
        .join(Revision, Position.live_revision_id == Revision.id)
        .join(Position.thread)
        .where(Position.public_id.in_(public_ids))
        .where(Position.state == "published")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
    )
    return {row.public_id: row.claim for row in rows}
