"""Results as they are shown: each read again by the query of its own kind, for who asks.

So a result says no more than its page does, whatever the index holds. What its page would not show
is not there.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths, text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import short_source, strength_in_words
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response, ResponseText
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.card_statements import asked_cards, read_cards
from discussion.debate.positions.queries.cards import cards_of
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.debate.positions.words import RESPONSE_TYPES
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import STAGES
from discussion.language import _, _n
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import (
    visible_items,
    visible_responses,
    visible_threads,
)
from discussion.reach.search.queries.looking import Look, Said
from discussion.reach.search.shapes import Hit, HitValue
from discussion.reach.search.words import ONE
from discussion.series.series.models import Series, Theme
from discussion.series.values.models import Value
from discussion.vocabulary import of_series

Hits = Mapping[int, Hit]
_POSITIONS, _THREADS = Position.__table__.c, Thread.__table__.c


class Asks(NamedTuple):
    """Who asks for results, and what was looked for."""

    session: Session
    viewer: Viewer | None
    look: Look


Makes = Callable[[Asks, Collection[int]], Hits]


class Maker(NamedTuple):
    """How results of one sort are made."""

    sort: str
    makes: Makes


@cache
def _cards() -> Select[Any]:
    return asked_cards(
        _POSITIONS.id.in_(bindparam("ids", expanding=True)), _POSITIONS.state.in_(TEXT_STATES)
    )


def texts_of_card(card: Card) -> list[Said]:
    """Every text of a position that its card shows, but for the claim."""
    texts = [
        ("reasoning", card.reasoning.striptags()),
        ("objection", card.objection),
        ("change_mind_text", card.change_mind_text),
        ("setting", card.setting),
        ("interests", card.interests),
    ]
    texts += [("gloss", one.gloss) for one in (*card.served, *card.outweighed)]
    for link in card.links:
        texts += [
            ("warrant", link.warrant),
            ("rebuttal", link.rebuttal),
            ("transfer_note", link.transfer_note),
            ("locator", link.locator),
        ]
    return [(place, str(said)) for place, said in texts if said]


def positions(asks: Asks, ids: Collection[int]) -> Hits:
    rows = read_cards(asks.session, asks.viewer, _cards(), {"ids": list(ids)})
    threads = _threads_of(asks.session, {one.thread_id for one in rows.found})
    return {
        row.id: _position(asks.look, card, threads[row.thread_id])
        for row, card in zip(rows.found, cards_of(asks.viewer, rows), strict=True)
    }


def _position(look: Look, card: Card, thread: Thread) -> Hit:
    texts = texts_of_card(card)
    vocabulary = of_series(thread.series.slug)
    is_muted = bool(card.mute_id)
    answers = _n("%(num)s response", "%(num)s responses", card.response_count)
    return Hit(
        kind="position",
        label=_("Position %(number)s", number=card.number),
        where_found="" if is_muted else look.where([("claim", card.claim), *texts]),
        title=look.mark(_("Written by somebody you have muted") if is_muted else card.claim),
        language="" if is_muted else card.language,
        url=card.url,
        snippet=look.piece([] if is_muted else texts),
        values=() if is_muted else tuple(HitValue(one.label, one.family) for one in card.served),
        place=thread.question,
        place_url=paths.thread(thread.slug),
        facts=tuple(
            str(one)
            for one in (
                STAGES[thread.stage],
                vocabulary.level_labels.get(card.level, ""),
                "" if is_muted else card.byline.name,
                "" if is_muted else card.byline.detail,
                answers if card.response_count else "",
            )
            if one
        ),
        family=card.family,
        number=card.number,
        shown_on=card.byline.date,
    )


def _threads_of(session: Session, ids: Collection[int]) -> dict[int, Thread]:
    rows = session.scalars(
        select(Thread).where(Thread.id.in_(ids)).options(joinedload(Thread.series))
    )
    return {row.id: row for row in rows}


def responses(asks: Asks, ids: Collection[int]) -> Hits:
    session = asks.session
    rows = session.execute(
        select(Response, ResponseText, mute_of(asks.viewer, Response))
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .join(Position, Position.id == Response.position_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(Response.id.in_(ids), Response.state.in_(TEXT_STATES))
        .where(visible_responses(asks.viewer))
        .options(
            joinedload(Response.author),
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series),
        )
    ).all()
    letters = find_letters(session, {row.position.thread_id for row, _text, _mute in rows})
    found = {}
    for row, said, mute_id in rows:
        plain, thread = text.plain(said.source), row.position.thread
        by = byline(row, thread.id, letters, said.live_at or row.created_at)
        words = _("Written by somebody you have muted")
        if not mute_id:
            words = asks.look.cut([("text", plain)]) or text.excerpt(plain, 160)
        is_told = not mute_id
        found[row.id] = Hit(
            kind="response",
            label=_("Response · %(type)s", type=RESPONSE_TYPES[row.type]),
            where_found=asks.look.where([("text", plain)]) if is_told else "",
            title=asks.look.mark(words),
            language=said.language if is_told else "",
            url=f"{paths.position(row.position.public_id)}#r-{row.public_id}",
            snippet=asks.look.mark(""),
            place=thread.question,
            place_url=paths.thread(thread.slug),
            facts=(
                _("to position %(number)s", number=row.position.number or 0),
                *((by.name,) if is_told else ()),
            ),
            mark=row.type,
            shown_on=by.date,
        )
    return found


def threads(asks: Asks, ids: Collection[int]) -> Hits:
    session = asks.session
    rows = session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.id.in_(ids), visible_threads(asks.viewer))
        .options(joinedload(Thread.series))
    ).all()
    counts = dict(
        session.execute(
            select(Position.thread_id, func.count())
            .where(Position.thread_id.in_([row.id for row in rows]))
            .where(Position.state.in_(TEXT_STATES))
            .group_by(Position.thread_id)
        ).all()
    )
    found = {}
    for row in rows:
        texts = [
            ("context", text.plain(row.context)),
            ("summary", row.summary),
            ("outcome", text.plain(row.outcome) if row.stage == "closed" else ""),
        ]
        found[row.id] = Hit(
            kind="thread",
            label=str(ONE["thread"]),
            where_found=asks.look.where([("question", row.question), *texts]),
            title=asks.look.mark(row.question),
            language=row.language,
            url=paths.thread(row.slug),
            snippet=asks.look.piece(texts),
            place=row.series.title,
            place_url=paths.series(row.series.slug),
            facts=(
                str(STAGES[row.stage]),
                _n("%(num)s position", "%(num)s positions", counts.get(row.id, 0)),
            ),
            mark="thread",
        )
    return found


def items(asks: Asks, ids: Collection[int]) -> Hits:
    rows = asks.session.scalars(
        select(EvidenceItem)
        .join(EvidenceItem.series)
        .where(EvidenceItem.id.in_(ids), visible_items(asks.viewer))
        .where(EvidenceItem.is_listed.is_(True), EvidenceItem.is_hidden.is_(False))
        .options(joinedload(EvidenceItem.series))
    )
    found = {}
    for row in rows:
        vocabulary = of_series(row.series.slug)
        about = (row.population, row.context, row.outcome, row.effect, row.limitations,
                 row.publisher, row.status_note, row.cost, row.strength_note,
                 row.licence_note)  # fmt: skip
        texts: list[Said] = [
            ("description", row.description),
            *(("about", said) for said in about),
            ("authors", "; ".join(row.authors)),
        ]
        found[row.id] = Hit(
            kind="item",
            label=str(ONE["item"]),
            where_found=asks.look.where([("title", row.title), *texts]),
            title=asks.look.mark(row.title),
            language=row.language,
            url=paths.item(row.series.slug, row.public_id),
            snippet=asks.look.piece(texts),
            place=row.series.title,
            place_url=paths.library(row.series.slug),
            facts=(
                short_source(row),
                str(vocabulary.evidence_kind_labels[row.kind]),
                strength_in_words(row, vocabulary),
            ),
            mark="item",
        )
    return found


def themes(asks: Asks, ids: Collection[int]) -> Hits:
    rows = asks.session.scalars(
        select(Theme)
        .where(Theme.id.in_(ids), Theme.retired_at.is_(None))
        .options(joinedload(Theme.series))
    )
    found = {}
    for row in rows:
        texts = [("summary", text.plain(row.summary))]
        found[row.id] = Hit(
            kind="theme",
            label=str(ONE["theme"]),
            where_found=asks.look.where([("question", row.question), *texts]),
            title=asks.look.mark(row.question),
            language=row.series.language,
            url=paths.theme(row.series.slug, row.slug),
            snippet=asks.look.piece(texts),
            place=row.series.title,
            place_url=paths.series(row.series.slug),
            mark="theme",
        )
    return found


def values(asks: Asks, ids: Collection[int]) -> Hits:
    rows = asks.session.execute(
        select(Value, Series)
        .join(Series, Series.id == Value.series_id)
        .where(Value.id.in_(ids), Value.retired_at.is_(None))
    )
    found = {}
    for row, series in rows:
        families = of_series(series.slug).value_family_labels
        texts = [("definition", row.definition)]
        found[row.id] = Hit(
            kind="value",
            label=str(ONE["value"]),
            where_found=asks.look.where([("label", row.label), *texts]),
            title=asks.look.mark(row.label),
            language=series.language,
            url=paths.value(series.slug, row.slug),
            snippet=asks.look.mark(row.definition),
            place=series.title,
            place_url=paths.values(series.slug),
            facts=(str(families.get(row.family, "")),),
            family=row.family,
        )
    return found


def show(asks: Asks, found: Sequence[tuple[str, int]], makes: Mapping[str, Makes]) -> list[Hit]:
    """The results in their order; what may not be seen after all is left out."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, row_id in found:
        by_kind[kind].append(row_id)
    made = {kind: makes[kind](asks, ids) for kind, ids in by_kind.items()}
    return [made[kind][row_id] for kind, row_id in found if row_id in made[kind]]
