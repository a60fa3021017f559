"""Who relies on an item: the published positions whose live version cites it, and responses."""

from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import EvidenceLink, Position, Response
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person


class Relying(NamedTuple):
    """Something that relies on an item, and where it is read."""

    written: Position | Response
    path: str


def citing(item: EvidenceItem) -> Select[Position]:
    """Wherever they stand; for letters to their authors, and not for showing."""
    revisions = select(EvidenceLink.revision_id).where(EvidenceLink.item_id == item.id)
    return (
        select(Position)
        .join(Thread, Thread.id == Position.thread_id)
        .where(Position.live_revision_id.in_(revisions))
        .where(Position.state == "published")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .order_by(Position.id)
    )


def answering_with(item: EvidenceItem) -> Select[Response]:
    """Published responses that bring it, wherever their positions stand; for letters alone."""
    return (
        select(Response)
        .join(Response.position)
        .join(Position.thread)
        .where(Response.item_id == item.id, Response.state == "published")
        .where(Position.state == "published")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .order_by(Response.id)
    )


def list_people_citing(session: Session, item: EvidenceItem) -> list[int]:
    """Their authors; for a guest of a round table, who entered it. Only who can be written to."""
    ids: dict[int, None] = {}
    for position in session.scalars(citing(item)):
        ids[writer_of(position)] = None
    for response in session.scalars(answering_with(item)):
        ids[response.author_id] = None
    rows = session.scalars(
        select(Person.id)
        .where(Person.id.in_(ids))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
    )
    reached = set(rows)
    return [id for id in ids if id in reached]


def list_citing_of(session: Session, item: EvidenceItem, person_id: int) -> list[Relying]:
    """What one of them wrote: positions, then responses."""
    responses = session.scalars(answering_with(item).where(Response.author_id == person_id))
    return [
        *(
            Relying(one, paths.position(one.public_id))
            for one in session.scalars(citing(item))
            if writer_of(one) == person_id
        ),
        *(Relying(one, paths.response(one.position.public_id, one.public_id)) for one in responses),
    ]


def writer_of(position: Position) -> int:
    """Who can change it."""
    return position.entered_by_id or position.author_id
