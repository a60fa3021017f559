"""The reading rules again, as SQL; tests demand that both say the same."""

from sqlalchemy import ColumnElement, and_, or_, true

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import (
    READABLE_STATUSES,
    SHOWN_STATES,
    TEXT_STATES,
    Viewer,
)
from discussion.series.series.models import Series

Condition = ColumnElement[bool]


def visible_series(viewer: Viewer | None) -> Condition:
    """Needs Series in the query; READ_SERIES."""
    if viewer is not None and viewer.is_administrator:
        return true()
    anybody = and_(Series.visibility != "members", Series.status.in_(READABLE_STATUSES))
    return or_(anybody, Series.id.in_(_ids(viewer)))


def listed_series(viewer: Viewer | None) -> Condition:
    """The series shown in lists: unlisted ones only to their members."""
    shown = and_(visible_series(viewer), Series.visibility != "unlisted")
    return or_(shown, Series.id.in_(_ids(viewer)))


def visible_threads(viewer: Viewer | None) -> Condition:
    """Needs Thread and its Series in the query; READ_THREAD."""
    plain = and_(Thread.stage != "proposed", Thread.is_hidden.is_(False))
    own = and_(Thread.proposed_by_id == _person_id(viewer), Thread.is_hidden.is_(False))
    return and_(
        visible_series(viewer),
        Thread.merged_into_id.is_(None),
        or_(plain, own, Thread.series_id.in_(_moderated(viewer))),
    )


def visible_positions(viewer: Viewer | None) -> Condition:
    """Needs Position, Thread and Series in the query; READ_POSITION."""
    return and_(
        visible_threads(viewer),
        or_(
            Position.state.in_(SHOWN_STATES),
            Position.author_id == _person_id(viewer),
            Position.entered_by_id == _person_id(viewer),
            Thread.series_id.in_(_moderated(viewer)),
        ),
    )


def published_positions(viewer: Viewer | None) -> Condition:
    """Those whose text anybody who reads the thread may read: for lists, counts and maps."""
    return and_(visible_threads(viewer), Position.state.in_(TEXT_STATES))


def visible_responses(viewer: Viewer | None) -> Condition:
    """Needs Response, Position, Thread and Series in the query; READ_RESPONSE."""
    own_or_moderated = or_(
        Position.author_id == _person_id(viewer),
        Position.entered_by_id == _person_id(viewer),
        Thread.series_id.in_(_moderated(viewer)),
    )
    return and_(
        visible_positions(viewer),
        or_(Position.state.in_(TEXT_STATES), own_or_moderated),
        or_(
            Response.state.in_(SHOWN_STATES),
            Response.author_id == _person_id(viewer),
            Thread.series_id.in_(_moderated(viewer)),
        ),
    )


def visible_items(viewer: Viewer | None) -> Condition:
    """Needs EvidenceItem and its Series in the query; READ_ITEM."""
    return and_(
        visible_series(viewer),
        or_(
            and_(EvidenceItem.is_listed.is_(True), EvidenceItem.is_hidden.is_(False)),
            EvidenceItem.added_by_id == _person_id(viewer),
            EvidenceItem.series_id.in_(_moderated(viewer)),
        ),
    )


def _person_id(viewer: Viewer | None) -> int:
    return -1 if viewer is None else viewer.person_id


def _ids(viewer: Viewer | None) -> tuple[int, ...]:
    return () if viewer is None else tuple(sorted(viewer.belongings))


def _moderated(viewer: Viewer | None) -> tuple[int, ...]:
    return () if viewer is None else viewer.series_as("moderator", "convener")
