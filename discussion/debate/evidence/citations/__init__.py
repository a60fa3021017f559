"""Citations in and out, in many formats; no database and no request is known here."""

from discussion.debate.evidence.citations.reading import MAX_ENTRIES, MAX_SOURCE, read
from discussion.debate.evidence.citations.shapes import Account, Entry, Line, Reading
from discussion.debate.evidence.citations.writing import bibtex, harvard, latex, ris
from discussion.debate.evidence.identifiers import normalise_doi

__all__ = [
    "MAX_ENTRIES",
    "MAX_SOURCE",
    "Account",
    "Entry",
    "Line",
    "Reading",
    "bibtex",
    "harvard",
    "latex",
    "normalise_doi",
    "read",
    "ris",
]
