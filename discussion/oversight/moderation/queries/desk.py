"""The desk: the queue, and beside it the item that is open."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.decisions.drafts import Ruling
from discussion.decisions.shapes import Filters
from discussion.oversight.moderation.queries.alone import may_decide_left
from discussion.oversight.moderation.queries.frame import frame
from discussion.oversight.moderation.queries.item import open_item
from discussion.oversight.moderation.queries.pace import recent_pace
from discussion.oversight.moderation.queries.queue import moderated_by
from discussion.oversight.moderation.queries.shapes import DeskPage, Look
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects.finding import find_subject, kind_at, subject_of
from discussion.weighing.findings.queries.failing import list_failing


def desk_page(
    session: Session,
    viewer: Viewer | None,
    *,
    item: Position | Response | None = None,
    look: Look | None = None,
    draft: Ruling | None = None,
    filters: Filters | None = None,
    now: datetime,
) -> DeskPage | None:
    """The queue, with an item open and the decision as typed; None for who moderates nothing."""
    is_left = item is not None and may_decide_left(session, viewer, item)
    if viewer is None or not (is_left or viewer.series_as("moderator", "convener")):
        return None
    if item is None:
        moderated = moderated_by(viewer)
        return DeskPage(
            frame(session, viewer, filters=filters, now=now),
            None,
            recent_pace(session, moderated, now),
            list_failing(session, moderated),
        )
    if not (is_left or allowed(viewer, May.MODERATE, item)):
        return None
    around = frame(
        session,
        viewer,
        open_kind=subject_of(item).plural,
        open_id=item.public_id,
        filters=filters,
        now=now,
    )
    opened = open_item(session, viewer, item, draft or Ruling(), now)
    look = look or Look()
    looked = replace(
        opened, author_shown=look.shown, look_typed=look.typed, look_problem=look.problem
    )
    return DeskPage(around, looked)


def find_contribution(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Position | Response | None:
    """A position or response of a series that the viewer moderates, or that is left to them."""
    subject = find_subject(session, kind_at(kind), public_id)
    found = subject.voiced if subject is not None else None
    if found is None or allowed(viewer, May.MODERATE, found):
        return found
    return found if may_decide_left(session, viewer, found) else None
