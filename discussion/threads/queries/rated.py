"""The round that a thread's page leads to: the one that is open, or the last that was held."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.rounds.models import Round, RoundStatement
from discussion.threads.models import Thread
from discussion.threads.queries.shapes import Rated

HELD_IN = ("weighing", "making_sense", "closed")  # before, no round can have been opened


def rated(session: Session, viewer: Viewer | None, thread: Thread) -> Rated | None:
    """In one statement, and in none while positions are written; visitors sign in on the way."""
    if thread.stage not in HELD_IN:
        return None
    statements = (
        select(func.count())
        .where(RoundStatement.round_id == Round.id)
        .correlate(Round)
        .scalar_subquery()
    )
    row = session.execute(
        select(Round, statements)
        .where(Round.thread_id == thread.id)
        .where(Round.state != "planned")
        .order_by(Round.state.desc(), Round.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    round, many = row
    may_rate = round.state == "open" and (viewer is None or allowed(viewer, May.RATE, round))
    return Rated(
        number=round.number,
        url=paths.round(thread.slug, round.number),
        rate_url=paths.rate(thread.slug, round.number) if may_rate else "",
        statements=int(many),
        closes_on=round.closes_at.date(),
        is_open=round.state == "open",
    )
