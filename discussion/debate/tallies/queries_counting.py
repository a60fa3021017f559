"""Counting threads anew, from positions, tags and links: the truth that tallies keep."""

from collections import Counter
from collections.abc import Collection, Mapping
from hashlib import sha256
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from discussion.debate.positions.models import EvidenceLink, Position, ValueTag
from discussion.debate.positions.queries.meant import meant
from discussion.debate.tallies.words import (
    CITED,
    KINDS,
    NOTHING,
    OUTWEIGHED,
    POSITIONS,
    PROPOSED,
    SERVED,
)
from discussion.permissions.facts import TEXT_STATES
from discussion.series.values.models import Value, ValueProposal

Key = tuple[str, int]  # kind, subject's id
Counts = Mapping[int, Counter[Key]]  # thread id → what it adds


def count_threads(
    session: Session,
    thread_ids: Collection[int],
    series_id: int,
    kinds: Collection[str] = KINDS,
) -> Counts:
    """What these threads of one series add, of these kinds."""
    found: dict[int, Counter[Key]] = {id: Counter() for id in thread_ids}
    if not found:
        return found
    plain = union_all(
        select(Position.thread_id, literal(POSITIONS), literal(NOTHING), func.count())
        .where(Position.thread_id.in_(thread_ids))
        .where(Position.state.in_(TEXT_STATES))
        .group_by(Position.thread_id),
        select(
            Position.thread_id,
            literal(CITED),
            EvidenceLink.item_id,
            func.count(func.distinct(Position.id)),
        )
        .join(EvidenceLink, EvidenceLink.revision_id == Position.live_revision_id)
        .where(Position.thread_id.in_(thread_ids))
        .where(Position.state.in_(TEXT_STATES))
        .group_by(Position.thread_id, EvidenceLink.item_id),
    )
    for thread_id, kind, subject_id, number in session.execute(plain):
        found[thread_id][kind, subject_id] = int(number)
    if not {SERVED, OUTWEIGHED, PROPOSED}.isdisjoint(kinds):
        _count_values(session, series_id, found)
    return {
        id: +Counter({key: n for key, n in counts.items() if key[0] in kinds})
        for id, counts in found.items()
    }


def _count_values(session: Session, series_id: int, found: Mapping[int, Counter[Key]]) -> None:
    rows = session.scalars(select(Value).where(Value.series_id == series_id))
    values = {row.id: row for row in rows}
    tags = session.execute(
        select(
            Position.thread_id,
            ValueTag.revision_id,
            func.coalesce(ValueTag.value_id, ValueProposal.value_id).label("value_id"),
            ValueTag.is_outweighed,
            ValueTag.rank,
        )
        .join(ValueTag, ValueTag.revision_id == Position.live_revision_id)
        .outerjoin(ValueProposal, ValueProposal.id == ValueTag.proposal_id)
        .where(Position.thread_id.in_(found))
        .where(Position.state.in_(TEXT_STATES))
        .order_by(ValueTag.revision_id)
    )
    for _revision, together in groupby(tags, key=attrgetter("revision_id")):
        own = list(together)
        adds = found[own[0].thread_id]
        adds[PROPOSED, NOTHING] += sum(tag.value_id is None for tag in own)
        for one in meant(own, values):
            if one.value:
                adds[OUTWEIGHED if one.is_outweighed else SERVED, one.value.id] += 1


def read_meaning(session: Session, series_id: int) -> str:
    """A word for what tags of a series mean: another one after a merge, or an accepted proposal."""
    rows = session.execute(
        union_all(
            select(literal("value"), Value.id, Value.replaced_by_id)
            .where(Value.series_id == series_id)
            .where(Value.replaced_by_id.is_not(None)),
            select(literal("proposal"), ValueProposal.id, ValueProposal.value_id)
            .where(ValueProposal.series_id == series_id)
            .where(ValueProposal.value_id.is_not(None)),
        )
    )
    said = " ".join(sorted(f"{kind}{id}-{means}" for kind, id, means in rows))
    return sha256(said.encode()).hexdigest()[:16] if said else ""
