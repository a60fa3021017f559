"""A document as PDF/UA-1: tagged, two pages where what it says fits on two."""

from discussion.reach.publications.files.typeset import (
    HERE,
    TIGHTEST,
    pages_of,
    typeset,
    with_row_headers,
)
from discussion.reach.publications.files.viewed import viewed
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import MOST_PAGES

TEMPLATE = HERE / "briefing.typ"
MOST_SAVED = 4  # pages that the smallest type may bring down to two


def as_pdf(document: Document) -> bytes:
    """As wide as two pages take it: smaller type before a third page, never below 6.9 points.

    What does not fit on two in the smallest is set in the largest: there is nothing to be won.
    """
    data = viewed(document)
    widest = typeset(TEMPLATE, data, 0)
    if MOST_PAGES < pages_of(widest) <= MOST_SAVED:
        for tight in range(1, TIGHTEST + 1):
            made = typeset(TEMPLATE, data, tight)
            if pages_of(made) <= MOST_PAGES:
                return with_row_headers(made)
    return with_row_headers(widest)


def pages_on_paper(document: Document) -> int:
    """How many pages it takes at its smallest."""
    return pages_of(typeset(TEMPLATE, viewed(document), TIGHTEST))
