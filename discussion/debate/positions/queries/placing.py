"""Where an author stood on a scale that was replaced, and where that would be on the new one."""

from dataclasses import dataclass

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.cards import step_in_words
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer, is_author
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Scale


@dataclass(frozen=True)
class Carry:
    """A place that is carried only when the author says so."""

    scale: str  # slug of the new one
    low: str
    high: str
    stood: str  # the words of the place on the earlier scale
    at: float  # the place that is offered on the new one, 0 … 1
    offered: str  # in words
    action_url: str
    revise_url: str


def places_to_carry(
    session: Session, viewer: Viewer | None, position: Position
) -> tuple[Carry, ...]:
    """For the author of a live version alone, while no other version of theirs waits."""
    live = position.live
    if live is None or not is_author(viewer, position):
        return ()
    if not any(scale.replaces for scale in position.thread.scales):
        return ()
    if not allowed(viewer, May.REVISE_POSITION, position):
        return ()
    if any(one.status == "pending" for one in position.revisions):
        return ()
    earlier = {
        row.slug: row
        for row in session.scalars(
            select(Scale).where(Scale.series_id == position.thread.series_id)
        )
    }
    taken = _taken(position)
    found = []
    for scale in position.thread.scales:
        if scale.slug in taken:
            continue
        was = [slug for slug in scale.replaces if slug in taken]
        if not was or was[-1] not in earlier:
            continue
        old = earlier[was[-1]]
        stood, said = taken[old.slug]
        at = 1 - stood if _is_turned(old, scale) else stood
        found.append(
            Carry(
                scale=scale.slug,
                low=scale.low,
                high=scale.high,
                stood=said or step_in_words(old, at=stood),
                at=at,
                offered=step_in_words(scale, at=at),
                action_url=paths.carry_place(position.public_id, scale.slug),
                revise_url=paths.revise(position.public_id) + "#part-place",
            )
        )
    return tuple(found)


def _taken(position: Position) -> dict[str, tuple[float, str]]:
    """By scale the place last taken on it, and its words then.

    A version made for another reason says nothing of scales that are gone; what was said stands.
    """
    return {
        slug: (float(at), str(row.place_words.get(slug, "")))
        for row in position.shown_revisions
        for slug, at in row.placements.items()
        if at is not None
    }


def _is_turned(old: Scale, new: Scale) -> bool:
    """Whether the new scale runs the other way, as far as its ends tell."""
    return text.fold(old.low) == text.fold(new.high) or text.fold(old.high) == text.fold(new.low)


def has_places(session: Session, scale: Scale) -> bool:
    """Whether any version of any position was ever placed on the scale."""
    named = cast(Revision.placements, String).contains(f'"{scale.slug}"', autoescape=True)
    found = session.scalar(
        select(Revision.id)
        .join(Position, Position.id == Revision.position_id)
        .join(Position.thread)
        .where(Thread.series_id == scale.series_id)
        .where(named)
        .limit(1)
    )
    return found is not None
