"""What of the library waits for a moderator: what no longer stands but is relied on, and links."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, union_all
from sqlalchemy.orm import Session

from discussion import paths
from discussion.db import is_one_of
from discussion.debate.evidence.drafts import told_apart
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.links import find_new_addresses, is_asked, is_unchecked
from discussion.debate.evidence.queries.wording import short_source
from discussion.debate.evidence.words import LINK_STATES, LINK_WAITS, NOT_STANDING, STATUSES
from discussion.debate.positions.models import EvidenceLink, Position, Revision
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.decisions.words_noticed import say_notices
from discussion.language import _, _n
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from discussion.subjects.finding import kind_of_rows
from discussion.vocabulary import of_series

KINDS = ("evidence", "links")  # of moderation.words.KINDS
TARGET = "upkeep"


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    """Items, and for each series one line for all the links that nobody has looked at."""
    return [
        *_list_not_standing(session, series_ids),
        *_list_broken(session, series_ids),
        *_list_unchecked(session, series_ids),
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    """Public id → the line of the desk, for items or links that wait; all of one kind."""
    ids = [bare.id for bare in bares]
    kinds = {bare.kind for bare in bares}
    items = session.execute(
        select(EvidenceItem, Series.slug)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(EvidenceItem.public_id.in_(ids))
    )
    rows = [(item, slug) for item, slug in items]
    if kinds == {"evidence"}:
        return {item.public_id: _say_status(item, slug) for item, slug in rows}
    moved = find_new_addresses(session, [item.id for item, _slug in rows])
    said = {item.public_id: _say_link(item, slug, moved.get(item.id, "")) for item, slug in rows}
    return said | _describe_unchecked(session, ids)


def tally(series_ids: SeriesIds) -> Tally:
    """How many lines, and since when the oldest waits, in one statement."""
    since = [
        _not_standing(
            select(func.max(EvidenceItem.created_at).label("since")), series_ids
        ).group_by(EvidenceItem.id),
        select(func.coalesce(EvidenceItem.link_checked_at, EvidenceItem.created_at)).where(
            *_broken(series_ids)
        ),
        _unchecked(select(func.min(EvidenceItem.created_at)), series_ids),
    ]
    lines = union_all(*since).subquery()
    return select(func.count(), func.min(lines.c.since)).select_from(lines)


def kinds_waiting(session: Session, item: EvidenceItem) -> tuple[str, ...]:
    """Under which kinds an item stands on the desk now; none when it was settled."""
    ids = [item.series_id]
    asked = {
        "evidence": _not_standing(select(EvidenceItem.id), ids).where(EvidenceItem.id == item.id),
        "links": select(EvidenceItem.id).where(*_broken(ids)).where(EvidenceItem.id == item.id),
    }
    return tuple(kind for kind in KINDS if session.scalar(asked[kind].limit(1)) is not None)


# --- retracted or superseded, and relied on


def _list_not_standing(session: Session, series_ids: Sequence[int]) -> list[Bare]:
    """Waits since it was said, or since the first that cites it; what comes later."""
    said = (
        select(func.max(Decision.at))
        .where(Decision.subject_kind == kind_of_rows(EvidenceItem))
        .where(Decision.subject_id == EvidenceItem.public_id)
        .where(Decision.action == "edit")
        .correlate(EvidenceItem)
        .scalar_subquery()
    )
    rows = session.execute(
        _not_standing(
            select(
                EvidenceItem.public_id,
                EvidenceItem.series_id,
                EvidenceItem.added_by_id,
                EvidenceItem.created_at,
                said,
                func.min(Revision.live_at),
            ),
            series_ids,
        ).group_by(EvidenceItem.id)
    )
    return [
        _bare("evidence", public_id, series_id, max(filter(None, times)), added_by_id)
        for public_id, series_id, added_by_id, *times in rows
    ]


def _not_standing(asked: Asked, series_ids: SeriesIds) -> Asked:
    """One row for each position that cites such an item."""
    return (
        asked.select_from(EvidenceItem)
        .join(EvidenceLink, EvidenceLink.item_id == EvidenceItem.id)
        .join(Revision, Revision.id == EvidenceLink.revision_id)
        .join(
            Position,
            and_(Position.id == Revision.position_id, Position.live_revision_id == Revision.id),
        )
        .join(Thread, Thread.id == Position.thread_id)
        .where(EvidenceItem.series_id.in_(series_ids))
        .where(is_one_of(EvidenceItem.status, *NOT_STANDING))
        .where(EvidenceItem.is_hidden.is_(False))
        .where(EvidenceItem.link_settled_at.is_(None))
        .where(Position.state == "published")
        .where(Thread.is_hidden.is_(False))
    )


def _say_status(item: EvidenceItem, slug: str) -> Described:
    return Described(
        url=paths.settle_item(slug, item.public_id),
        subject=item.title,
        label=short_source(item),
        title=_("%(status)s evidence", status=STATUSES[item.status]),
        note=item.status_note,
        signs=say_notices(told_apart(item, of_series(slug))),
    )


# --- links that lead elsewhere, or nowhere


def _list_broken(session: Session, series_ids: Sequence[int]) -> list[Bare]:
    rows = session.execute(
        select(
            EvidenceItem.public_id,
            EvidenceItem.series_id,
            EvidenceItem.added_by_id,
            EvidenceItem.created_at,
            EvidenceItem.link_checked_at,
        ).where(*_broken(series_ids))
    )
    return [
        _bare("links", public_id, series_id, checked_at or created_at, added_by_id)
        for public_id, series_id, added_by_id, created_at, checked_at in rows
    ]


def _broken(series_ids: SeriesIds) -> tuple[ColumnElement[bool], ...]:
    return (
        EvidenceItem.series_id.in_(series_ids),
        is_one_of(EvidenceItem.link_state, *LINK_WAITS),
        EvidenceItem.link_settled_at.is_(None),
        is_asked(),
    )


def _say_link(item: EvidenceItem, slug: str, moved_to: str) -> Described:
    return Described(
        url=paths.settle_item(slug, item.public_id),
        subject=item.title,
        label=short_source(item),
        title=_("Link: %(state)s", state=LINK_STATES[item.link_state]),
        note=_("Now at %(address)s", address=moved_to) if moved_to else "",
        signs=say_notices(told_apart(item, of_series(slug))),
    )


# --- links that nobody has looked at


def _list_unchecked(session: Session, series_ids: Sequence[int]) -> list[Bare]:
    rows = session.execute(
        _unchecked(
            select(Series.public_id, Series.id, func.min(EvidenceItem.created_at)), series_ids
        )
    )
    return [_bare("links", public_id, id, since, None) for public_id, id, since in rows]


def _unchecked(asked: Asked, series_ids: SeriesIds) -> Asked:
    """One row for each series."""
    return (
        asked.select_from(EvidenceItem)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(Series.id.in_(series_ids))
        .where(is_unchecked())
        .group_by(Series.id)
    )


def _describe_unchecked(session: Session, ids: Sequence[str]) -> dict[str, Described]:
    rows = session.execute(
        select(Series.public_id, Series.slug, func.count())
        .select_from(EvidenceItem)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(Series.public_id.in_(ids))
        .where(is_unchecked())
        .group_by(Series.id)
    )
    return {
        public_id: Described(
            url=paths.unchecked_links(slug),
            subject=_n("%(num)s link not yet checked", "%(num)s links not yet checked", count),
            label=_("The library"),
            title=_("Links"),
        )
        for public_id, slug, count in rows
    }


def _bare(kind: str, id: str, series_id: int, since: datetime, adder: int | None) -> Bare:
    return Bare(kind, id, series_id, None, since, TARGET, () if adder is None else (adder,))
