"""Who relies on an item, on its page: by stance, twenty positions at a time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.shapes import Citing, CitingGroup, Relying
from discussion.debate.mutes.queries import MUTED
from discussion.debate.positions.models import EvidenceLink, Position, Revision
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards
from discussion.debate.positions.words import STANCES
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions
from discussion.series.series.models import Series
from discussion.text import Spoken

ON_A_PAGE = 20
_CARDS = asked_cards(Position.__table__.c.public_id.in_(bindparam("public_ids", expanding=True)))


def list_relying(
    session: Session, viewer: Viewer | None, item: EvidenceItem, after: Mapping[str, str]
) -> Relying:
    """Live versions of published positions only; `after` is the last public id shown, by stance.

    They stand in the order of their random ids, which tells nothing about time.
    """
    counts = _count(session, viewer, item)
    chosen = _choose(session, viewer, item, after)
    shown = {stance: ids[:ON_A_PAGE] for stance, ids in chosen.items()}
    ids = sorted({id for own in shown.values() for id in own})
    cards = list_cards(session, viewer, _CARDS, public_ids=ids) if ids else []
    by_id, threads = {card.id: card for card in cards}, _threads(session, ids)
    here = paths.item(item.series.slug, item.public_id)
    groups = tuple(
        CitingGroup(
            stance,
            tuple(
                _citing(by_id[id], here, stance, *threads[id])
                for id in shown.get(stance, ())
                if id in by_id
            ),
            counts[stance],
            f"{here}?{stance}={shown[stance][-1]}#g-{stance}-h"
            if len(chosen.get(stance, ())) > ON_A_PAGE
            else "",
        )
        for stance in STANCES
        if counts.get(stance)
    )
    return Relying(groups, _count_positions(session, viewer, item))


def _links(viewer: Viewer | None, item: EvidenceItem, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(EvidenceLink)
        .join(Revision, Revision.id == EvidenceLink.revision_id)
        .join(
            Position,
            and_(Position.id == Revision.position_id, Position.live_revision_id == Revision.id),
        )
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(EvidenceLink.item_id == item.id)
        .where(published_positions(viewer))
    )


def _count(session: Session, viewer: Viewer | None, item: EvidenceItem) -> dict[str, int]:
    rows = session.execute(
        _links(viewer, item, EvidenceLink.stance, func.count()).group_by(EvidenceLink.stance)
    )
    return {stance: int(count) for stance, count in rows}


def _count_positions(session: Session, viewer: Viewer | None, item: EvidenceItem) -> int:
    """One that cites it twice, with two stances, is one."""
    return session.scalar(_links(viewer, item, func.count(func.distinct(Position.id)))) or 0


def _choose(
    session: Session, viewer: Viewer | None, item: EvidenceItem, after: Mapping[str, str]
) -> dict[str, list[str]]:
    """By stance: the public ids of one page, and one more if there is another page."""
    place = func.row_number().over(partition_by=EvidenceLink.stance, order_by=Position.public_id)
    begins = or_(
        *(
            and_(EvidenceLink.stance == stance, Position.public_id > after.get(stance, ""))
            for stance in STANCES
        )
    )
    found = (
        _links(viewer, item, EvidenceLink.stance, Position.public_id, place.label("place"))
        .where(begins)
        .subquery()
    )
    rows = session.execute(
        select(found.c.stance, found.c.public_id)
        .where(found.c.place <= ON_A_PAGE + 1)
        .order_by(found.c.stance, found.c.public_id)
    )
    chosen: dict[str, list[str]] = {}
    for stance, public_id in rows:
        chosen.setdefault(stance, []).append(public_id)
    return chosen


def _threads(session: Session, ids: list[str]) -> dict[str, tuple[Spoken, str]]:
    rows = session.execute(
        select(Position.public_id, Thread.question, Thread.language, Thread.slug)
        .join(Thread, Thread.id == Position.thread_id)
        .where(Position.public_id.in_(ids))
    )
    return {id: (Spoken(question, language), slug) for id, question, language, slug in rows}


def _citing(card: Card, here: str, stance: str, question: Spoken, slug: str) -> Citing:
    link = next(one for one in card.links if one.item_url == here and one.stance == stance)
    is_muted = bool(card.mute_id)
    return Citing(
        number=card.number,
        url=card.url,
        claim=str(MUTED) if is_muted else card.claim,
        language=card.language,
        family=card.family,
        byline=card.byline,
        thread_question=question,
        thread_url=paths.thread(slug),
        warrant="" if is_muted else link.warrant,
        transfer=link.transfer,
        transfer_note="" if is_muted else link.transfer_note,
        locator=link.locator,
        rebuttal="" if is_muted else link.rebuttal,
    )
