"""What every reader of a series may read: the page says the same to all of them.

Narrower than what a viewer may see, never wider: moderators too find here what the others find.
"""

from sqlalchemy import ColumnElement, and_

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Belonging, Viewer
from discussion.permissions.kinds import NOBODY
from discussion.permissions.visibility import (
    published_positions,
    visible_items,
    visible_threads,
)
from discussion.series.series.models import Series

_PLAIN = and_(Thread.stage != "proposed", Thread.is_hidden.is_(False))


def reader_of(series: Series) -> Viewer:
    """Somebody who reads the series, and is nobody: for what is made for all of its readers."""
    own = {series.id: Belonging("contributor", is_admitted=False)}
    return Viewer(NOBODY, "", "", is_confirmed=True, is_administrator=False, belongings=own)


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
