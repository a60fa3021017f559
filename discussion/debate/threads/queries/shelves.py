"""How the positions of a thread stand: on shelves, one under each of the moderators' headings.

First the pinned ones, then those under no heading, then heading by heading. On a shelf they stand
in the moderators' order.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts_arranging import PINNED
from discussion.debate.threads.models import Heading, Thread
from discussion.debate.threads.queries.sequence import READING_ORDER
from discussion.permissions.facts import SHOWN_STATES


def list_shown(session: Session, thread: Thread) -> list[Position]:
    """The positions of a thread that are shown, as text or as tombstones, in reading order."""
    return list(
        session.scalars(
            select(Position)
            .where(Position.thread_id == thread.id)
            .where(Position.state.in_(SHOWN_STATES))
            .order_by(*READING_ORDER)
            .execution_options(populate_existing=True)
        )
    )


def list_headings(session: Session, thread: Thread) -> list[Heading]:
    """The moderators’ headings of a thread in their order, read anew."""
    return list(
        session.scalars(
            select(Heading)
            .where(Heading.thread_id == thread.id)
            .order_by(Heading.order, Heading.id)
            .execution_options(populate_existing=True)
        )
    )


def shelve(rows: Collection[Position], headings: Sequence[Heading]) -> dict[str, list[Position]]:
    """Rows in reading order, each on its shelf; every shelf is there, also an empty one."""
    shelves: dict[str, list[Position]] = {PINNED: [], "": []}
    shelves |= {str(heading.id): [] for heading in headings}
    for row in rows:
        shelves[shelf_of(row)].append(row)
    return shelves


def shelf_of(row: Position) -> str:
    """What is pinned stands before the others, whatever heading it comes back under."""
    if row.is_pinned:
        return PINNED
    return "" if row.heading_id is None else str(row.heading_id)
