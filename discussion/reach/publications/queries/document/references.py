"""References in the order of the text, each with what is known of its link."""

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import link_in_words, strength_in_words
from discussion.language import _
from discussion.reach.publications.files.references import harvard
from discussion.reach.publications.queries.document.reading import Reads
from discussion.reach.publications.shapes import Cited, Reference


def references_of(reads: Reads) -> tuple[Reference, ...]:
    listed = [cited_item(item) for item in reads.items]
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


def cited_item(item: EvidenceItem) -> Cited:
    """As the library has it."""
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
