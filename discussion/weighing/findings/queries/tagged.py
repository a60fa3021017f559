"""Reading what positions say of values and evidence, as everybody who reads the thread may."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.positions.queries.naming import CONTRIBUTOR_STEP
from discussion.debate.threads.models import RelatedThread, Thread
from discussion.language import _l
from discussion.series.values.models import Value
from discussion.vocabulary import of_series
from discussion.vocabulary.shape import OTHER
from discussion.weighing.findings.computing.given import GivenPosition, GivenTags, GivenThread
from discussion.weighing.findings.queries.inputs import (
    OTHER_VALUE,
    places_of,
    read_scales,
    read_values,
    served_by,
)

OTHER_LABEL = _l("another value")
RETRACTED = "retracted"
_ROLE_STEP, _PHASE_STEP = 0, 1  # of the label ladder: up to here roles and phases are told


def read_tags(session: Session, thread: Thread) -> GivenTags:
    """The thread's published positions, the series' values, and related threads."""
    values = read_values(session, thread.series_id)
    related = _related(session, thread)
    found = _positions(session, [thread.id, *(each.id for each in related)], values)
    named = {slug for each in found.values() for one in each for slug in one.served}
    labels = {row.slug: row.label for row in values.values()} | {OTHER_VALUE: str(OTHER_LABEL)}
    return GivenTags(
        positions=found.get(thread.id, ()),
        values={slug: labels[slug] for slug in sorted(named)},
        levels=tuple(of_series(thread.series.slug).levels),
        retracted=frozenset(
            session.scalars(
                select(EvidenceItem.public_id)
                .where(EvidenceItem.series_id == thread.series_id)
                .where(EvidenceItem.status == RETRACTED)
            )
        ),
        scales=read_scales(thread),
        related=tuple(
            GivenThread(each.slug, each.question, found[each.id])
            for each in related
            if found.get(each.id)
        ),
    )


def _related(session: Session, thread: Thread) -> list[Thread]:
    """Threads of the series that a moderator put beside this one, and that its readers may read."""
    rows = session.execute(
        select(RelatedThread.thread_id, RelatedThread.other_id).where(
            or_(RelatedThread.thread_id == thread.id, RelatedThread.other_id == thread.id)
        )
    )
    ids = {id for row in rows for id in row} - {thread.id}
    return list(
        session.scalars(
            select(Thread)
            .where(Thread.id.in_(ids))
            .where(Thread.series_id == thread.series_id)
            .where(Thread.stage != "proposed")
            .where(Thread.is_hidden.is_(False))
            .where(Thread.merged_into_id.is_(None))
            .order_by(Thread.id)
        )
    )


def _positions(
    session: Session, thread_ids: Iterable[int], values: dict[int, Value]
) -> dict[int, tuple[GivenPosition, ...]]:
    live = joinedload(Position.live)
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id.in_(tuple(thread_ids)))
        .where(Position.state == "published")
        .options(
            joinedload(Position.author),
            live.selectinload(Revision.tags).joinedload(ValueTag.proposal),
            live.selectinload(Revision.links).joinedload(EvidenceLink.item),
        )
        .order_by(Position.public_id)
    )
    found: dict[int, list[GivenPosition]] = {}
    for row in rows:
        if row.live is not None:
            found.setdefault(row.thread_id, []).append(_told(row, row.live, values))
    return {id: tuple(each) for id, each in found.items()}


def _told(position: Position, live: Revision, values: dict[int, Value]) -> GivenPosition:
    role, family, phase = _byline_of(position)
    return GivenPosition(
        id=position.public_id,
        role=role,
        family=family,
        phase=phase,
        level=live.level,
        served=served_by(live.tags, values),
        outweighed=_outweighed(live, values),
        links=tuple(
            (link.item.public_id, link.stance) for link in live.links if not link.item.is_hidden
        ),
        places=places_of(live),
    )


def _outweighed(live: Revision, values: dict[int, Value]) -> tuple[str, ...]:
    """Nothing that is served too, as two values that are not in the list may both be."""
    served = served_by(live.tags, values)
    return tuple(
        each
        for each in served_by(live.tags, values, outweighed=True)
        if served and each not in served
    )


def _byline_of(position: Position) -> tuple[str, str, str]:
    """Role, family and phase, as far as the position's byline tells them."""
    if position.attribution == "chatham_house" or not position.label_role:
        return "", "", ""
    is_by_name = position.attribution == "named" and position.author.left_at is None
    step = 0 if is_by_name else position.label_step
    known = of_series(position.thread.series.slug)
    family = known.family_of(position.label_role) or OTHER
    return (
        position.label_role if step <= _ROLE_STEP else "",
        family if step < CONTRIBUTOR_STEP else "",
        position.label_phase if step <= _PHASE_STEP else "",
    )
