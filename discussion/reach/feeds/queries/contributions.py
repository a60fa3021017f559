"""Positions and responses as entries: the cards of their pages, as a visitor reads them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from discussion import text
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.answers import answer_of
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards, read_around
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.permissions.visibility import published_positions
from discussion.reach.feeds.queries.newest import Written, asked_for, list_newest, shown_as, told_at
from discussion.reach.feeds.queries.shapes import Entry
from discussion.reach.feeds.words import ANSWERED, ENTRIES

TITLE = 120  # letters of a claim, where it is named in another's title
_THESE = asked_cards(Position.__table__.c.id.in_(bindparam("ids", expanding=True)))
Where = Sequence[ColumnElement[bool]]


def list_positions(session: Session, where: Where, now: datetime) -> list[Entry]:
    """Of those that meet `where`; needs no more than Position, Thread and Series in it."""
    rows: Any = (
        select(Position.id, Position.public_id, shown_as(Position).label("mode"), Revision.live_at)
        .join(Position.thread)
        .join(Thread.series)
        .join(Person, Person.id == Position.author_id)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(published_positions(None))
        .where(Revision.live_at.is_not(None))
        .where(*where)
    )
    asked = asked_for(rows, Position.live_revision_id, Revision)
    newest = list_newest(session, asked, now=now, limit=ENTRIES)
    ids = [one.id for one in newest]
    firsts = dict(
        session.execute(
            select(Position.public_id, Position.first_published_at).where(Position.id.in_(ids))
        ).all()
    )
    cards = {card.id: card for card in list_cards(session, None, _THESE, ids=ids)}
    return [
        Entry(
            key=f"position/{card.id}",
            title=card.claim,
            language=card.language,
            url=card.url,
            published=_first(firsts[card.id], card.byline.mode, one),
            updated=one.at,
            byline=card.byline,
            card=card,
        )
        for one in newest
        if (card := cards.get(one.public_id)) is not None
    ]


def list_responses(session: Session, where: Where, now: datetime) -> list[Entry]:
    """Answers to the positions that meet `where`."""
    rows: Any = (
        select(
            Response.id, Response.public_id, shown_as(Response).label("mode"), ResponseText.live_at
        )
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .join(Person, Person.id == Response.author_id)
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .where(published_positions(None))
        .where(Response.state == "published")
        .where(ResponseText.live_at.is_not(None))
        .where(*where)
    )
    asked = asked_for(rows, Response.live_text_id, ResponseText)
    newest = list_newest(session, asked, now=now, limit=ENTRIES)
    found = session.scalars(
        select(Response)
        .join(Response.position)
        .where(Response.id.in_([one.id for one in newest]))
        .options(
            contains_eager(Response.position).options(
                joinedload(Position.thread).joinedload(Thread.series), joinedload(Position.live)
            ),
            joinedload(Response.live),
            joinedload(Response.revision),
            joinedload(Response.author),
            joinedload(Response.item),
        )
    ).all()
    around = read_around(session, [row.position for row in found])
    by_id = {row.id: row for row in found}
    return [_answered(by_id[one.id], one, around) for one in newest]


def _answered(row: Response, one: Written, around: Any) -> Entry:
    answer = answer_of(None, row, row.position, around)
    claim = row.position.live.claim if row.position.live else ""
    return Entry(
        key=f"response/{row.public_id}",
        title=str(ANSWERED[answer.type]) % {"claim": text.excerpt(claim, TITLE)},
        language=answer.language,
        url=answer.url,
        published=_first(row.first_published_at, answer.byline.mode, one),
        updated=one.at,
        byline=answer.byline,
        answer=answer,
    )


def _first(at: datetime | None, mode: str, one: Written) -> datetime:
    """When it was first shown, as its byline would tell; never after it was last changed."""
    return min(told_at(at, mode), one.at) if at else one.at
