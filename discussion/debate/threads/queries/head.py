"""thread_head: what has to be known before a thread's page can be taken from what is kept."""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Exists, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import RelatedThread, Thread
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.kinds import NOBODY
from discussion.permissions.menus import COLUMNS, as_menu, menu_of
from discussion.series.members.models import Invitation
from discussion.states.queries import state_of
from discussion.states.shapes import Head

_THREADS = Thread.__table__.c
_SLUG, _PERSON = "slug", "person"


def thread_head(session: Session, viewer: Viewer | None, slug: str) -> Head | None:
    """Of the thread at this address, in one statement; None where there is none.

    It asks no right: whether there is a page is for whoever makes it to say.
    """
    person_id = NOBODY if viewer is None else viewer.person_id
    row = session.execute(_asked(), {_SLUG: slug, _PERSON: person_id}).first()
    if row is None:
        return None
    series_id, is_own, is_passing, reaches_out, *more = row
    menu, states = more[:COLUMNS], more[COLUMNS:]
    return Head(
        series_id,
        tuple(states),
        bool(is_own),
        bool(is_passing),
        bool(reaches_out),
        as_menu(*menu),
    )


@cache
def _asked() -> Select[Any]:
    return (
        select(
            _THREADS.series_id,
            has_own_in(_THREADS.id) | (_THREADS.proposed_by_id == bindparam(_PERSON)),
            is_invited_to(_THREADS.series_id),
            _reaches_out(),
            *menu_of(_THREADS.series_id),
            *thread_states(_THREADS.id, _THREADS.series_id),
        )
        .select_from(Thread.__table__)
        .where(_THREADS.slug == bindparam(_SLUG))
    )


def thread_states(
    thread_id: ColumnElement[int], series_id: ColumnElement[int]
) -> tuple[ColumnElement[int], ...]:
    """Everything that a page of a thread shows, and what is the reader's own on it."""
    return (
        state_of("site"),
        state_of("series", series_id),
        state_of("thread", thread_id),
        state_of("person", bindparam(_PERSON)),
    )


def has_own_in(thread_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the person wrote or entered anything in a thread, or muted somebody who might.

    Whatever its state: a page asks for itself what of it is shown.
    """
    person: BindParameter[int] = bindparam(_PERSON)
    positions, responses = Position.__table__.alias(), Response.__table__.alias()
    mutes = Mute.__table__.alias()
    here = positions.c.thread_id == thread_id
    return or_(
        exists()
        .where(here)
        .where(or_(positions.c.author_id == person, positions.c.entered_by_id == person)),
        exists()
        .where(here)
        .where(responses.c.position_id == positions.c.id)
        .where(responses.c.author_id == person),
        exists()
        .where(mutes.c.person_id == person)
        .where(or_(mutes.c.thread_id.is_(None), mutes.c.thread_id == thread_id)),
    )


def is_invited_to(series_id: ColumnElement[int]) -> Exists:
    """Whether an invitation to a series is addressed to the person: it runs out by the minute."""
    invitations, people = Invitation.__table__, Person.__table__
    return (
        exists()
        .where(people.c.id == bindparam(_PERSON))
        .where(invitations.c.email == people.c.email)
        .where(invitations.c.series_id == series_id)
    )


def _reaches_out() -> Exists:
    """Whether a thread of another series is related to it, which not everybody may read."""
    pairs, other = RelatedThread.__table__, Thread.__table__.alias()
    return (
        exists()
        .where(
            or_(
                (pairs.c.thread_id == _THREADS.id) & (other.c.id == pairs.c.other_id),
                (pairs.c.other_id == _THREADS.id) & (other.c.id == pairs.c.thread_id),
            )
        )
        .where(other.c.series_id != _THREADS.series_id)
    )
