"""The desk of the demonstration: one author is asked to edit, one item is taken."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from discussion.demonstration.people import Staff
from discussion.moderation.operations import decide, take
from discussion.positions.models import Position
from discussion.series.models import Series
from discussion.threads.models import Thread

THREAD = "compel-enrichment"
ASKED = 7  # the number of the position that is to be edited


def add_desk(session: Session, series: Series, staff: Staff, now: datetime) -> None:
    """The moderator who signs in sees what another one did, and has taken."""
    asked = _of_thread(session, Position.number == ASKED)
    at = now - timedelta(days=1)
    decide(
        session,
        staff.viewer(session, "second_moderator", at),
        asked,
        "ask_edit",
        reason="two_claims",
        marks=("two_claims", "value_without_why"),
        why="Both halves are worth answering. Which would you give up first?",
        now=at,
    )
    waiting = _of_thread(session, Position.revisions.any(status="pending"))
    actor = staff.viewer(session, "second_moderator", now)
    take(session, actor, "positions", waiting.public_id, series, now=now)


def _of_thread(session: Session, *which: ColumnElement[bool]) -> Position:
    asked = select(Position).join(Position.thread).where(Thread.slug == THREAD).where(*which)
    return session.scalars(asked.order_by(Position.id).limit(1)).one()
