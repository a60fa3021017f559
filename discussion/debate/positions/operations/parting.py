"""Saying privately where one parts from a position; only frozen counts are ever shown."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.debate.positions.models import Part, PartCounts, Position
from discussion.debate.positions.words import PART_OVER, PART_STANCES, REASONABLE
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem
from discussion.series.members.models import Membership

PARTS_FROM = ("1", "2", "3")  # only who does not agree is asked over what, and whether reasonable


def answer_part(
    session: Session,
    actor: Viewer,
    position: Position,
    *,
    stance: str,
    over: Collection[str] = (),
    reasonable: str = "",
    now: datetime,
) -> Part:
    """Keep the actor's latest answer; raises Invalid for an answer that is not on the form."""
    require(actor, May.PART, position)
    if stance not in PART_STANCES:
        raise Invalid([Problem("stance", _("Choose how far you agree, or “Don’t know”."))])
    if any(each not in PART_OVER for each in over):
        raise Invalid([Problem("over", _("Choose from the list what you disagree about."))])
    if reasonable and reasonable not in REASONABLE:
        raise Invalid([Problem("reasonable", _("Choose yes, no or not sure."))])
    parts_over = [each for each in PART_OVER if each in over] if stance in PARTS_FROM else []
    is_reasonable = reasonable if stance in PARTS_FROM else ""
    part = find_part(session, position, actor.person_id)
    if part is None:
        part = Part(
            position_id=position.id,
            person_id=actor.person_id,
            stance=stance,
            over=parts_over,
            reasonable=is_reasonable,
            answered_at=now,
        )
        if add_unless_there(session, part):
            return part
        part = find_part(session, position, actor.person_id)  # a second click was quicker
    assert part is not None
    part.stance, part.over = stance, parts_over
    part.reasonable, part.answered_at = is_reasonable, now
    session.flush()
    return part


def take_back_part(session: Session, actor: Viewer, position: Position) -> None:
    """Forget the actor's answer, also where none is taken any more."""
    require(actor, May.TAKE_BACK_PART, position)
    part = find_part(session, position, actor.person_id)
    if part is not None:
        session.delete(part)
        session.flush()


def forget_parts(session: Session, person_id: int) -> None:
    """Forget every answer of somebody's; what was counted of them stays as it was counted.

    Asks no right: it is called for people who take their answers along.
    """
    session.execute(delete(Part).where(Part.person_id == person_id))


def find_part(session: Session, position: Position, person_id: int) -> Part | None:
    """Somebody’s private answer to a position, which nobody else is shown; None without one."""
    return session.scalar(
        select(Part).where(Part.position_id == position.id).where(Part.person_id == person_id)
    )


def freeze_part_counts(session: Session, thread: Thread, now: datetime) -> None:
    """Count what was said, once, as the thread leaves `open`; nothing is kept under `min_group`.

    Only distinct admitted members count. Shape of counts: {"stance": {…}, "over": {…},
    "reasonable": {…}}, each a vocabulary slug → people.
    """
    series = thread.series
    positions = session.scalars(select(Position).where(Position.thread_id == thread.id)).all()
    done = set(
        session.scalars(
            select(PartCounts.position_id)
            .where(PartCounts.thread_id == thread.id)
            .where(PartCounts.cycle == thread.cycle)
            .where(PartCounts.position_id.in_([position.id for position in positions]))
        )
    )
    for position in positions:
        if position.id in done:
            continue
        parts = _counted(session, position, series.id)
        is_enough = len(parts) >= series.min_group
        session.add(
            PartCounts(
                position_id=position.id,
                thread_id=thread.id,
                cycle=thread.cycle,
                people=len(parts) if is_enough else 0,
                counts=_tallies(parts) if is_enough else {},
                frozen_at=now,
            )
        )
    session.flush()


def _counted(session: Session, position: Position, series_id: int) -> list[Part]:
    rows = session.scalars(
        select(Part)
        .join(Membership, Membership.person_id == Part.person_id)
        .where(Part.position_id == position.id)
        .where(Membership.series_id == series_id)
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
    )
    return list(rows)


def _tallies(parts: list[Part]) -> dict[str, dict[str, int]]:
    return {
        "stance": dict(Counter(part.stance for part in parts)),
        "over": dict(Counter(each for part in parts for each in part.over)),
        "reasonable": dict(Counter(part.reasonable for part in parts if part.reasonable)),
    }
