"""What every reader of a series may read: the page says the same to all of them.

Narrower than what a viewer may see, never wider: moderators too find here what the others find.
"""

from sqlalchemy import ColumnElement, and_

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import (
    published_positions,
    visible_items,
    visible_threads,
)

_PLAIN = and_(Thread.stage != "proposed", Thread.is_hidden.is_(False))


def open_threads(viewer: Viewer | None) -> ColumnElement[bool]:
    """Needs Thread and its Series in the query."""
    return and_(visible_threads(viewer), _PLAIN)


def open_positions(viewer: Viewer | None) -> ColumnElement[bool]:
    """Needs Position, Thread and Series in the query."""
    return and_(published_positions(viewer), _PLAIN)


def open_items(viewer: Viewer | None) -> ColumnElement[bool]:
    """Needs EvidenceItem and its Series in the query."""
    listed = and_(EvidenceItem.is_listed.is_(True), EvidenceItem.is_hidden.is_(False))
    return and_(visible_items(viewer), listed)
