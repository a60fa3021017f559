"""References as CSL, as a list in Harvard style, and for reference managers."""

import json
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from discussion.debate.evidence import citations
from discussion.reach.publications.shapes import Cited, Document

STYLE = "harvard-cite-them-right.csl"
_VOLUME = re.compile(
    r"^(?P<title>.*?)[,.]?\s+(?P<volume>\d+)\s*(?:\((?P<issue>[^)]+)\))?"
    r"(?:[,:]\s*(?:pp?\.\s*)?(?P<page>[\d–-]+))?\.?$"
)


def csl_of(item: Cited) -> dict[str, Any]:
    """What a reference manager reads of an item; authors as persons or institutions as they are."""
    found: dict[str, Any] = {
        "id": item.id,
        "type": "article-journal" if item.doi else "webpage" if item.url else "report",
        "title": item.title,
        "author": [_name(one) for one in item.authors],
        "language": item.language,
    }
    if item.year:
        found["issued"] = {"date-parts": [[item.year]]}
    if item.doi:
        found |= _journal(item.publisher) | {"DOI": item.doi}
    elif item.publisher:
        found["publisher"] = item.publisher
    if item.url and not item.doi:
        found["URL"] = item.url
        if item.accessed_on:
            day = item.accessed_on
            found["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    if item.citation:
        found["note"] = item.citation
    return {key: value for key, value in found.items() if value}


def harvard(items: Sequence[Cited]) -> list[str]:
    """Each as one line in the style *Cite Them Right*; plain text, whatever stands in it.

    The citation processor is large and is only needed here, so it is imported here.
    """
    if not items:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that the style does not use
        import citeproc
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        path = Path(citeproc.__file__).parent / "data" / "styles" / STYLE
        style = CitationStylesStyle(str(path), validate=False, locale="en-GB")
        found = []
        for one in map(csl_of, items):  # one by one: our order, and not that of the alphabet
            given = {key: value for key, value in one.items() if key not in ("language", "note")}
            book = CitationStylesBibliography(style, CiteProcJSON([given]), formatter.plain)
            book.register(Citation([CitationItem(one["id"])]))
            found.append(str(book.bibliography()[0]).replace(" [Preprint]", ""))
    return found


def as_bibtex(document: Document) -> bytes:
    """One entry each."""
    return cited_files([one.cited for one in document.references])["bib"]


def as_ris(document: Document) -> bytes:
    """One record each."""
    return cited_files([one.cited for one in document.references])["ris"]


def as_csl(document: Document) -> bytes:
    """A list of CSL-JSON, as Zotero and pandoc read it."""
    return cited_files([one.cited for one in document.references])["csl"]


def cited_files(cited: Sequence[Cited]) -> dict[str, bytes]:
    """The same as BibTeX, RIS and CSL-JSON."""
    listed = json.dumps(
        [csl_of(one) for one in cited], ensure_ascii=False, indent=1, sort_keys=True
    )
    return {
        "bib": "\n".join(map(citations.bibtex, cited)).encode(),
        "ris": "".join(map(citations.ris, cited)).encode(),
        "csl": f"{listed}\n".encode(),
    }


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": author.strip()}


def _journal(publisher: str) -> dict[str, str]:
    if found := _VOLUME.match(publisher):
        named = {"container-title": found["title"], "volume": found["volume"]}
        more = {"issue": found["issue"], "page": found["page"]}
        return named | {key: value for key, value in more.items() if value}
    return {"container-title": publisher} if publisher else {}
