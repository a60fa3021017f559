"""What the page calls the parts of a reference."""

from discussion.debate.evidence.citations.shapes import Line
from discussion.debate.evidence.drafts import ItemDraft
from discussion.language import _, _l

LABELS = {
    "title": _l("Title"),
    "subtitle": _l("Subtitle"),
    "short title": _l("Short title"),
    "date": _l("Date"),
    "month": _l("Month"),
    "journal": _l("Journal"),
    "book": _l("Book or proceedings"),
    "book subtitle": _l("Subtitle of the book"),
    "event": _l("Event"),
    "volume": _l("Volume"),
    "number": _l("Number"),
    "pages": _l("Pages"),
    "publisher": _l("Publisher or journal"),
    "published how": _l("How it was published"),
    "place": _l("Place"),
    "edition": _l("Edition"),
    "series": _l("Series"),
    "isbn": "ISBN",
    "issn": "ISSN",
    "doi": "DOI",
    "url": _l("Web address"),
    "note": _l("Note"),
    "citation": _l("Full reference"),
    "reference": _l("Full reference"),
    "accessed": _l("Read on"),
    "language": _l("Language"),
    "sort": _l("Sort of work"),
    "version": _l("Version"),
    "pmid": "PMID",
    "pmcid": "PMCID",
    "number of record": _l("Number in a database"),
    "abstract": _l("Abstract"),
    "keywords": _l("Keywords"),
    "files": _l("Files"),
    "affiliation": _l("Affiliation"),
    "editor": _l("Edited by"),
    "translator": _l("Translated by"),
    "series editor": _l("Series edited by"),
    "contributor": _l("With"),
    "original": _l("First published as"),
    "journal abbreviated": _l("Journal, shortened"),
    "translated title": _l("Translated title"),
    "section": _l("Section"),
    "volumes": _l("Number of volumes"),
    "database": _l("Database"),
    "comment": _l("Comment"),
    "reviewed": _l("Reviewed work"),
}


def labelled(draft: ItemDraft) -> tuple[Line, ...]:
    """What a draft holds, with the names of the form's fields; what is empty is left out."""
    lines = (
        Line(LABELS["title"], draft.title),
        Line(_("Authors"), "; ".join(draft.authors)),
        Line(_("Year"), str(draft.year or "")),
        Line(LABELS["publisher"], draft.publisher),
        Line(LABELS["doi"], draft.doi),
        Line(LABELS["url"], draft.url),
        Line(LABELS["citation"], draft.citation),
        Line(LABELS["accessed"], str(draft.accessed_on or "")),
    )
    return tuple(line for line in lines if line.value)
