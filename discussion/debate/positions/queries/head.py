"""position_head: what has to be known before a position's page can be taken from what is kept."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Part, Position
from discussion.debate.positions.queries.higher import DRAWN_IN
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.head import has_own_in, is_invited_to, thread_states
from discussion.permissions.facts import Viewer
from discussion.permissions.kinds import NOBODY
from discussion.permissions.menus import COLUMNS, as_menu, menu_of
from discussion.states.queries import state_of_all
from discussion.states.shapes import Head

_POSITIONS, _THREADS = Position.__table__.c, Thread.__table__.c


def position_head(session: Session, viewer: Viewer | None, public_id: str) -> Head | None:
    """Of the position of this id, in one statement; None where there is none.

    It asks no right. In slow mode the page says until when somebody waits, to the minute. Its
    page names statements that draw on it, which stay in their thread where it is moved.
    """
    person_id = NOBODY if viewer is None else viewer.person_id
    row = session.execute(_asked(), {"public_id": public_id, "person": person_id}).first()
    if row is None:
        return None
    series_id, is_slow, is_own, is_passing, *more = row
    menu, states = more[:COLUMNS], more[COLUMNS:]
    is_passing = is_passing or (is_slow and is_own)
    return Head(
        series_id,
        tuple(states),
        bool(is_own),
        bool(is_passing),
        reaches_out=True,
        menu=as_menu(*menu),
    )


@cache
def _asked() -> Select[Any]:
    parts = Part.__table__.c
    answered = (
        exists()
        .where(parts.position_id == _POSITIONS.id)
        .where(parts.person_id == bindparam("person"))
    )
    return (
        select(
            _THREADS.series_id,
            _THREADS.slow_minutes > 0,
            has_own_in(_THREADS.id) | answered | (_THREADS.proposed_by_id == bindparam("person")),
            is_invited_to(_THREADS.series_id),
            *menu_of(_THREADS.series_id),
            *thread_states(_THREADS.id, _THREADS.series_id),
            state_of_all("thread", DRAWN_IN()(_POSITIONS.id)),
        )
        .join_from(Position.__table__, Thread.__table__, _THREADS.id == _POSITIONS.thread_id)
        .where(_POSITIONS.public_id == bindparam("public_id"))
    )
