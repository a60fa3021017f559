"""Of whom and of what it is asked; and the positions that stand beside what was found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.reach.needed.queries.gathering.snapshots import Found
from discussion.reach.needed.shapes import Mark, Where
from discussion.series.series.models import Series
from discussion.vocabulary import Vocabulary, of_series

CHATHAM_HOUSE = "chatham_house"
Rows = Sequence[Row[*tuple[Any, ...]]]
_THESE = asked_cards(Position.__table__.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Asked:
    """A series, and for whom it is read."""

    session: Session
    viewer: Viewer | None
    series: Series
    taken: frozenset[str] = frozenset()  # keys that a question has already: gathered no more
    read: dict[str, list[Found]] = field(default_factory=dict)  # once for a page, whoever needs it

    def taken_for(self, reason: str) -> list[str]:
        """Subjects that are asked about already."""
        cut = len(reason) + 1
        return sorted(key[cut:] for key in self.taken if key.startswith(f"{reason}/"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return of_series(self.series.slug)

    def level_words(self, level: str) -> str:
        return str(self.vocabulary.level_labels.get(level, ""))

    def read_cards(self, ids: Collection[int]) -> dict[str, Card]:
        """Cards by public id, of those of these positions whose text may be read."""
        if not ids:
            return {}
        cards = list_cards(self.session, self.viewer, _THESE, ids=sorted(ids))
        return {card.id: card for card in cards if card.state == "published"}


def count_of(asked: Asked, rows: Select[*tuple[Any, ...]], found: Rows, skip: int) -> int:
    """How many `rows` there are, of which some were `found` with their number in the last column.

    Beyond the last page nothing is found, and they are counted by themselves.
    """
    if found:
        return int(found[0][-1])
    if not skip:
        return 0
    every = rows.order_by(None).subquery()
    return asked.session.scalar(select(func.count()).select_from(every)) or 0


def is_coarse(card: Card) -> bool:
    """Whether no day is told of it."""
    return card.byline.mode == CHATHAM_HOUSE


def mark_of(card: Card) -> Mark:
    return Mark(card.number, card.family, card.url)


def where_of(thread: Thread) -> Where:
    return Where(thread.question, thread.language, paths.thread(thread.slug))
