"""Series in which one person moderates: nobody there decides on what that one writes.

So an administrator may decide on what waits there. They are shown whatever waits past its time,
whoever wrote it, and never only what the one moderator did: that would say who it was.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.decisions.shapes import Bare, Concern
from discussion.decisions.targets import due_at, target_of
from discussion.oversight.moderation.queries.waiting import positions, responses
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.queries.moderators import find_moderators
from discussion.series.series.models import Series
from discussion.subjects.finding import subject_of

FEWEST = 2  # moderators, so that everything can be decided


def concern_of(session: Session, item: Position | Response) -> Concern:
    """What the rule needs to know: whose it is, and whether one person moderates there."""
    own_ids = subject_of(item).own_ids
    series = series_of(item)
    is_left = len(find_moderators(session, series.id)[series.id]) < FEWEST
    return Concern(series, own_ids, is_left_to_administrator=is_left)


def may_decide_left(session: Session, viewer: Viewer | None, item: Position | Response) -> bool:
    """Whether it is left to the viewer as an administrator; who has no power costs no query."""
    if viewer is None or not viewer.is_administrator or allowed(viewer, May.MODERATE, item):
        return False
    return allowed(viewer, May.DECIDE_LEFT, concern_of(session, item))


def list_late(session: Session, now: datetime) -> list[Bare]:
    """The contributions that wait past their time where one person moderates."""
    moderators = find_moderators(session)
    rows = session.scalars(select(Series).where(Series.status != "draft"))
    alone = {row.id: row for row in rows if len(moderators[row.id]) < FEWEST}
    if not alone:
        return []
    bares = [
        one for kind in (positions, responses) for one in kind.list_bare(session, list(alone), now)
    ]
    return [
        bare
        for bare in bares
        if due_at(bare.since, target_of(alone[bare.series_id], bare.target)) <= now
    ]
