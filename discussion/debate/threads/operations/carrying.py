"""Carrying positions from one thread to another, with everything that hangs on them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from discussion.debate.positions.models import EditorsNote, Position, Response
from discussion.debate.positions.operations.naming import (
    come_home,
    give_letter,
    give_number,
    keep_apart,
)
from discussion.debate.positions.operations.publishing import tighten
from discussion.debate.positions.operations.seats import settle_seat
from discussion.debate.threads.models import Heading, RelatedThread, Thread
from discussion.language import _
from discussion.problems import Refused

TRIES = 20
Place = Mapping[str, Any]  # where a position stood among others, as Regrouping.before keeps it


def lock_rows(session: Session, leaving: Thread, *entering: Thread) -> None:
    """Hold everything written in the thread that positions leave, then the threads themselves.

    In the order in which those who write hold things: responses, positions, then threads by their
    ids; so nobody waits in a circle. What was published while this waited for the threads is not
    held yet: then all is let go, and tried again.
    """
    session.flush()
    ids = sorted({leaving.id, *(thread.id for thread in entering)})
    if not any(_holds(session, leaving, ids) for _try in range(TRIES)):
        raise Refused(_("Too much is being written here just now. Try again in a moment."))
    for thread in (leaving, *entering):
        session.refresh(thread)


def list_positions(session: Session, thread: Thread) -> list[Position]:
    """Every position of a held thread, in every state, as it is now."""
    return list(
        session.scalars(
            select(Position)
            .where(Position.thread_id == thread.id)
            .order_by(Position.number.is_(None), Position.number, Position.id)
            .execution_options(populate_existing=True)
        )
    )


def carry(
    session: Session, position: Position, target: Thread, *, back: Place | None = None
) -> dict[str, Any]:
    """Let a position stand in another thread; returns where it stood, for `back` of an undoing.

    Its number, letters and place among others belong to a thread, so it gets new ones; with `back`
    its former ones where they are free. Its label and its placements stay as they are. Whatever is
    written in it becomes as strict as the thread asks, and never looser.
    """
    before = {
        "number": position.number,
        "order": position.order,
        "is_pinned": position.is_pinned,
        "heading_id": position.heading_id,
    }
    answers = _answers(session, position)
    items: list[Position | Response] = [position, *answers]
    for item in items:
        keep_apart(item, position.thread_id)
    with session.no_autoflush:
        position.number = None
        position.thread = target
        position.thread_id = target.id
        _place(session, position, target, back or {})
        settle_seat(session, position)
    if before["number"] is not None:
        position.number = _number(session, target, back)
        session.flush()
    _name(session, items, target)
    return before


def carry_notes(
    session: Session, source: Thread, target: Thread, *, only: Collection[int] | None = None
) -> list[int]:
    """Let the notes on a thread stand on another; all of them, or these."""
    notes = EditorsNote.thread_id == source.id
    which = notes if only is None else notes & EditorsNote.id.in_(only)
    moved = list(session.scalars(select(EditorsNote.id).where(which)))
    session.execute(
        update(EditorsNote).where(EditorsNote.id.in_(moved)).values(thread_id=target.id)
    )
    return moved


def carry_related(
    session: Session, source: Thread, target: Thread, *, only: Collection[int] | None = None
) -> list[int]:
    """Let what was related to a thread be related to another, where it is not already."""
    rows = session.scalars(
        select(RelatedThread).where(
            (RelatedThread.thread_id == source.id) | (RelatedThread.other_id == source.id)
        )
    ).all()
    known = _ends(session, target)
    moved = []
    for row in rows if only is None else [row for row in rows if row.id in only]:
        other = row.other_id if row.thread_id == source.id else row.thread_id
        if other == target.id or other in known:
            continue
        known.add(other)
        row.thread_id, row.other_id = (
            (target.id, other) if row.thread_id == source.id else (other, target.id)
        )
        moved.append(row.id)
    session.flush()
    return moved


def _ends(session: Session, thread: Thread) -> set[int]:
    rows = session.execute(
        select(RelatedThread.thread_id, RelatedThread.other_id).where(
            (RelatedThread.thread_id == thread.id) | (RelatedThread.other_id == thread.id)
        )
    )
    return {end for row in rows for end in row} - {thread.id}


def _holds(session: Session, leaving: Thread, ids: Collection[int]) -> bool:
    with session.begin_nested() as step:
        held = _contributions(session, leaving.id, locks=True)
        session.execute(
            select(Thread.id).where(Thread.id.in_(ids)).order_by(Thread.id).with_for_update()
        )
        is_all = _contributions(session, leaving.id) == held
        if not is_all:
            step.rollback()
    return is_all


def _contributions(
    session: Session, thread_id: int, *, locks: bool = False
) -> tuple[list[int], list[int]]:
    responses = (
        select(Response.id)
        .join(Position, Position.id == Response.position_id)
        .where(Position.thread_id == thread_id)
        .order_by(Response.id)
    )
    positions = select(Position.id).where(Position.thread_id == thread_id).order_by(Position.id)
    if locks:
        responses = responses.with_for_update(of=Response)
        positions = positions.with_for_update()
    return list(session.scalars(responses)), list(session.scalars(positions))


def _place(session: Session, position: Position, target: Thread, back: Place) -> None:
    heading = session.get(Heading, back["heading_id"]) if back.get("heading_id") else None
    position.order = back.get("order")
    position.is_pinned = back.get("is_pinned", False)
    position.heading_id = heading.id if heading and heading.thread_id == target.id else None


def _number(session: Session, target: Thread, back: Place | None) -> int:
    """Its former number if it goes back and nobody has it now; else one as for a new position."""
    former: int | None = back.get("number") if back else None
    if former is not None and not session.scalar(
        select(Position.id).where(Position.thread_id == target.id).where(Position.number == former)
    ):
        return former
    return give_number(session, target)


def _answers(session: Session, position: Position) -> list[Response]:
    return list(
        session.scalars(
            select(Response)
            .where(Response.position_id == position.id)
            .order_by(Response.public_id)  # at random, so that letters tell no order
            .execution_options(populate_existing=True)
        )
    )


def _name(session: Session, items: Sequence[Position | Response], target: Thread) -> None:
    """As strict as the thread asks, and known by letters of this thread: so too all who answer."""
    for item in items:
        tighten(session, item, target.attribution)
        come_home(item, target.id)
        if item.first_published_at is not None:
            give_letter(session, target.id, item.author_id, item.attribution, item.strand)
    session.flush()
