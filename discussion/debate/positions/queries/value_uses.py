"""Which positions name which values today, as far as a viewer may read them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, or_, select
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

ON_A_PAGE = 40


def _live_tags(viewer: Viewer | None, series: Series, *columns: Any) -> Select[Any]:
    """Tags of what is published now: live revisions of positions whose text may be read.

    A proposal that a moderator accepted means the value it was accepted as.
    """
    return (
        select(*columns)
        .select_from(ValueTag)
        .join(Position, Position.live_revision_id == ValueTag.revision_id)
        .join(Position.thread)
        .join(Thread.series)
        .outerjoin(ValueProposal, ValueProposal.id == ValueTag.proposal_id)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
    )


_MEANT = func.coalesce(ValueTag.value_id, ValueProposal.value_id)


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
    other = aliased(ValueTag)
    proposed = aliased(ValueProposal)
    on_the_other_side = (
        select(other.id)
        .outerjoin(proposed, proposed.id == other.proposal_id)
        .where(other.revision_id == ValueTag.revision_id)
        .where(other.is_outweighed.is_not(asked.is_outweighed))
        .where(func.coalesce(other.value_id, proposed.value_id).in_(asked.meaning))
        .exists()
    )
    best = (
        func.row_number()
        .over(partition_by=Position.public_id, order_by=(ValueTag.rank, ValueTag.id))
        .label("place")
    )
    named = (
        _live_tags(viewer, asked.series, Position.public_id, ValueTag.id, best)
        .where(_MEANT.in_(asked.meaning))
        .where(ValueTag.is_outweighed.is_(asked.is_outweighed))
        .where(or_(ValueTag.value_id == asked.value_id, ~on_the_other_side))
        .subquery()
    )
    one_side = select(named.c.public_id, named.c.id).where(named.c.place == 1)
    count = session.scalar(select(func.count()).select_from(one_side.subquery())) or 0
    picked = (
        one_side.where(named.c.public_id > asked.after)
        .order_by(named.c.public_id)
        .limit(ON_A_PAGE + 1)
    ).subquery()
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
        )
        .select_from(picked)
        .join(ValueTag, ValueTag.id == picked.c[1])
        .join(Revision, Revision.id == ValueTag.revision_id)
        .join(Position, Position.id == Revision.position_id)
        .join(Position.thread)
        .order_by(Position.public_id)
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
        for position, claim, language, question, spoken, thread, rank, gloss, muted in rows[
            :ON_A_PAGE
        ]
    )
    name = "outweighed" if asked.is_outweighed else "served"
    more = f"{asked.here}?{name}={rows[ON_A_PAGE - 1][0]}#{name}" if len(rows) > ON_A_PAGE else ""
    return Side(uses, count, more)


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
