"""What authors say would change their minds, or that nothing would."""

from collections.abc import Collection

from sqlalchemy import Select, String, case, cast, func, select

from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.reach.needed.queries.gathering.asking import (
    Asked,
    Rows,
    count_of,
    is_coarse,
    mark_of,
    where_of,
)
from discussion.reach.needed.queries.readable import open_positions
from discussion.reach.needed.shapes import Lead
from discussion.series.series.models import Series

EVIDENCE, PRINCIPLE = "evidence", "nothing"


def list_minds(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    """What they would have to be shown: of each thread by level, in an order that tells no time."""
    return _list(asked, "mind", _rows(asked, EVIDENCE), skip, limit)


def list_principles(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    return _list(asked, "principle", _rows(asked, PRINCIPLE), skip, limit)


def find_minds(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    """Those of these positions that still say so."""
    rows = _rows(asked, EVIDENCE).where(Position.public_id.in_(subjects))
    return _leads(asked, "mind", asked.session.execute(rows).all())


def find_principles(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    rows = _rows(asked, PRINCIPLE).where(Position.public_id.in_(subjects))
    return _leads(asked, "principle", asked.session.execute(rows).all())


def _list(
    asked: Asked, reason: str, rows: Select[int, str, int], skip: int, limit: int
) -> tuple[int, list[Lead]]:
    if taken := asked.taken_for(reason):
        rows = rows.where(Position.public_id.not_in(taken))
    order = {level: at for at, level in enumerate(asked.vocabulary.level_labels)}
    ordered = rows.order_by(
        Thread.id, case(order, value=Revision.level, else_=len(order)), Position.public_id
    )
    found = asked.session.execute(
        ordered.add_columns(func.count().over()).offset(skip).limit(limit)
    ).all()
    return count_of(asked, rows, found, skip), _leads(asked, reason, found)


def _rows(asked: Asked, kind: str) -> Select[int, str, int]:
    return (
        select(Position.id, Position.public_id, Position.thread_id)
        .join(Position.thread)
        .join(Thread.series)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Series.id == asked.series.id)
        .where(open_positions(asked.viewer))
        .where(cast(Revision.change_mind, String).contains(f'"{kind}"'))
        .where(Revision.change_mind_text != "")
    )


def _leads(asked: Asked, reason: str, found: Rows) -> list[Lead]:
    cards = asked.read_cards([row.id for row in found])
    threads = _threads(asked, {row.thread_id for row in found})
    leads = []
    for row in found:
        card = cards.get(row.public_id)
        if card is None:
            continue
        leads.append(
            Lead(
                key=f"{reason}/{card.id}",
                reason=reason,
                title=card.claim,
                language=card.language,
                url=card.url,
                words=card.change_mind_text,
                words_language=card.language,
                name=card.byline.name,
                marks=(mark_of(card),),
                level=card.level,
                level_words=asked.level_words(card.level),
                thread=where_of(threads[row.thread_id]),
                is_coarse=is_coarse(card),
            )
        )
    return leads


def _threads(asked: Asked, ids: Collection[int]) -> dict[int, Thread]:
    rows = asked.session.scalars(select(Thread).where(Thread.id.in_(ids)))
    return {row.id: row for row in rows}
