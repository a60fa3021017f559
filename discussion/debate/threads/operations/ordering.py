"""Putting positions in order and under headings: one by one, or all of them at once.

A moderator's own position keeps its place on its shelf: the others are ordered around it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts_arranging import PINNED, Arrangement
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.queries.shelves import list_headings, list_shown, shelf_of, shelve
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.problems import Refused

STEPS = ("first", "up", "down")
LAST = 1_000_000


class Rearranged(Exception):
    """Somebody else ordered the positions after the page was opened that this came from."""


def arrange_positions(
    session: Session, actor: Viewer, thread: Thread, wanted: Arrangement, *, now: datetime
) -> bool:
    """Save a whole order, with the heading of each position; returns whether anything changed.

    What was seen and has no place in it, as on another page of the list, keeps its own; what was
    published meanwhile comes last on its shelf. Raises Rearranged, and nothing is saved,
    when what the moderator saw is not what is there.
    """
    require(actor, May.CURATE_THREAD, thread)
    lock_positions(session, thread)
    shelves = shelve(list_shown(session, thread), list_headings(session, thread))
    if _seen_now(shelves, wanted) != _seen_then(shelves, wanted):
        raise Rearranged
    before = _spots(shelves)
    after = _arranged(actor, shelves, wanted)
    _write(after)
    if _spots(after) == before:
        return False
    thread.changed_at = now
    order = [row.public_id for rows in after.values() for row in rows]
    record(session, actor, thread, "order", now=now, positions=order)
    return True


def order_position(
    session: Session, actor: Viewer, position: Position, to: str, *, now: datetime
) -> None:
    """Move a position first, up or down on its shelf."""
    require(actor, May.CURATE_POSITION, position)
    if to not in STEPS:
        raise Refused(_("A position moves first, up or down."))
    thread = position.thread
    lock_positions(session, thread)
    shelves = shelve(list_shown(session, thread), list_headings(session, thread))
    shelf = shelf_of(position)
    placed = _placed_by(actor, shelves[shelf])
    at = placed.index(position)
    target = {"first": 0, "up": max(at - 1, 0), "down": min(at + 1, len(placed) - 1)}[to]
    placed.insert(target, placed.pop(at))
    _write(shelves | {shelf: _around_own(actor, shelves[shelf], placed)})
    record(session, actor, position, "order", now=now, to=to)


def lock_positions(session: Session, thread: Thread) -> None:
    """Hold the positions, then their thread: in the order in which those who write hold them."""
    session.flush()
    session.execute(
        select(Position.id)
        .where(Position.thread_id == thread.id)
        .order_by(Position.id)
        .with_for_update(key_share=True)
    )
    lock_thread(session, thread)


def _seen_now(shelves: dict[str, list[Position]], wanted: Arrangement) -> list[tuple[str, str]]:
    known = {public_id for _shelf, public_id in wanted.seen}
    return [
        (shelf, row.public_id)
        for shelf, rows in shelves.items()
        for row in rows
        if row.public_id in known
    ]


def _seen_then(shelves: dict[str, list[Position]], wanted: Arrangement) -> list[tuple[str, str]]:
    """What has left the thread since is no disagreement about the order of the rest."""
    there = {row.public_id for rows in shelves.values() for row in rows}
    return [spot for spot in wanted.seen if spot[1] in there]


def _spots(shelves: dict[str, list[Position]]) -> list[tuple[str, str]]:
    return [(shelf, row.public_id) for shelf, rows in shelves.items() for row in rows]


def _arranged(
    actor: Viewer, shelves: dict[str, list[Position]], wanted: Arrangement
) -> dict[str, list[Position]]:
    placed: dict[str, list[tuple[tuple[int, int, int], Position]]] = {each: [] for each in shelves}
    seen = {public_id for _shelf, public_id in wanted.seen}
    for shelf, rows in shelves.items():
        for at, row in enumerate(rows):
            if not _places(actor, row):
                continue
            to, key = _asked(shelf, at, row, wanted, seen)
            placed[to if to in shelves else shelf].append((key, row))
    return {
        shelf: _around_own(
            actor, shelves[shelf], [row for _key, row in sorted(pairs, key=lambda pair: pair[0])]
        )
        for shelf, pairs in placed.items()
    }


def _asked(
    shelf: str, at: int, row: Position, wanted: Arrangement, seen: Collection[str]
) -> tuple[str, tuple[int, int, int]]:
    """To which shelf, and a key to sort by there.

    Of two positions under one number the one that was moved there has it: so a two typed where a
    five stood puts that position second, and a five typed where a two stood puts it fifth.
    """
    place = wanted.places.get(row.public_id)
    if place is None:
        return shelf, (at + 1 if row.public_id in seen else LAST, 1, at)
    to = PINNED if shelf == PINNED else "" if place.shelf == PINNED else place.shelf
    if to != shelf or place.number < at + 1:
        return to, (place.number, 0, at)
    return to, (place.number, 1 if place.number == at + 1 else 2, at)


def _placed_by(actor: Viewer, rows: Sequence[Position]) -> list[Position]:
    return [row for row in rows if _places(actor, row)]


def _around_own(
    actor: Viewer, before: Sequence[Position], placed: Sequence[Position]
) -> list[Position]:
    """What the actor may place, in the order asked for, and their own where they stood."""
    made = list(placed)
    for at, row in enumerate(before):
        if not _places(actor, row):
            made.insert(min(at, len(made)), row)
    return made


def _places(actor: Viewer, row: Position) -> bool:
    return allowed(actor, May.CURATE_POSITION, row)


def _write(shelves: dict[str, list[Position]]) -> None:
    place = 0
    for shelf, rows in shelves.items():
        for row in rows:
            place += 1
            row.order = place
            if shelf != PINNED:
                row.heading_id = int(shelf) if shelf else None
