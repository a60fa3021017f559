"""The moderators' headings of a thread: adding, renaming, ordering and removing them."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts_arranging import problems_in_heading
from discussion.debate.threads.models import Heading, Thread
from discussion.debate.threads.operations.ordering import lock_positions
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.queries.shelves import list_headings
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused

STEPS = {"up": -1, "down": 1}


def add_heading(
    session: Session, actor: Viewer, thread: Thread, heading: str, *, now: datetime
) -> Heading:
    """Add a heading after the others; raises Invalid."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    others = list_headings(session, thread)
    if problems := problems_in_heading(heading, [other.text for other in others]):
        raise Invalid(problems)
    last = max((other.order for other in others), default=0)
    row = Heading(thread_id=thread.id, text=text.line(heading), order=last + 1)
    session.add(row)
    session.flush()
    _record(session, actor, thread, "heading", row, now=now)
    return row


def rename_heading(
    session: Session, actor: Viewer, thread: Thread, heading_id: int, heading: str, *, now: datetime
) -> Heading:
    """Say a heading otherwise; raises Invalid, and Refused when it is gone."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    row, rows = _pick(session, thread, heading_id)
    if problems := problems_in_heading(heading, [each.text for each in rows if each is not row]):
        raise Invalid(problems)
    before, row.text = row.text, text.line(heading)
    if row.text != before:
        _record(session, actor, thread, "rename_heading", row, now=now, before=before)
    return row


def move_heading(
    session: Session, actor: Viewer, thread: Thread, heading_id: int, to: str, *, now: datetime
) -> None:
    """Move a heading up or down with everything under it; raises Refused when it is gone."""
    require(actor, May.CURATE_THREAD, thread)
    if to not in STEPS:
        raise Refused(_("A heading moves up or down."))
    lock_thread(session, thread)
    row, rows = _pick(session, thread, heading_id)
    at = rows.index(row)
    rows.insert(max(at + STEPS[to], 0), rows.pop(at))
    for place, each in enumerate(rows, start=1):
        each.order = place
    _record(session, actor, thread, "move_heading", row, now=now, to=to)


def remove_heading(
    session: Session, actor: Viewer, thread: Thread, heading_id: int, *, now: datetime
) -> None:
    """Take a heading away; what stood under it stands under none. Raises Refused."""
    require(actor, May.CURATE_THREAD, thread)
    lock_positions(session, thread)
    row, _rows = _pick(session, thread, heading_id)
    session.execute(update(Position).where(Position.heading_id == row.id).values(heading_id=None))
    session.delete(row)
    session.flush()
    _record(session, actor, thread, "remove_heading", row, now=now)


def _pick(session: Session, thread: Thread, heading_id: int) -> tuple[Heading, list[Heading]]:
    """The heading, and all those of its thread in their order."""
    rows = list_headings(session, thread)
    found = next((row for row in rows if row.id == heading_id), None)
    if found is None:
        raise Refused(_("This heading is no longer there."))
    return found, rows


def _record(
    session: Session,
    actor: Viewer,
    thread: Thread,
    action: str,
    row: Heading,
    *,
    now: datetime,
    **details: str,
) -> None:
    """The heading stands in the record as its why: it is what there is to read of such an act."""
    thread.changed_at = now
    record(session, actor, thread, action, why=row.text, now=now, heading=row.id, **details)
