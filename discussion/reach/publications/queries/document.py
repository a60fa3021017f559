"""A briefing as it would be frozen now: sentences with what they rest on, tables, references."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import link_in_words, strength_in_words
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import Around, card_of, read_around
from discussion.debate.positions.queries.citing import date_in_words, day_shown
from discussion.debate.positions.queries.naming import byline
from discussion.debate.positions.words import CHANGE_MINDS, RESPONSE_TYPES
from discussion.debate.threads.models import Thread
from discussion.language import _, _n, in_words
from discussion.reach.publications.drafts_marks import (
    ANSWER,
    FINDING,
    OUTCOME,
    POSITION,
    REFERENCE,
    SAYS,
    Line,
    Sentence,
    lines_of,
    marks_in,
)
from discussion.reach.publications.files.references import harvard
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries import tables
from discussion.reach.publications.queries.pool import is_shown, list_threads
from discussion.reach.publications.shapes import (
    Block,
    Cite,
    Cited,
    Document,
    Finding,
    Quoted,
    Reference,
    Road,
    Said,
    Scale,
    Section,
    Stand,
)
from discussion.reach.publications.words import EMPTY_MINORITY, MINORITY, PUT_IN, SECTIONS
from discussion.vocabulary import Vocabulary, of_series
from discussion.weighing.findings.content.counted import Numbers
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.shown import shown_contents

SCHEMA = 1


@dataclass(frozen=True)
class Edition:
    """Which version it would be, when it is made, and what it says it corrects."""

    number: int
    made_at: datetime
    note: str
    site_url: str


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


@dataclass(frozen=True)
class Made:
    """A document, and the sources that it rests on in any way."""

    document: Document
    rests_on: tuple[PublicationSource, ...]


def make_document(
    session: Session,
    publication: Publication,
    sections: Mapping[str, str],
    sources: Sequence[PublicationSource],
    edition: Edition,
) -> Made:
    """The same document for the same rows, whenever it is made."""
    reads = _read(session, publication, sections, sources)
    shown = tuple(_section(purpose, sections.get(purpose, ""), reads) for purpose in SECTIONS)
    roads = tuple(_roads(reads))
    series = publication.series
    about, about_url = about_of(publication)
    url = edition.site_url + paths.publication(series.slug, publication.slug, edition.number)
    day = clock.day(edition.made_at)
    document = Document(
        schema=SCHEMA,
        kind=publication.kind,
        title=publication.title,
        language=publication.language,
        series=series.title,
        host=series.host,
        about=about,
        about_url=about_url,
        url=url,
        version=edition.number,
        made_on=day.isoformat(),
        note=edition.note,
        span=_span(reads.threads),
        drawn_from=_drawn_from(reads),
        not_counted="" if reads.found else _("No statement that was rated is cited here."),
        review_on=_review(publication),
        sections=tuple(one for one in shown if one.blocks or one.purpose in PUT_IN),
        roads=roads,
        scale=_scale(publication),
        values=tables.value_rows(list(reads.cards.values())),
        sources=tables.source_rows(
            [(one, reads.numbers[one.id]) for one in reads.items], list(reads.cards.values())
        ),
        who=tables.who_rows(_voices(reads)),
        findings=tuple(reads.found.values()),
        method=tuple(_method(publication, reads)),
        references=_references(reads),
        cite_as=_cite_as(publication, edition, day, url),
        is_demonstration=series.is_demonstration,
    )
    return Made(document, tuple(_rests_on(reads, sections)))


def about_of(publication: Publication) -> tuple[str, str]:
    """The question that it is about, and where that stands."""
    series = publication.series
    if publication.thread is not None:
        return publication.thread.question, paths.thread(publication.thread.slug)
    if publication.theme is not None:
        theme = publication.theme
        return theme.question, paths.theme(series.slug, theme.slug)
    return series.question, paths.series(series.slug)


def _read(
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
        found=_findings(session, standing, used),
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


def _section(purpose: str, source: str, reads: Reads) -> Section:
    blocks = tuple(_block(line, reads) for line in lines_of(source))
    if purpose == MINORITY and not blocks:
        said = Said(str(EMPTY_MINORITY), (), False)
        blocks = (Block("text", (said,), None),)
    return Section(purpose, str(SECTIONS[purpose][0]), tuple(one for one in blocks if one))


def _block(line: Line, reads: Reads) -> Block:
    if line.kind == "quote":
        said = line.sentences[0]
        row = reads.sources.get(said.marks[0])
        if row is None:
            gone = Said(_("A quotation stood here. It can no longer be shown."), (), False)
            return Block("text", (gone,), None)
        if row.position is None:  # an outcome, a source or a finding has no words to quote
            return Block("text", (_said(said, reads, is_heading=False),), None)
        return Block("quote", (), _quoted(said, row, reads))
    is_heading = line.kind == "heading"
    return Block(
        line.kind, tuple(_said(one, reads, is_heading=is_heading) for one in line.sentences), None
    )


def _said(sentence: Sentence, reads: Reads, *, is_heading: bool) -> Said:
    cites = tuple(_cite(row, reads) for mark in sentence.marks if (row := reads.sources.get(mark)))
    return Said(sentence.text, cites, not cites and not is_heading)


def _cite(row: PublicationSource, reads: Reads) -> Cite:
    if row.kind == POSITION and row.position is not None:
        card = _card(row, reads)
        says = _("Position %(number)s", number=row.position.number)
        url = paths.version(card.id, card.version)
        return Cite(row.mark, SAYS[row.kind], row.position.number or 0, card.family, says, url)
    if row.kind == ANSWER and row.response is not None and row.position is not None:
        says = _("An answer to position %(number)s", number=row.position.number)
        url = paths.response(row.position.public_id, row.response.public_id)
        return Cite(row.mark, SAYS[row.kind], row.position.number or 0, "", says, url)
    if row.kind == REFERENCE and row.item is not None:
        number = reads.numbers[row.item.id]
        says = _("Reference %(number)s", number=number)
        url = paths.item(row.item.series.slug, row.item.public_id)
        return Cite(row.mark, SAYS[row.kind], number, "", says, url)
    slug = row.thread.slug if row.thread is not None else ""
    if row.kind == OUTCOME:
        return Cite(row.mark, SAYS[row.kind], 0, "", _("Outcome"), paths.thread(slug))
    says = _("Finding %(code)s", code=row.code)
    found = reads.found.get(row.mark)
    return Cite(row.mark, SAYS[row.kind], 0, "", says, found.url if found else paths.findings(slug))


def _card(row: PublicationSource, reads: Reads) -> Card:
    position = row.position
    assert position is not None
    return reads.cards.get(position.id) or card_of(position, row.revision, reads.around)


def _quoted(said: Sentence, row: PublicationSource, reads: Reads) -> Quoted:
    cite = _cite(row, reads)
    if row.response is not None and row.text is not None and row.position is not None:
        at = row.text.live_at or row.response.created_at
        who = byline(row.response, row.position.thread_id, reads.around.letters, at)
        detail = _(
            "%(type)s, to position %(number)s",
            type=RESPONSE_TYPES[row.response.type],
            number=row.position.number,
        )
        return Quoted(
            said.text, row.text.language, cite, who.name, detail, day_shown(who.date), cite.url
        )
    card = _card(row, reads)
    detail = _("position %(number)s, version %(version)s", number=card.number, version=card.version)
    return Quoted(
        said.text, card.language, cite, card.byline.name, detail, day_shown(card.byline.date),
        cite.url,
    )  # fmt: skip


def _roads(reads: Reads) -> Iterator[Road]:
    """Every position as a line, from one end of the first scale to the other."""
    made = []
    for card in reads.cards.values():
        place = card.places[-1] if card.places else None
        road = Road(
            stand=stand_of(card),
            claim=card.claim,
            language=card.language,
            name=card.byline.name,
            version=card.version,
            date=day_shown(card.byline.date),
            level=str(reads.known.level_labels.get(card.level, "")),
            place=card.place_words,
            at=round(place.at * 100) if place else None,
            minds=", ".join(str(CHANGE_MINDS[one]) for one in card.change_mind),
            mind=card.change_mind_text,
            url=paths.version(card.id, card.version),
        )
        made.append(((road.at is None, road.at or 0, card.number), road))
    yield from (road for _order, road in sorted(made, key=lambda one: one[0]))


def stand_of(card: Card, *, is_second: bool = False) -> Stand:
    return tables.stand_of(card, is_second=is_second)


def _scale(publication: Publication) -> Scale | None:
    """The one on which the map stands: the last of a thread's two."""
    if publication.thread is None or not publication.thread.scales:
        return None
    row = publication.thread.scales[:2][-1]
    return Scale(row.low, row.high)


