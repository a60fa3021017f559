"""What a thread's page tells of its weighing: the round that it leads to, and what was found."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.shapes import Headline, Rated
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.headline import headline_of
from discussion.weighing.findings.queries.shown import UNREAD
from discussion.weighing.rounds.models import Round, RoundStatement

HELD_IN = ("weighing", "making_sense", "closed")  # before, no round of this cycle was opened


def rated_and_found(
    session: Session, viewer: Viewer | None, thread: Thread
) -> tuple[Rated | None, Headline | None]:
    """In one statement, and in none while positions are first written."""
    if thread.stage not in HELD_IN and thread.cycle == 1:
        return None, None
    newest = (
        select(func.max(FindingSnapshot.id))
        .where(FindingSnapshot.thread_id == thread.id)
        .scalar_subquery()
    )
    statements = (
        select(func.count())
        .where(RoundStatement.round_id == Round.id)
        .correlate(Round)
        .scalar_subquery()
    )
    row = session.execute(
        select(Round, statements, FindingSnapshot)
        .outerjoin(FindingSnapshot, FindingSnapshot.id == newest)
        .where(Round.thread_id == thread.id)
        .where(Round.state != "planned")
        .options(UNREAD, joinedload(FindingSnapshot.round))
        .order_by(Round.state.desc(), Round.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None, None
    round, many, snapshot = row
    found = headline_of(session, snapshot, thread.slug) if snapshot is not None else None
    is_led_to = thread.stage in HELD_IN and round.cycle == thread.cycle
    return (_rated(viewer, thread, round, many) if is_led_to else None), found


def _rated(viewer: Viewer | None, thread: Thread, round: Round, statements: int) -> Rated:
    """Visitors who would rate sign in on the way."""
    may_rate = round.state == "open" and (viewer is None or allowed(viewer, May.RATE, round))
    return Rated(
        number=round.number,
        url=paths.round(thread.slug, round.number),
        rate_url=paths.rate(thread.slug, round.number) if may_rate else "",
        statements=statements,
        closes_on=clock.day(round.closes_at),
        is_open=round.state == "open",
    )
