"""From which thread a position came, and that its author has two: what its readers are told."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.naming import coarse_day
from discussion.debate.threads.models import Regrouping, Thread
from discussion.debate.threads.queries.following import name_for
from discussion.debate.threads.queries.reasons import list_withheld, reason_shown
from discussion.language import _
from discussion.permissions.facts import Viewer, entered_it, is_author

LIVE_STATES = ("draft", "published", "hidden")
DAY = 10  # characters of a date; a moderator's act is never told to the minute


@dataclass(frozen=True)
class Moved:
    """The moderators let it stand in another thread than it was written in."""

    question: str  # empty where the other thread is not for the viewer to read
    url: str
    on: str  # ISO: the day, or the month under the Chatham House Rule
    why: str


def find_moves(
    session: Session, viewer: Viewer | None, positions: Collection[Position]
) -> Mapping[str, Moved]:
    """By public id the last way into the thread in which a position stands, if it came into it."""
    by_id = {row.public_id: row for row in positions}
    rows = session.scalars(
        select(Regrouping)
        .where(Regrouping.target_id.in_({row.thread_id for row in positions}))
        .where(Regrouping.undone_at.is_(None))
        .order_by(Regrouping.id)
        .options(
            joinedload(Regrouping.source).joinedload(Thread.series),
            joinedload(Regrouping.decision),
        )
    ).all()
    if not rows:
        return {}
    withheld = list_withheld(session, next(iter(positions)).thread.series_id)
    return {
        public_id: _moved(session, viewer, row, by_id[public_id], withheld)
        for row in rows
        for public_id in row.moved
        if public_id in by_id and by_id[public_id].thread_id == row.target_id
    }


def find_seconds(session: Session, positions: Collection[Position]) -> frozenset[int]:
    """The ids of those whose author has another live position in the same thread."""
    rows = session.execute(
        select(Position.id, Position.thread_id, Position.author_id)
        .where(Position.thread_id.in_({row.thread_id for row in positions}))
        .where(Position.author_id.in_({row.author_id for row in positions}))
        .where(Position.state.in_(LIVE_STATES))
    ).all()
    times = Counter((thread_id, author_id) for _id, thread_id, author_id in rows)
    wanted = {row.id for row in positions}
    return frozenset(
        id for id, thread_id, author_id in rows if id in wanted and times[thread_id, author_id] > 1
    )


def second_note(session: Session, viewer: Viewer | None, position: Position) -> str:
    """What its author is asked where a merge left them two positions in one thread."""
    has_pen = is_author(viewer, position) or entered_it(viewer, position)
    if not has_pen or position.id not in find_seconds(session, [position]):
        return ""
    return asks_about_two()


def asks_about_two() -> str:
    """What somebody is asked who has two positions in one thread since a merge."""
    return _(
        "You have two positions in this thread, because threads were merged."
        " Withdraw one of them, or keep both."
    )


def _moved(
    session: Session,
    viewer: Viewer | None,
    row: Regrouping,
    position: Position,
    withheld: frozenset[str],
) -> Moved:
    question, url = name_for(session, viewer, row.source, here=position.thread_id)
    on = coarse_day(row.at, position.attribution)
    why = reason_shown(row.decision.why, row.decision.public_id, withheld)
    return Moved(question, url, on, why)
