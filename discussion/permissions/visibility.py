"""The reading rules again, as SQL; tests demand that both say the same.

Of a statement that is made once a process the viewer is not known yet: it is made for `WHOEVER`
asks, and who that is goes in with its parameters, as `who_asks` says.
"""

from enum import Enum
from typing import Any, Final, Literal

from sqlalchemy import Boolean, ColumnElement, Integer, and_, bindparam, exists, or_, true

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import (
    READABLE_STATUSES,
    SHOWN_STATES,
    TEXT_STATES,
    Viewer,
)
from discussion.reach.publications.models import Publication
from discussion.series.series.models import Series

Condition = ColumnElement[bool]

# Columns of the tables, not of the classes: so a statement of columns alone stays one.
_SERIES = Series.__table__.c
_THREADS = Thread.__table__.c
_POSITIONS = Position.__table__.c
_RESPONSES = Response.__table__.c
_ITEMS = EvidenceItem.__table__.c


class _Asks(Enum):
    WHOEVER = "whoever asks"


WHOEVER: Final = _Asks.WHOEVER
Asking = Viewer | Literal[_Asks.WHOEVER] | None
_PERSON = "asks_person"
_BELONGS = "asks_belongs"
_MODERATES = "asks_moderates"
_ADMINISTERS = "asks_administers"


def who_asks(viewer: Viewer | None) -> dict[str, Any]:
    """The parameters of a statement that was made for whoever asks."""
    return {
        _PERSON: _person_id(viewer),
        _BELONGS: _ids(viewer),
        _MODERATES: _moderated(viewer),
        _ADMINISTERS: viewer is not None and viewer.is_administrator,
    }


def visible_series(viewer: Asking) -> Condition:
    """Needs Series in the query; READ_SERIES."""
    anybody = and_(_SERIES.visibility != "members", _SERIES.status.in_(READABLE_STATUSES))
    shown = or_(anybody, _SERIES.id.in_(_ids(viewer)))
    if viewer is WHOEVER:
        return or_(bindparam(_ADMINISTERS, type_=Boolean) == true(), shown)
    return true() if viewer is not None and viewer.is_administrator else shown


def listed_series(viewer: Asking) -> Condition:
    """The series shown in lists: unlisted ones only to their members."""
    shown = and_(visible_series(viewer), _SERIES.visibility != "unlisted")
    return or_(shown, _SERIES.id.in_(_ids(viewer)))


def visible_threads(viewer: Asking) -> Condition:
    """Needs Thread and its Series in the query; READ_THREAD."""
    plain = and_(_THREADS.stage != "proposed", _THREADS.is_hidden.is_(False))
    own = and_(_THREADS.proposed_by_id == _person_id(viewer), _THREADS.is_hidden.is_(False))
    return and_(
        visible_series(viewer),
        _THREADS.merged_into_id.is_(None),
        or_(plain, own, _THREADS.series_id.in_(_moderated(viewer))),
    )


def visible_positions(viewer: Asking) -> Condition:
    """Needs Position, Thread and Series in the query; READ_POSITION."""
    return and_(
        visible_threads(viewer),
        or_(
            _POSITIONS.state.in_(SHOWN_STATES),
            _POSITIONS.author_id == _person_id(viewer),
            _POSITIONS.entered_by_id == _person_id(viewer),
            _THREADS.series_id.in_(_moderated(viewer)),
        ),
    )


def published_positions(viewer: Asking) -> Condition:
    """Those whose text anybody who reads the thread may read: for lists, counts and maps."""
    return and_(visible_threads(viewer), _POSITIONS.state.in_(TEXT_STATES))


def visible_responses(viewer: Asking) -> Condition:
    """Needs Response, Position, Thread and Series in the query; READ_RESPONSE."""
    own_or_moderated = or_(
        _POSITIONS.author_id == _person_id(viewer),
        _POSITIONS.entered_by_id == _person_id(viewer),
        _THREADS.series_id.in_(_moderated(viewer)),
    )
    return and_(
        visible_positions(viewer),
        or_(_POSITIONS.state.in_(TEXT_STATES), own_or_moderated),
        or_(
            _RESPONSES.state.in_(SHOWN_STATES),
            _RESPONSES.author_id == _person_id(viewer),
            _THREADS.series_id.in_(_moderated(viewer)),
        ),
    )


def visible_items(viewer: Asking) -> Condition:
    """Needs EvidenceItem and its Series in the query; READ_ITEM."""
    return and_(
        visible_series(viewer),
        or_(
            and_(_ITEMS.is_listed.is_(True), _ITEMS.is_hidden.is_(False)),
            _ITEMS.added_by_id == _person_id(viewer),
            _ITEMS.series_id.in_(_moderated(viewer)),
        ),
    )


def visible_publications(viewer: Asking) -> Condition:
    """Needs Publication and its Series in the query; READ_PUBLICATION."""
    of_thread = (
        exists()
        .where(Thread.id == Publication.thread_id)
        .where(visible_threads(viewer))
        .correlate(Publication, Series)
    )
    return and_(
        visible_series(viewer),
        or_(Publication.thread_id.is_(None), of_thread),
        or_(
            Publication.published_at.is_not(None),
            Publication.series_id.in_(_moderated(viewer)),
        ),
    )


def person_asking(viewer: Asking) -> Any:
    """The viewer's id as a person, to compare a column with; nobody's when signed out."""
    return _person_id(viewer)


def _person_id(viewer: Asking) -> Any:
    if viewer is WHOEVER:
        return bindparam(_PERSON, type_=Integer)
    return -1 if viewer is None else viewer.person_id


def _ids(viewer: Asking) -> Any:
    if viewer is WHOEVER:
        return bindparam(_BELONGS, type_=Integer, expanding=True)
    return () if viewer is None else tuple(sorted(viewer.belongings))


def _moderated(viewer: Asking) -> Any:
    if viewer is WHOEVER:
        return bindparam(_MODERATES, type_=Integer, expanding=True)
    return () if viewer is None else viewer.series_as("moderator", "convener")
