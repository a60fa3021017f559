"""A document as PDF/UA-1: tagged, two pages where what it says fits on two."""

import json
from functools import cache

from discussion.reach.publications.files.viewed import FONTS, printable, viewed
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import MOST_PAGES

TEMPLATE = FONTS.parent / "briefing.typ"
TIGHTEST = 3


def as_pdf(document: Document) -> bytes:
    """As wide as two pages take it; smaller type before a third page, and never below 6.9 points.

    The compiler is large and needed by the worker alone, so it is imported here. It reads data and
    no markup of people's, refuses a picture without words, and a character that no face has: those
    are replaced before, and say so.
    """
    import typst

    data = json.dumps(printable(viewed(document), has), ensure_ascii=False)
    compiler = typst.Compiler(str(TEMPLATE), root=str(FONTS.parent), font_paths=[str(FONTS)],
                              ignore_system_fonts=True)  # fmt: skip
    made = b""
    for tight in range(TIGHTEST + 1):
        given = {"data": data, "tight": str(tight)}
        found = compiler.compile(sys_inputs=given, format="pdf", pdf_standards="ua-1")
        made = found if isinstance(found, bytes) else b""
        if tight == TIGHTEST or pages_of(made) <= MOST_PAGES:
            break
    return made


def pages_of(pdf: bytes) -> int:
    """How many pages it says that it has."""
    import re

    counted = re.findall(rb"/Type\s*/Pages\b.{0,200}?/Count\s+(\d+)", pdf, re.DOTALL)
    counted += re.findall(rb"/Count\s+(\d+).{0,200}?/Type\s*/Pages\b", pdf, re.DOTALL)
    return max((int(one) for one in counted), default=0)


@cache
def _characters() -> frozenset[str]:
    return frozenset((FONTS / "characters.txt").read_text("utf-8"))


def has(character: str) -> bool:
    """Whether both faces have it."""
    return character in _characters() or character in "\n\t"
