"""What is read once for a document: positions as pinned, references, findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import Around, card_of, read_around
from discussion.debate.threads.models import Thread
from discussion.reach.publications.drafts_marks import POSITION, REFERENCE, marks_in
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.document.rated import findings_of
from discussion.reach.publications.queries.pool import is_shown, list_threads
from discussion.reach.publications.shapes import Finding
from discussion.reach.publications.words import SECTIONS
from discussion.vocabulary import Vocabulary, of_series


@dataclass(frozen=True)
class Edition:
    """Which version it would be, when it is made, and what it says it corrects."""

    number: int
    made_at: datetime
    note: str
    site_url: str
    doi: str = ""


@dataclass(frozen=True)
class Reads:
    """Everything that is read once for a document."""

    known: Vocabulary
    threads: Sequence[Thread]
    sources: Mapping[str, PublicationSource]  # by mark, those that still stand
    cards: Mapping[int, Card]  # position id → what its pinned version says
    around: Around
    numbers: Mapping[int, int]  # item id → number of its reference
    items: Sequence[EvidenceItem]  # in that order
    found: Mapping[str, Finding]  # by mark


def read_all(
    session: Session,
    publication: Publication,
    sections: Mapping[str, str],
    sources: Sequence[PublicationSource],
) -> Reads:
    known = of_series(publication.series.slug)
    threads = list_threads(session, publication)
    standing = {row.mark: row for row in sources if _stands(row)}
    used = [mark for purpose in SECTIONS for mark in marks_in(sections.get(purpose, ""))]
    is_whole = publication.thread_id is not None  # of one thread every position is told of
    shown = [
        row for row in standing.values() if row.kind == POSITION and (is_whole or row.mark in used)
    ]
    rows = [row.position for row in shown if row.position is not None]
    answered = [row.position for mark in used if (row := standing.get(mark)) and row.position]
    around = read_around(session, list({row.id: row for row in (*rows, *answered)}.values()))
    cards = {
        row.position_id: card_of(row.position, row.revision, around)
        for row in shown
        if row.position is not None and row.position_id is not None
    }
    items = _items(standing, used, cards)
    return Reads(
        known=known,
        threads=threads,
        sources=standing,
        cards=cards,
        around=around,
        numbers={item.id: number for number, item in enumerate(items, start=1)},
        items=items,
        found=findings_of(session, standing, used),
    )


def _stands(row: PublicationSource) -> bool:
    """Whether what it names may be read by every reader of its thread."""
    if row.kind == REFERENCE:
        return row.item is not None and is_shown(row.item)
    asked: list[Position | Response | None] = [row.position, row.response]
    return all(one.state == "published" for one in asked if one is not None)


def _items(
    standing: Mapping[str, PublicationSource], used: Sequence[str], cards: Mapping[int, Card]
) -> list[EvidenceItem]:
    """Those that are cited, in the order of the text; then those that positions rely on."""
    cited = [row.item for mark in used if (row := standing.get(mark)) and row.item is not None]
    urls = {link.item_url for card in cards.values() for link in card.links}
    beside = [
        row.item
        for row in standing.values()
        if row.item is not None and paths.item(row.item.series.slug, row.item.public_id) in urls
    ]
    return list({item.id: item for item in (*cited, *beside)}.values())
