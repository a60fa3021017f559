"""Which positions name which values today, as far as a viewer may read them."""

from collections.abc import Mapping

from sqlalchemy import ScalarSelect, Select, and_, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from discussion import paths
from discussion.debate.mutes.queries import MUTED, mute_of
from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.tallies.queries import read_sums
from discussion.debate.tallies.words import NOTHING, OUTWEIGHED, PROPOSED, SERVED
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions
from discussion.series.series.models import Series
from discussion.series.values.models import (
    ValueProposal,
)
from discussion.series.values.queries_higher import SideAsked
from discussion.series.values.shapes import Side, Use
from discussion.text import Spoken

ON_A_PAGE = 20


def count_uses(
    session: Session, viewer: Viewer | None, series: Series
) -> Mapping[tuple[int, bool], int]:
    """(value id, is outweighed) → positions, each of which counts once for one value."""
    sums = read_sums(session, viewer, series, (SERVED, OUTWEIGHED))
    return {(id, kind == OUTWEIGHED): number for (kind, id), number in sums.items()}


def count_proposed(session: Session, viewer: Viewer | None, series: Series) -> int:
    """How many tags of live versions name a value that the set does not have."""
    return read_sums(session, viewer, series, (PROPOSED,)).get((PROPOSED, NOTHING), 0)


def list_side(session: Session, viewer: Viewer | None, asked: SideAsked) -> Side:
    """One side of a value's page.

    What a merge would put on both sides stands only where its author named this very value.
    """
    picked = _picked(session, viewer, asked).subquery()
    rows = session.execute(
        select(
            Position.public_id,
            Revision.claim,
            Revision.language,
            Thread.question,
            Thread.language,
            Thread.slug,
            ValueTag.rank,
            ValueTag.gloss,
            mute_of(viewer, Position),
            ValueTag.place,
        )
        .select_from(picked)
        .join(ValueTag, ValueTag.id == picked.c.id)
        .join(Revision, Revision.id == ValueTag.revision_id)
        .join(Position, Position.id == Revision.position_id)
        .join(Position.thread)
        .order_by(ValueTag.place, ValueTag.id)
    ).all()
    uses = tuple(
        Use(
            str(MUTED) if muted else claim,
            language,
            paths.position(position),
            Spoken(question, spoken),
            paths.thread(thread),
            rank,
            "" if muted else gloss,
        )
        for position, claim, language, question, spoken, thread, rank, gloss, muted, _ in rows[
            :ON_A_PAGE
        ]
    )
    name = "outweighed" if asked.is_outweighed else "served"
    is_more = len(rows) > ON_A_PAGE
    more = f"{asked.here}?{name}={rows[ON_A_PAGE - 1].place}#{name}" if is_more else ""
    return Side(uses, asked.count, more)


def _picked(session: Session, viewer: Viewer | None, asked: SideAsked) -> Select[int]:
    """One page of tags, by their random places, and one more if there is another page.

    Each id that means the value, and the proposals, is walked in the order of its index and no
    further than the page.
    """
    proposals = session.scalars(
        select(ValueProposal.id).where(ValueProposal.value_id.in_(asked.meaning))
    ).all()
    named = [ValueTag.value_id == id for id in asked.meaning]
    if proposals:
        named.append(ValueTag.proposal_id.in_(proposals))
    walks = [
        _side(viewer, asked)
        .where(which)
        .order_by(ValueTag.place, ValueTag.id)
        .limit(ON_A_PAGE + 1)
        .subquery()
        for which in named
    ]
    every = union_all(*(select(walk.c.id, walk.c.place) for walk in walks)).subquery()
    return select(every.c.id).order_by(every.c.place, every.c.id).limit(ON_A_PAGE + 1)


def _side(viewer: Viewer | None, asked: SideAsked) -> Select[int, str]:
    """Tags of live versions; of several of one position that of the best rank stands alone."""
    against, beside = aliased(ValueTag), aliased(ValueTag)
    opposed = _together(against, asked).where(against.is_outweighed.is_not(asked.is_outweighed))
    is_opposed = opposed.correlate(ValueTag).exists()
    better = (
        _together(beside, asked)
        .where(beside.is_outweighed.is_(asked.is_outweighed))
        .where(tuple_(beside.rank, beside.id) < tuple_(ValueTag.rank, ValueTag.id))
        .where(or_(beside.value_id == asked.value_id, ~is_opposed))
    )
    return (
        select(ValueTag.id, ValueTag.place)
        .join(Revision, Revision.id == ValueTag.revision_id)
        .join(
            Position,
            and_(Position.id == Revision.position_id, Position.live_revision_id == Revision.id),
        )
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id == asked.series.id)
        .where(published_positions(viewer))
        .where(ValueTag.is_outweighed.is_(asked.is_outweighed))
        .where(ValueTag.place > asked.after)
        .where(or_(ValueTag.value_id == asked.value_id, ~is_opposed))
        .where(~better.correlate(ValueTag).exists())
    )


def _together(tag: type[ValueTag], asked: SideAsked) -> Select[int]:
    """Tags of the same version, beside a ValueTag of the statement around, that mean the value."""
    proposed = aliased(ValueProposal)
    return (
        select(tag.id)
        .outerjoin(proposed, proposed.id == tag.proposal_id)
        .where(tag.revision_id == ValueTag.revision_id)
        .where(func.coalesce(tag.value_id, proposed.value_id).in_(asked.meaning))
    )


def naming_proposal() -> ScalarSelect[int]:
    """How many tags name a proposal, beside a ValueProposal of the statement around it."""
    return (
        select(func.count(ValueTag.id))
        .where(ValueTag.proposal_id == ValueProposal.id)
        .correlate(ValueProposal)
        .scalar_subquery()
    )


def first_proposed_in(session: Session, proposal: ValueProposal, person_id: int) -> str:
    """The public id of their first position that names it; no others, which may be other voices."""
    return (
        session.scalar(
            select(Position.public_id)
            .join(Revision, Revision.position_id == Position.id)
            .join(ValueTag, ValueTag.revision_id == Revision.id)
            .where(ValueTag.proposal_id == proposal.id)
            .where(Position.author_id == person_id)
            .order_by(Revision.id)
            .limit(1)
        )
        or ""
    )
