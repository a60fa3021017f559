"""A frozen document as files: plain text, JSON, references, PDF, Word. No request, no database."""

from collections.abc import Callable

from discussion.reach.publications.files.pdf import as_pdf
from discussion.reach.publications.files.plain import as_text
from discussion.reach.publications.files.references import as_bibtex, as_csl, as_ris
from discussion.reach.publications.files.word import as_docx
from discussion.reach.publications.shapes import Document

Maker = Callable[[Document], bytes]
MAKERS: dict[str, Maker] = {
    "pdf": as_pdf,
    "docx": as_docx,
    "txt": as_text,
    "bib": as_bibtex,
    "ris": as_ris,
    "csl": as_csl,
}


def make_files(document: Document) -> dict[str, bytes]:
    """Every file of a version, but for its canonical JSON, which is what its hash is of."""
    return {name: make(document) for name, make in MAKERS.items()}