def _voices(reads: Reads) -> list[tables.Voice]:
    found = [
        tables.Voice(card.byline.name, card.byline.detail, card.byline.mode, True)
        for card in reads.cards.values()
    ]
    for row in reads.sources.values():
        if row.response is not None and row.position is not None:
            at = row.response.first_published_at or row.response.created_at
            who = byline(row.response, row.position.thread_id, reads.around.letters, at)
            found.append(tables.Voice(who.name, who.detail, who.mode, False))
    return found


def _references(reads: Reads) -> tuple[Reference, ...]:
    listed = [_cited(item) for item in reads.items]
    return tuple(
        Reference(
            number=reads.numbers[item.id],
            text=said,
            kind=str(reads.known.evidence_kind_labels.get(item.kind, "")),
            strength=strength_in_words(item, reads.known),
            link=_link(item),
            url=item.archive_url or item.url or "",
            cited=cited,
        )
        for item, cited, said in zip(reads.items, listed, harvard(listed), strict=True)
    )


def _cited(item: EvidenceItem) -> Cited:
    return Cited(
        id=item.public_id,
        title=item.title,
        authors=tuple(item.authors),
        year=item.year,
        publisher=item.publisher,
        url=item.url,
        doi=item.doi,
        citation=item.citation,
        language=item.language,
        accessed_on=item.accessed_on,
    )


