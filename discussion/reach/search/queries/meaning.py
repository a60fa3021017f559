"""What the columns of matches mean today: threads' stages and themes, values after merges, items.

Read once for all that was found; what stands on cards is told by the same rules (`meant`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.queries.meant import meant
from discussion.debate.threads.models import Thread, thread_theme
from discussion.reach.search.queries.matching import Match
from discussion.reach.search.words import NO_STUDY
from discussion.series.series.models import Series, Theme
from discussion.series.values.models import Value, ValueInBrief, ValueProposal

Keys = tuple[str, ...]


class Tag(NamedTuple):
    """A tag as the index keeps it."""

    value_id: int | None
    is_outweighed: bool
    rank: int


class ThreadMeans(NamedTuple):
    stage: str
    themes: Keys


class ItemMeans(NamedTuple):
    kind: str
    strength: str  # scale:value; empty where it is not rated


@dataclass(frozen=True)
class Meanings:
    """By which words each match counts."""

    threads: Mapping[int, ThreadMeans]
    values: Mapping[int, ValueInBrief]
    proposals: Mapping[int, int]  # id → the value that it was accepted as
    items: Mapping[int, ItemMeans]  # those that are shown
    series: Mapping[int, Series]
    themes: Mapping[str, Theme]
    _tags: dict[str, tuple[Keys, Keys]] = field(default_factory=dict)
    _items: dict[str, tuple[Keys, Keys]] = field(default_factory=dict)

    def tagged(self, tags: str) -> tuple[Keys, Keys]:
        """The slugs of the values that a position serves, and of those it outweighs."""
        if tags not in self._tags:
            self._tags[tags] = self._tagged(tags)
        return self._tags[tags]

    def _tagged(self, tags: str) -> tuple[Keys, Keys]:
        read = [self._tag(word, rank) for rank, word in enumerate(tags.split())]
        sides: tuple[list[str], list[str]] = ([], [])
        for one in meant(read, self.values):
            if one.value is not None:
                sides[one.is_outweighed].append(one.value.slug)
        return tuple(sides[0]), tuple(sides[1])

    def _tag(self, word: str, rank: int) -> Tag:
        side, named = word[0], word[1:]
        if named.startswith("!"):
            return Tag(self.proposals.get(int(named[1:])), side == "o", rank)
        return Tag(int(named), side == "o", rank)

    def cited(self, items: str) -> tuple[Keys, Keys]:
        """The kinds of evidence and the strengths that are cited, each once."""
        if items not in self._items:
            self._items[items] = self._cited(items)
        return self._items[items]

    def _cited(self, items: str) -> tuple[Keys, Keys]:
        if items == "-":
            return (NO_STUDY,), ()
        seen = [one for id in items.split() if (one := self.items.get(int(id))) is not None]
        kinds = dict.fromkeys(one.kind for one in seen)
        strengths = dict.fromkeys(one.strength for one in seen if one.strength)
        return tuple(kinds), tuple(strengths)

    def stage(self, thread_id: int | None) -> str:
        found = self.threads.get(thread_id or 0)
        return found.stage if found else ""

    def themes_of(self, thread_id: int | None) -> Keys:
        found = self.threads.get(thread_id or 0)
        return found.themes if found else ()


def read_meanings(session: Session, matches: Sequence[Match]) -> Meanings:
    """In six statements, however many matches there are."""
    series_ids = {one.series_id for one in matches if one.series_id is not None}
    own = select(Series).where(Series.id.in_(series_ids)).order_by(Series.id)
    under = select(Theme).where(Theme.series_id.in_(series_ids)).order_by(Theme.order, Theme.id)
    series, themes = session.scalars(own).all(), session.scalars(under).all()
    return Meanings(
        threads=_threads(session, series_ids, {one.id: one.slug for one in themes}),
        values={
            row.id: ValueInBrief._make(row)
            for row in session.execute(
                select(*(Value.__table__.c[name] for name in ValueInBrief._fields))
                .where(Value.series_id.in_(series_ids))
                .order_by(Value.order, Value.id)
            )
        },
        proposals=_proposals(session, series_ids),
        items=_items(session, series_ids),
        series={row.id: row for row in series},
        themes={row.slug: row for row in themes},
    )


def _proposals(session: Session, series_ids: Iterable[int]) -> dict[int, int]:
    rows = session.execute(
        select(ValueProposal.id, ValueProposal.value_id)
        .where(ValueProposal.series_id.in_(series_ids))
        .where(ValueProposal.value_id.is_not(None))
    )
    return {id: value_id for id, value_id in rows if value_id is not None}


def _threads(
    session: Session, series_ids: Iterable[int], themes: Mapping[int, str]
) -> dict[int, ThreadMeans]:
    under: dict[int, list[str]] = {}
    rows = session.execute(
        select(thread_theme.c.thread_id, thread_theme.c.theme_id)
        .join(Thread, Thread.id == thread_theme.c.thread_id)
        .where(Thread.series_id.in_(series_ids))
        .order_by(thread_theme.c.thread_id, thread_theme.c.order)
    )
    for thread_id, theme_id in rows:
        if theme_id in themes:
            under.setdefault(thread_id, []).append(themes[theme_id])
    stages = session.execute(
        select(Thread.id, Thread.stage).where(Thread.series_id.in_(series_ids))
    )
    return {id: ThreadMeans(stage, tuple(under.get(id, ()))) for id, stage in stages}


def _items(session: Session, series_ids: Iterable[int]) -> dict[int, ItemMeans]:
    rows = session.execute(
        select(
            EvidenceItem.id,
            EvidenceItem.kind,
            EvidenceItem.strength_scale,
            EvidenceItem.strength_value,
        )
        .where(EvidenceItem.series_id.in_(series_ids))
        .where(EvidenceItem.is_hidden.is_(False))
    )
    return {
        id: ItemMeans(kind, f"{scale}:{value}" if scale else "") for id, kind, scale, value in rows
    }
