"""A briefing as it would be frozen now, from the rows that it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.evidence.identifiers import doi_address
from discussion.language import _
from discussion.reach.publications.drafts_marks import ANSWER, POSITION, REFERENCE, marks_in
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.document import tables
from discussion.reach.publications.queries.document.about import (
    about_of,
    cite_as,
    drawn_from,
    method_of,
    review_of,
    span_of,
)
from discussion.reach.publications.queries.document.needed import with_needed
from discussion.reach.publications.queries.document.reading import Edition, Reads, read_all
from discussion.reach.publications.queries.document.references import references_of
from discussion.reach.publications.queries.document.roads import roads_of, scale_of, voices_of
from discussion.reach.publications.queries.document.sections import section_of
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import PUT_IN, SECTIONS

SCHEMA = 1


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
    needed = with_needed(session, publication, sections, sources)
    sections = needed.sections
    reads = read_all(session, publication, sections, sources)
    shown = tuple(section_of(purpose, sections.get(purpose, ""), reads) for purpose in SECTIONS)
    roads = tuple(roads_of(reads))
    series = publication.series
    about, about_url = about_of(publication)
    url = edition.site_url + paths.publication(series.slug, publication.slug, edition.number)
    where = doi_address(edition.doi) if edition.doi else url
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
        span=span_of(reads.threads),
        drawn_from=drawn_from(reads),
        not_counted="" if reads.found else _("No statement that was rated is cited here."),
        review_on=review_of(publication),
        sections=tuple(one for one in shown if one.blocks or one.purpose in PUT_IN),
        roads=roads,
        scale=scale_of(publication),
        values=tables.value_rows(list(reads.cards.values())),
        sources=tables.source_rows(
            [(one, reads.numbers[one.id]) for one in reads.items], list(reads.cards.values())
        ),
        who=tables.who_rows(voices_of(reads)),
        findings=tuple(reads.found.values()),
        method=tuple(method_of(publication, reads)),
        references=references_of(reads),
        cite_as=cite_as(publication, edition, day, where),
        is_demonstration=series.is_demonstration,
        doi=edition.doi,
    )
    return Made(document, (*_rests_on(reads, sections), *needed.sources))


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