def _link(item: EvidenceItem) -> str:
    if item.archive_url:
        return _("No longer at its address; an archived copy is kept")
    if not item.url and not item.doi:
        return _("Nothing to link to")
    return link_in_words(item)


def _findings(
    session: Session, standing: Mapping[str, PublicationSource], used: Sequence[str]
) -> dict[str, Finding]:
    """By mark, from the snapshot that each is bound to: another may have another under its code."""
    asked = {mark: standing[mark] for mark in used if mark in standing}
    rows = {mark: row for mark, row in asked.items() if row.kind == FINDING}
    if not rows:
        return {}
    bound = select(FindingSnapshot).where(
        FindingSnapshot.id.in_({row.snapshot_id for row in rows.values()})
    )
    snapshots = {one.id: one for one in session.scalars(bound)}
    contents = shown_contents(session, snapshots.values())
    found = {}
    for mark, row in rows.items():
        snapshot = snapshots.get(row.snapshot_id or 0)
        if snapshot is not None and row.thread is not None:
            content = contents[snapshot.id]
            texts = {one.code: one.text for one in content.ratings.statements}
            url = paths.findings_version(row.thread.slug, snapshot.version)
            said = _room(content, row.code)
            found[mark] = Finding(row.code, texts.get(row.code, ""), said, url)
    return found


def _room(content: Content, code: str) -> str:
    """What the room answered, as far as the snapshot tells it; never of fewer than five."""
    counted = content.ratings
    cell = counted.cells.get(code, {}).get(counted.room)
    if not isinstance(cell, Numbers) or cell.raters < counted.round.min_group:
        return _("Fewer than five people answered.")
    middle = (counted.round.points + 1) / 2
    ups = sum(n for point, n in enumerate(cell.counts, start=1) if point > middle)
    downs = sum(n for point, n in enumerate(cell.counts, start=1) if point < middle)
    return _(
        "Of %(people)s people, %(up)s agree and %(down)s disagree. %(dont)s do not know.",
        people=cell.raters,
        up=ups,
        down=downs,
        dont=cell.dont_know,
    )


def _span(threads: Sequence[Thread]) -> str:
    days = [day for one in threads for day in (one.open_on, one.closed_on) if day is not None]
    if not days:
        return ""
    return _("%(first)s to %(last)s", first=in_words(min(days)), last=in_words(max(days)))


def _drawn_from(reads: Reads) -> str:
    answers = sum(row.kind == ANSWER for row in reads.sources.values())
    counted = (
        _n("%(num)s position", "%(num)s positions", len(reads.cards)),
        _n("%(num)s response", "%(num)s responses", answers),
        _n("%(num)s source", "%(num)s sources", len(reads.items)),
    )
    return ", ".join(counted)


def _review(publication: Publication) -> str:
    thread = publication.thread
    if thread is None or thread.stage != "closed" or thread.review_on is None:
        return ""
    return in_words(thread.review_on)


def _method(publication: Publication, reads: Reads) -> Iterator[str]:
    series = publication.series
    yield _("Moderators of the series composed it from what contributors published.")
    yield _(
        "Quotations are exact. Everybody is named as they chose, and a role is told only "
        "where at least %(least)s members share it.",
        least=series.min_group,
    )
    yield _(
        "Private answers are counted only where at least %(least)s people gave one.",
        least=series.min_group,
    )
    if publication.tells_until is not None:
        yield _(
            "Authors were told that they are quoted, and could object to unfair use until %(day)s.",
            day=in_words(publication.tells_until),
        )


def _rests_on(reads: Reads, sections: Mapping[str, str]) -> Iterator[PublicationSource]:
    """What is cited, and everything else of which the document tells."""
    used = {mark for one in sections.values() for mark in marks_in(one)}
    answered = any(row.kind == ANSWER for row in reads.sources.values())
    shown = {item.id for item in reads.items}
    for row in reads.sources.values():
        is_told = (
            row.mark in used
            or (row.kind == POSITION and row.position_id in reads.cards)
            or (row.kind == REFERENCE and row.item_id in shown)
            or (row.kind == ANSWER and answered)  # counted by role
        )
        if is_told:
            yield row


def _cite_as(publication: Publication, edition: Edition, day: date, url: str) -> str:
    return _(
        "%(series)s (%(year)s) %(title)s Briefing, version %(version)s, %(day)s. "
        "Available at: %(url)s",
        series=publication.series.title,
        year=day.year,
        title=publication.title,
        version=edition.number,
        day=in_words(day, "d MMMM"),
        url=url,
    )


def in_days(iso: str) -> str:
    """A day or a month of a document in words."""
    return date_in_words(iso) if iso else ""


def renumbered(document: Document, number: int) -> Document:
    """The same as another version, to compare two."""
    return replace(document, version=number)
