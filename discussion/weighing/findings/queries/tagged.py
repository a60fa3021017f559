"""Reading what positions say of values and evidence, as everybody who reads the thread may."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.positions.queries.card_statements import FAIR_COUNT
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
    served_by,
)

OTHER_LABEL = _l("another value")
RETRACTED = "retracted"
_ROLE_STEP, _PHASE_STEP = 0, 1  # of the label ladder: up to here roles and phases are told


def read_tags(session: Session, thread: Thread) -> GivenTags:
    """The thread's published positions, the series' values, and related threads."""
    return read_tags_of(session, [thread])[thread.id]


def read_tags_of(session: Session, threads: Sequence[Thread]) -> dict[int, GivenTags]:
    """The same of many threads, by id, in as many statements as of one."""
    series = {each.series_id for each in threads}
    values = {
        row.id: row for row in session.scalars(select(Value).where(Value.series_id.in_(series)))
    }
    related = _related(session, threads)
    ids = {thread.id for thread in (*threads, *chain.from_iterable(related.values()))}
    found = _positions(session, ids, values)
    restated = _restated(session, [thread.id for thread in threads])
    labels: dict[int, dict[str, str]] = {id: {} for id in series}
    for row in values.values():
        labels[row.series_id][row.slug] = row.label
    retracted = _retracted(session, series)
    return {
        thread.id: _tags(
            thread,
            found,
            related.get(thread.id, []),
            labels[thread.series_id] | {OTHER_VALUE: str(OTHER_LABEL)},
            retracted.get(thread.series_id, frozenset()),
            restated.get(thread.id, 0),
        )
        for thread in threads
    }


def _tags(
    thread: Thread,
    found: Mapping[int, tuple[GivenPosition, ...]],
    related: Sequence[Thread],
    labels: Mapping[str, str],
    retracted: frozenset[str],
    restated: int,
) -> GivenTags:
    own = [found.get(each.id, ()) for each in (thread, *related)]
    named = {slug for each in own for one in each for slug in one.served}
    return GivenTags(
        positions=own[0],
        values={slug: labels[slug] for slug in sorted(named)},
        levels=tuple(of_series(thread.series.slug).levels),
        retracted=retracted,
        scales=read_scales(thread),
        related=tuple(
            GivenThread(each.slug, each.question, found[each.id])
            for each in related
            if found.get(each.id)
        ),
        restated=restated,
    )


def _restated(session: Session, thread_ids: Collection[int]) -> dict[int, int]:
    """How many of each thread's positions bear the mark that their cards show."""
    rows = session.execute(
        select(Position.thread_id, func.count())
        .where(Position.thread_id.in_(thread_ids))
        .where(Position.state == "published")
        .where(FAIR_COUNT > 0)
        .group_by(Position.thread_id)
    )
    return {thread_id: count for thread_id, count in rows}  # noqa: C416


def _retracted(session: Session, series: Collection[int]) -> dict[int, frozenset[str]]:
    """Items that were retracted, by series."""
    found: dict[int, set[str]] = {}
    for series_id, item in session.execute(
        select(EvidenceItem.series_id, EvidenceItem.public_id)
        .where(EvidenceItem.series_id.in_(series))
        .where(EvidenceItem.status == RETRACTED)
    ):
        found.setdefault(series_id, set()).add(item)
    return {id: frozenset(items) for id, items in found.items()}


def _related(session: Session, threads: Sequence[Thread]) -> dict[int, list[Thread]]:
    """Threads of the series that a moderator put beside each, and that its readers may read."""
    own = {each.id: each.series_id for each in threads}
    rows = session.execute(
        select(RelatedThread.thread_id, RelatedThread.other_id).where(
            or_(RelatedThread.thread_id.in_(own), RelatedThread.other_id.in_(own))
        )
    ).all()
    beside: dict[int, set[int]] = {}
    for one, other in (*rows, *((other, one) for one, other in rows)):
        if one in own and one != other:
            beside.setdefault(one, set()).add(other)
    readable = session.scalars(
        select(Thread)
        .where(Thread.id.in_({id for ids in beside.values() for id in ids}))
        .where(Thread.stage != "proposed")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .order_by(Thread.id)
    ).all()
    return {
        id: [each for each in readable if each.id in ids and each.series_id == own[id]]
        for id, ids in beside.items()
    }


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
