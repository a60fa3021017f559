"""Sources that are read differently, that something newer took the place of, that nobody cites."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, and_, case, distinct, func, select
from sqlalchemy.orm import joinedload

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import short_source
from discussion.debate.positions.models import EvidenceLink, Position
from discussion.debate.threads.models import Thread
from discussion.language import _, _n
from discussion.reach.needed.queries.gathering.asking import Asked, count_of, is_coarse, mark_of
from discussion.reach.needed.queries.readable import open_items, open_positions
from discussion.reach.needed.shapes import Lead, Mark
from discussion.reach.needed.words import MARKS
from discussion.series.series.models import Series

GONE = ("superseded", "retracted")
Says = Callable[[EvidenceItem, Counter[str]], Iterable[str]]


def list_studies(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    """Cited in support by one position, and against or in part by another; the most cited first."""
    return _list(asked, "study", _crossed(asked), skip, limit)


def list_superseded(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    return _list(asked, "superseded", _cited(asked, GONE), skip, limit)


def list_uncited(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    """Listed, and cited by no position that is shown: no value that anybody serves rests on it."""
    return _list(asked, "uncited", _uncited(asked), skip, limit)


def find_studies(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    """Also those that are read alike by now: what they were asked about stays."""
    return _leads(asked, "study", _named(asked, subjects))


def find_superseded(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    return _leads(asked, "superseded", _named(asked, subjects))


def find_uncited(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    return _leads(asked, "uncited", _named(asked, subjects))


def _items(asked: Asked) -> Select[Any]:
    return (
        select(EvidenceItem.id)
        .join(EvidenceItem.series)
        .where(Series.id == asked.series.id)
        .where(open_items(asked.viewer))
    )


def _named(asked: Asked, subjects: Collection[str]) -> Sequence[int]:
    return asked.session.scalars(_items(asked).where(EvidenceItem.public_id.in_(subjects))).all()


def _links(asked: Asked, *columns: Any) -> Select[Any]:
    """Links of what is published now, in threads that every reader finds."""
    return (
        select(*columns)
        .select_from(EvidenceLink)
        .join(Position, Position.live_revision_id == EvidenceLink.revision_id)
        .join(Position.thread)
        .join(Thread.series)
        .where(Series.id == asked.series.id)
        .where(open_positions(asked.viewer))
    )


def _crossed(asked: Asked) -> Select[Any]:
    stance = EvidenceLink.stance
    supporting = case((stance == "supports", Position.id))
    otherwise = case((stance.in_(("qualifies", "contradicts")), Position.id))
    either = case((stance != "background", Position.id))
    crossed = (
        _links(asked, EvidenceLink.item_id, func.count(distinct(either)).label("cited"))
        .group_by(EvidenceLink.item_id)
        .having(
            and_(
                func.count(supporting) > 0,
                func.count(otherwise) > 0,
                func.count(distinct(either)) > 1,
            )
        )
        .subquery()
    )
    return (
        _items(asked)
        .join(crossed, crossed.c.item_id == EvidenceItem.id)
        .order_by(crossed.c.cited.desc(), EvidenceItem.public_id)
    )


def _cited(asked: Asked, statuses: Collection[str]) -> Select[Any]:
    cited = _links(asked, EvidenceLink.item_id)
    return (
        _items(asked)
        .where(EvidenceItem.status.in_(statuses))
        .where(EvidenceItem.id.in_(cited))
        .order_by(EvidenceItem.title_folded, EvidenceItem.id)
    )


def _uncited(asked: Asked) -> Select[Any]:
    cited = _links(asked, EvidenceLink.id).where(EvidenceLink.item_id == EvidenceItem.id)
    return (
        _items(asked)
        .where(~cited.correlate(EvidenceItem).exists())
        .where(EvidenceItem.status.not_in(GONE))
        .order_by(EvidenceItem.title_folded, EvidenceItem.id)
    )


def _list(
    asked: Asked, reason: str, rows: Select[Any], skip: int, limit: int
) -> tuple[int, list[Lead]]:
    if taken := asked.taken_for(reason):
        rows = rows.where(EvidenceItem.public_id.not_in(taken))
    found = asked.session.execute(
        rows.add_columns(func.count().over()).offset(skip).limit(limit)
    ).all()
    return count_of(asked, rows, found, skip), _leads(asked, reason, [row[0] for row in found])


def _leads(asked: Asked, reason: str, ids: Sequence[int]) -> list[Lead]:
    if not ids:
        return []
    items = _read_items(asked, ids)
    counts, marks, coarse = _citing(asked, ids)
    return [
        Lead(
            key=f"{reason}/{item.public_id}",
            reason=reason,
            title=short_source(item),
            language=item.language,
            url=paths.item(asked.series.slug, item.public_id),
            says=(str(item.title), *_SAYS[reason](item, counts[item.id])),
            marks=tuple(marks[item.id]),
            is_coarse=item.id in coarse,
        )
        for id in ids
        if (item := items.get(id)) is not None
    ]


def _read_items(asked: Asked, ids: Sequence[int]) -> dict[int, EvidenceItem]:
    rows = asked.session.scalars(
        select(EvidenceItem)
        .where(EvidenceItem.id.in_(ids))
        .options(joinedload(EvidenceItem.superseded_by))
    )
    return {row.id: row for row in rows}


def _citing(
    asked: Asked, ids: Sequence[int]
) -> tuple[dict[int, Counter[str]], dict[int, list[Mark]], set[int]]:
    """Item → stance → how many positions; the marks of a few; items of which no day is told."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    counted = _links(
        asked, EvidenceLink.item_id, EvidenceLink.stance, func.count(distinct(Position.id))
    ).where(EvidenceLink.item_id.in_(ids))
    rows = asked.session.execute(counted.group_by(EvidenceLink.item_id, EvidenceLink.stance))
    for item_id, stance, number in rows:
        counts[item_id][stance] = number
    place = func.row_number().over(
        partition_by=(EvidenceLink.item_id, EvidenceLink.stance), order_by=Position.public_id
    )
    few = (
        _links(asked, EvidenceLink.item_id, Position.id, Position.public_id, place.label("place"))
        .where(EvidenceLink.item_id.in_(ids))
        .where(EvidenceLink.stance != "background")
        .subquery()
    )
    chosen = asked.session.execute(select(few).where(few.c.place <= MARKS // 2)).all()
    cards = asked.read_cards({row.id for row in chosen})
    marks: dict[int, dict[str, Mark]] = defaultdict(dict)
    for row in chosen:
        if row.public_id in cards:
            marks[row.item_id][row.public_id] = mark_of(cards[row.public_id])
    ordered = {
        id: sorted(found.values(), key=lambda one: (one.number, one.url))[:MARKS]
        for id, found in marks.items()
    }
    coarse = {
        row.item_id for row in chosen if row.public_id in cards and is_coarse(cards[row.public_id])
    }
    return counts, defaultdict(list, ordered), coarse


def _read_differently(_item: EvidenceItem, counts: Counter[str]) -> Iterable[str]:
    said = {
        "supports": _n(
            "%(num)s position cites it in support",
            "%(num)s positions cite it in support",
            counts["supports"],
        ),
        "qualifies": _n("%(num)s only in part", "%(num)s only in part", counts["qualifies"]),
        "contradicts": _n("%(num)s against", "%(num)s against", counts["contradicts"]),
    }
    parts = [words for stance, words in said.items() if counts[stance]]
    if parts:
        yield _("; ").join(parts) + "."


def _still_cited(item: EvidenceItem, counts: Counter[str]) -> Iterable[str]:
    newer = item.superseded_by
    if item.status == "retracted":
        yield _("It was retracted.")
    elif newer is not None and newer.is_listed and not newer.is_hidden:
        yield _("%(newer)s has taken its place.", newer=short_source(newer))
    cited = sum(counts.values())
    if cited:
        yield _n("%(num)s position still cites it.", "%(num)s positions still cite it.", cited)


def _nothing_more(_item: EvidenceItem, _counts: Counter[str]) -> Iterable[str]:
    return ()


_SAYS: dict[str, Says] = {
    "study": _read_differently,
    "superseded": _still_cited,
    "uncited": _nothing_more,
}
