"""Words that a contributor wrote, found again where they stand; nothing of them is kept."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from discussion import paths, text
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.needed.queries.gathering.asking import (
    CHATHAM_HOUSE,
    Asked,
    is_coarse,
    mark_of,
    where_of,
)
from discussion.reach.needed.queries.readable import open_positions
from discussion.reach.needed.shapes import Lead
from discussion.reach.needed.words import SAID
from discussion.series.series.models import Series
from discussion.text.cutting import cut, even

_SUBJECT = re.compile(r"([pr])\.([a-z0-9]+)\.(\d+)\.(\d+)-(\d+)\.([0-9a-f]{16})")
_RESPONSE = re.compile(r"/positions/([a-z0-9]+)[^#]*#r-([a-z0-9]+)")
_POSITION = re.compile(r"/positions/([a-z0-9]+)")


@dataclass(frozen=True)
class Quotation:
    """Sentences of one text of a position or a response: from, and up to but without."""

    kind: str  # p, r
    public_id: str
    passage: int
    first: int
    last: int
    hash: str

    @property
    def subject(self) -> str:
        where = f"{self.passage}.{self.first}-{self.last}"
        return f"{self.kind}.{self.public_id}.{where}.{self.hash}"


def quotation_of(asked: Asked, address: str, words: str) -> str | None:
    """The subject of these words, where whole sentences of what stands there are exactly they."""
    wanted = even(words)
    for kind, pattern, group in (("r", _RESPONSE, 2), ("p", _POSITION, 1)):
        found = pattern.search(address)
        if found is None:
            continue
        passages = _passages(asked, kind, {found[group]}).get(found[group], ())
        for at, passage in enumerate(passages):
            parts = cut(passage)
            for first in range(len(parts)):
                if last := _until(parts, first, wanted):
                    return Quotation(kind, found[group], at, first, last, _hash(wanted)).subject
        return None
    return None


def _until(parts: Sequence[str], first: int, wanted: str) -> int:
    """The first sentence that is not part of it any more; 0 where it does not begin here."""
    said = ""
    for last in range(first, len(parts)):
        said = f"{said} {parts[last]}".strip()
        if said == wanted:
            return last + 1
        if not wanted.startswith(said):
            return 0
    return 0


def find_said(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    """Those of these quotations whose words still stand where they stood, for every reader."""
    quotations = [one for subject in subjects if (one := _read(subject)) is not None]
    return [
        *_of_positions(asked, [one for one in quotations if one.kind == "p"]),
        *_of_responses(asked, [one for one in quotations if one.kind == "r"]),
    ]


def list_none(_asked: Asked, _skip: int, _limit: int) -> tuple[int, list[Lead]]:
    """Nobody gathers quotations: moderators choose them."""
    return 0, []


def _read(subject: str) -> Quotation | None:
    found = _SUBJECT.fullmatch(subject)
    if found is None:
        return None
    kind, public_id, passage, first, last, hash = found.groups()
    return Quotation(kind, public_id, int(passage), int(first), int(last), hash)


def _words_of(one: Quotation, passages: Mapping[str, tuple[str, ...]]) -> str:
    """What it says, as long as it stands there; empty where it does not any more."""
    found = passages.get(one.public_id, ())
    if one.passage >= len(found):
        return ""
    words = " ".join(cut(found[one.passage])[one.first : one.last])
    return words if _hash(words) == one.hash else ""


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _passages(asked: Asked, kind: str, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Public id → every text that may be quoted, in plain words."""
    if kind == "r":
        return {
            row.public_id: (even(text.plain(row.live.source)),)
            for row in _responses(asked, ids)
            if row.live is not None
        }
    rows = asked.session.execute(
        select(Position.public_id, Revision)
        .join(Position.thread)
        .join(Thread.series)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Series.id == asked.series.id)
        .where(open_positions(asked.viewer))
        .where(Position.public_id.in_(ids))
    )
    return {public_id: tuple(_texts(revision)) for public_id, revision in rows}


def _texts(revision: Revision) -> Iterator[str]:
    said = (
        revision.claim,
        text.plain(revision.reasoning),
        revision.objection,
        revision.change_mind_text,
    )
    yield from (even(words) for words in said)


def _of_positions(asked: Asked, quotations: list[Quotation]) -> Iterator[Lead]:
    ids = {one.public_id for one in quotations}
    if not ids:
        return
    passages = _passages(asked, "p", ids)
    rows = asked.session.scalars(
        select(Position)
        .where(Position.public_id.in_(passages))
        .options(joinedload(Position.thread))
    )
    by_id = {row.public_id: row for row in rows}
    cards = asked.read_cards([row.id for row in by_id.values()])
    for one in quotations:
        words, card = _words_of(one, passages), cards.get(one.public_id)
        if words and card is not None:
            yield Lead(
                key=f"{SAID}/{one.subject}",
                reason=SAID,
                title=card.claim,
                language=card.language,
                url=card.url,
                words=words,
                words_language=card.language,
                name=card.byline.name,
                marks=(mark_of(card),),
                level=card.level,
                level_words=asked.level_words(card.level),
                thread=where_of(by_id[one.public_id].thread),
                is_coarse=is_coarse(card),
            )


def _of_responses(asked: Asked, quotations: list[Quotation]) -> Iterator[Lead]:
    ids = {one.public_id for one in quotations}
    if not ids:
        return
    rows = {row.public_id: row for row in _responses(asked, ids)}
    passages = {
        id: (even(text.plain(row.live.source)),) for id, row in rows.items() if row.live is not None
    }
    letters = find_letters(asked.session, {row.position.thread_id for row in rows.values()})
    cards = asked.read_cards([row.position_id for row in rows.values()])
    for one in quotations:
        words, row = _words_of(one, passages), rows.get(one.public_id)
        if not words or row is None or row.live is None:
            continue
        card = cards.get(row.position.public_id)
        if card is None:
            continue
        at = row.first_published_at or row.created_at
        yield Lead(
            key=f"{SAID}/{one.subject}",
            reason=SAID,
            title=card.claim,
            language=card.language,
            url=paths.response(row.position.public_id, row.public_id),
            words=words,
            words_language=row.live.language,
            name=byline(row, row.position.thread_id, letters, at).name,
            marks=(mark_of(card),),
            thread=where_of(row.position.thread),
            is_coarse=CHATHAM_HOUSE in (row.attribution, card.byline.mode),
        )


def _responses(asked: Asked, ids: Collection[str]) -> list[Response]:
    rows = asked.session.scalars(
        select(Response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Series.id == asked.series.id)
        .where(open_positions(asked.viewer))
        .where(Response.state.in_(TEXT_STATES))
        .where(Response.public_id.in_(ids))
        .options(
            contains_eager(Response.position).contains_eager(Position.thread),
            joinedload(Response.live),
            joinedload(Response.author),
        )
    )
    return list(rows.unique())
