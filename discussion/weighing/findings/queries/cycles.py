"""What the findings of earlier cycles of a thread said."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.shapes import Headline
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.headline import headline_of
from discussion.weighing.findings.queries.shown import UNREAD
from discussion.weighing.rounds.models import Round


def list_headlines(session: Session, viewer: Viewer | None, thread: Thread) -> dict[int, Headline]:
    """Cycle → what its newest findings say, of earlier cycles whose findings may be read."""
    newest = (
        select(func.max(FindingSnapshot.id))
        .join(FindingSnapshot.round)
        .where(FindingSnapshot.thread_id == thread.id)
        .where(Round.cycle < thread.cycle)
        .group_by(Round.cycle)
    )
    rows = session.scalars(
        select(FindingSnapshot)
        .where(FindingSnapshot.id.in_(newest))
        .options(UNREAD, selectinload(FindingSnapshot.round).selectinload(Round.thread))
    )
    return {
        row.round.cycle: headline_of(session, row, thread.slug, is_for_good=True)
        for row in rows
        if row.round is not None and allowed(viewer, May.READ_FINDINGS, row.round)
    }
