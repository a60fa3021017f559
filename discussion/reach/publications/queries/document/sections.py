"""Sections: each sentence with what it rests on, quotations with who said them."""

from discussion import paths
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import card_of
from discussion.debate.positions.queries.citing import day_shown
from discussion.debate.positions.queries.naming import byline
from discussion.debate.positions.words import QUOTED_TYPES
from discussion.language import _
from discussion.reach.publications.drafts_marks import (
    ANSWER,
    OUTCOME,
    POSITION,
    REFERENCE,
    SAYS,
    Line,
    Sentence,
    lines_of,
)
from discussion.reach.publications.models import PublicationSource
from discussion.reach.publications.queries.document.reading import Reads
from discussion.reach.publications.shapes import Block, Cite, Quoted, Said, Section
from discussion.reach.publications.words import EMPTY_MINORITY, MINORITY, SECTIONS


def section_of(purpose: str, source: str, reads: Reads) -> Section:
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
            type=QUOTED_TYPES[row.response.type],
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
