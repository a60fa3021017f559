"""Every page that a search engine may find: of listed series, as a visitor reads them.

No page has a date here. What is under the Chatham House Rule is listed from the next day on, and so
are questions that come from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.permissions.menus import menu_of
from discussion.permissions.visibility import (
    listed_series,
    published_positions,
    visible_items,
    visible_threads,
)
from discussion.reach.feeds.queries.needed import keep_shown, mapped_questions
from discussion.reach.feeds.queries.published import mapped_publications
from discussion.reach.feeds.words import ADDRESSES, CHATHAM_HOUSE
from discussion.series.series.models import Series, Theme
from discussion.series.values.models import Value
from discussion.weighing.findings.models import FindingSnapshot

ONCE = (paths.about(), paths.privacy(), paths.accessibility(), paths.duties())


Names = Sequence[Row[*tuple[Any, ...]]]
Rows = Select[*tuple[Any, ...]]


def _all_of_them(_session: Session, named: Names, _now: datetime) -> Names:
    return named


@dataclass(frozen=True)
class Listed:
    """What names pages of one kind, their addresses, and which of them may be read in the end."""

    rows: Rows
    address: Callable[..., str]
    keep: Callable[[Session, Names, datetime], Names] = _all_of_them


def count_maps(session: Session, now: datetime) -> int:
    """How many maps hold all addresses; at least one."""
    total = len(ONCE) + sum(_count(session, one.rows) for one in _pages(now))
    return -(-total // ADDRESSES)


def list_addresses(session: Session, number: int, now: datetime) -> list[str]:
    """The addresses of one map, counted from 1; none beyond the last.

    A map may be short of some that SQL alone cannot tell from others: it is none the longer.
    """
    skip = (number - 1) * ADDRESSES
    found = list(ONCE[skip:])
    skip, room = max(0, skip - len(ONCE)), ADDRESSES - len(found)
    for one in _pages(now):
        if room <= 0:
            break
        count = _count(session, one.rows)
        if skip < count:
            part = session.execute(one.rows.offset(skip).limit(room)).all()
            found += [one.address(*named) for named in one.keep(session, part, now)]
            room -= len(part)
        skip = max(0, skip - count)
    return found


def _count(session: Session, rows: Rows) -> int:
    return session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0


def _pages(now: datetime) -> tuple[Listed, ...]:
    """In an order of names and random ids, which tells nothing of time."""
    listed = listed_series(None)
    threads = select(Thread.slug).join(Thread.series).where(listed, visible_threads(None))
    found = threads.where(Thread.id.in_(select(FindingSnapshot.thread_id)))
    in_series = select(Series.slug).where(listed).order_by(Series.slug)
    themes: Rows = select(Series.slug, Theme.slug).join(Theme, Theme.series_id == Series.id)
    values: Rows = select(Series.slug, Value.slug).join(Value, Value.series_id == Series.id)
    items: Rows = select(Series.slug, EvidenceItem.public_id).join(
        EvidenceItem, EvidenceItem.series_id == Series.id
    )
    positions = select(Position.public_id).join(Position.thread).join(Thread.series)
    with_publications = in_series.where(menu_of(Series.__table__.c.id)[1])
    morning = clock.morning(clock.day(now))
    return (
        Listed(in_series, paths.series),
        Listed(in_series, paths.library),
        Listed(in_series, paths.values),
        Listed(in_series, paths.rules),
        Listed(in_series, paths.needed),
        Listed(in_series, paths.log),
        Listed(mapped_questions(), paths.needed_question, keep_shown),
        Listed(
            themes.where(listed, Theme.retired_at.is_(None)).order_by(Series.slug, Theme.slug),
            paths.theme,
        ),
        Listed(threads.order_by(Thread.slug), paths.thread),
        Listed(found.order_by(Thread.slug), paths.findings),
        Listed(mapped_publications(), paths.publication),
        Listed(with_publications, paths.publications),
        Listed(
            values.where(listed, Value.replaced_by_id.is_(None)).order_by(Series.slug, Value.slug),
            paths.value,
        ),
        Listed(
            items.where(listed, visible_items(None)).order_by(EvidenceItem.public_id),
            paths.item,
        ),
        Listed(
            positions.where(listed, published_positions(None))
            .where(
                or_(
                    Position.attribution != CHATHAM_HOUSE,
                    Position.first_published_at < morning,
                )
            )
            .order_by(Position.public_id),
            paths.position,
        ),
    )
