"""What was written within a window, for one reader: none of their own, nothing that is muted.

What stands under the Chatham House Rule counts from the next batch on, so that no letter tells when
it was written.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.threads.models import StageMove, Thread
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import (
    published_positions,
    visible_responses,
    visible_threads,
)
from discussion.reach.notices.queries.followable import Window
from discussion.reach.notices.queries.times import batch

CHATHAM = "chatham_house"
LONGEST_WAIT = timedelta(days=1, hours=2)  # until the next batch, whatever the clocks do
Where = ColumnElement[bool]


def count_positions(session: Session, viewer: Viewer, window: Window, *where: Where) -> int:
    """Positions first published in it."""
    asked = (
        select(Position.attribution, Position.first_published_at)
        .join(Position.thread)
        .join(Thread.series)
        .where(published_positions(viewer), Position.author_id != viewer.person_id)
        .where(is_not_muted(viewer, Position))
        .where(*where)
    )
    return _count(session, asked, Position.first_published_at, window)


def count_versions(session: Session, viewer: Viewer, window: Window, *where: Where) -> int:
    """Versions of positions that went live in it, first ones too."""
    asked = (
        select(Position.attribution, Revision.live_at)
        .select_from(Position)
        .join(Revision, Revision.id == Position.live_revision_id)
        .join(Position.thread)
        .join(Thread.series)
        .where(published_positions(viewer), Position.author_id != viewer.person_id)
        .where(is_not_muted(viewer, Position))
        .where(*where)
    )
    return _count(session, asked, Revision.live_at, window)


def count_responses(session: Session, viewer: Viewer, window: Window, *where: Where) -> int:
    """Responses first published in it."""
    asked = (
        select(Response.attribution, Response.first_published_at)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(visible_responses(viewer), Response.state.in_(TEXT_STATES))
        .where(Position.state.in_(TEXT_STATES), Response.author_id != viewer.person_id)
        .where(is_not_muted(viewer, Response))
        .where(*where)
    )
    return _count(session, asked, Response.first_published_at, window)


def list_moves(
    session: Session, viewer: Viewer, window: Window, *where: Where
) -> Iterator[StageMove]:
    """Stages that threads reached in it, and are in."""
    yield from session.scalars(
        select(StageMove)
        .join(Thread, Thread.id == StageMove.thread_id)
        .join(Thread.series)
        .where(visible_threads(viewer), Thread.merged_into_id.is_(None))
        .where(StageMove.after == Thread.stage, StageMove.cycle == Thread.cycle)
        .where(StageMove.at > window.since, StageMove.at <= window.until)
        .where(*where)
        .order_by(StageMove.id)
    )


def is_not_muted(viewer: Viewer, item: type[Position] | type[Response]) -> Where:
    return mute_of(viewer, item).is_(None)


def _count(session: Session, asked: "Select[str, datetime | None]", at: Any, window: Window) -> int:
    """What is told at once is counted by the database; of the rest each moment is looked at."""
    attribution = asked.selected_columns[0]
    is_late = attribution == CHATHAM
    moment = case((is_late, at))
    rows = session.execute(
        asked.with_only_columns(moment, func.count())
        .where(at > window.since - LONGEST_WAIT, at <= window.until)
        .where(or_(is_late, at > window.since))
        .group_by(moment)
    )
    return sum(
        many for late, many in rows if late is None or window.since < batch(late) <= window.until
    )
