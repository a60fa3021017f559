"""What ids in a snapshot lead to, for this reader: items, positions, values and threads."""

from collections.abc import Collection

from sqlalchemy import BindParameter, bindparam, func, or_, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import EvidenceLink, Position
from discussion.debate.threads.models import OldAddress, Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import (
    WHOEVER,
    published_positions,
    visible_items,
    visible_threads,
    who_asks,
)
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.queries.presenters.basis import Known
from discussion.weighing.findings.shapes.groups import Link
from discussion.weighing.rounds.queries.lines import shown_lines

_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_SLUGS: BindParameter[str] = bindparam("slugs", expanding=True)
_ITEMS = (
    select(EvidenceItem.public_id, EvidenceItem.title)
    .join(EvidenceItem.series)
    .where(EvidenceItem.public_id.in_(_IDS))
    .where(visible_items(WHOEVER))
)
_POSITIONS = (
    select(
        Position.public_id,
        Position.number,
        func.count(func.distinct(EvidenceLink.item_id)),
    )
    .join(Position.thread)
    .join(Thread.series)
    .outerjoin(EvidenceLink, EvidenceLink.revision_id == Position.live_revision_id)
    .where(Position.public_id.in_(_IDS))
    .where(published_positions(WHOEVER))
    .group_by(Position.public_id, Position.number)
)
_THREADS = (
    select(OldAddress.slug, Thread.slug, Thread.question)
    .select_from(Thread)
    .join(Thread.series)
    .outerjoin(OldAddress, OldAddress.thread_id == Thread.id)
    .where(or_(Thread.slug.in_(_SLUGS), OldAddress.slug.in_(_SLUGS)))
    .where(visible_threads(WHOEVER))
)


def find_known(
    session: Session,
    viewer: Viewer | None,
    thread: Thread,
    content: Content,
    key: str,
    scope: str,
) -> Known:
    """As of now: what was withdrawn or hidden since has neither words nor an address any more."""
    sources = {id for each in content.ratings.statements for id in each.sources}
    related = {slug for each in content.levels for slug, _question in each.threads}
    positions, cited = _positions(session, viewer, sources)
    slug = thread.series.slug
    return Known(
        items=_items(session, viewer, slug, _item_ids(content, key)),
        positions=positions,
        cited=cited,
        values={each: paths.value(slug, each) for each in content.values if each != "other"},
        threads=_threads(session, viewer, related),
        lines=shown_lines(session, [content.ratings.round.id]).get(content.ratings.round.id, {}),
        scope=scope,
    )


def _item_ids(content: Content, key: str) -> set[str]:
    found = content.found.comparisons.get(key)
    if found is None or found.tags.overlap is None:
        return set()
    overlap, readings = found.tags.overlap, found.tags.readings
    conflicts = (each.item for each in readings if each.is_conflict)
    return {*overlap.shared, *overlap.retracted, *conflicts}


def _items(
    session: Session, viewer: Viewer | None, slug: str, ids: Collection[str]
) -> dict[str, Link]:
    if not ids:
        return {}
    rows = session.execute(_ITEMS, {"ids": list(ids), **who_asks(viewer)})
    return {id: Link(title, paths.item(slug, id)) for id, title in rows}


def _positions(
    session: Session, viewer: Viewer | None, ids: Collection[str]
) -> tuple[dict[str, Link], dict[str, int]]:
    """Positions that are still published, and how many items each cites."""
    if not ids:
        return {}, {}
    rows = session.execute(_POSITIONS, {"ids": list(ids), **who_asks(viewer)}).all()
    links = {
        id: Link(_("Position %(number)s", number=number), paths.position(id))
        for id, number, _cited in rows
    }
    return links, {id: cited for id, _number, cited in rows}


def _threads(session: Session, viewer: Viewer | None, slugs: Collection[str]) -> dict[str, Link]:
    """Threads by the slug that they had when the snapshot was made, as they ask now."""
    if not slugs:
        return {}
    rows = session.execute(_THREADS, {"slugs": list(slugs), **who_asks(viewer)}).all()
    return {
        slug: Link(question, paths.thread(now))
        for former, now, question in rows
        for slug in (former, now)
        if slug in slugs
    }
