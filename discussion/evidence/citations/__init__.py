"""Citations in and out: BibTeX, RIS and Harvard text; no database and no request is known here."""

from discussion.evidence.citations.reading import MAX_ENTRIES, MAX_SOURCE, Entry, Reading, read
from discussion.evidence.citations.writing import bibtex, harvard, latex, ris
from discussion.evidence.identifiers import normalise_doi

__all__ = [
    "MAX_ENTRIES",
    "MAX_SOURCE",
    "Entry",
    "Reading",
    "bibtex",
    "harvard",
    "latex",
    "normalise_doi",
    "read",
    "ris",
]
