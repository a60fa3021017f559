"""Findings and outcomes as two pages of PDF, and the dictionary of their tables."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from discussion.language import _, _n
from discussion.reach.publications.files.typeset import (
    HERE,
    pages_of,
    typeset,
    with_row_headers,
)
from discussion.reach.publications.shapes_sheets import Column, Part, Sheet
from discussion.reach.publications.words import MOST_PAGES

TEMPLATE = HERE / "sheet.typ"
MOST_LINES = 60  # of a table, to begin with: two pages hold no more
FEWEST_LINES = 4
TIGHTEST = 4  # a sheet begins larger than a briefing


def sheet_as_pdf(sheet: Sheet) -> bytes:
    """Two pages: smaller type first, then fewer parts, then shorter tables, and it says so."""
    made = b""
    for tight, tried in _tries(_shortened(sheet, MOST_LINES)):
        made = typeset(TEMPLATE, _given(tried), tight)
        if pages_of(made) <= MOST_PAGES:
            break
    return with_row_headers(made)


def dictionary_rows(columns: tuple[Column, ...]) -> list[tuple[str, str, str]]:
    """What each column of a table means, as rows of a table of their own."""
    return [(one.name, one.type, one.says) for one in columns]


def _tries(sheet: Sheet) -> Iterator[tuple[int, Sheet]]:
    """What is tried in turn until two pages hold it; the last of it always do."""
    for tight in range(TIGHTEST + 1):
        yield tight, sheet
    while any(not one.is_needed for one in sheet.parts):
        last = max(at for at, one in enumerate(sheet.parts) if not one.is_needed)
        parts = (*sheet.parts[:last], *sheet.parts[last + 1 :])
        sheet = replace(sheet, parts=parts, is_cut=True)
        yield TIGHTEST, sheet
    most = MOST_LINES
    while most > FEWEST_LINES:
        most //= 2
        sheet = _shortened(sheet, most)
        yield TIGHTEST, sheet


def _shortened(sheet: Sheet, most: int) -> Sheet:
    return replace(sheet, parts=tuple(_short(one, most) for one in sheet.parts))


def _short(part: Part, most: int) -> Part:
    table = part.table
    if table is None or len(table.lines) <= most:
        return part
    more = table.left_out + len(table.lines) - most
    return replace(part, table=replace(table, lines=table.lines[:most], left_out=more))


def _given(sheet: Sheet) -> dict[str, Any]:
    """The sheet with the words around it, as plain data."""
    given = asdict(sheet)
    for part, one in zip(given["parts"], sheet.parts, strict=True):
        left = one.table.left_out if one.table else 0
        part["more"] = _n("%(num)s more row is on the page.", "%(num)s more rows are on the page.",
                          left) if left else ""  # fmt: skip
    given["lang"] = sheet.language.partition("-")[0]
    given["words"] = {
        "page": _("Page %(page)s of %(pages)s", page=1, pages=2),
        "demonstration": _("A demonstration: authors are invented; references are real."),
        "drawn": _("How far apart"),
        "longer": _("The page says more than two sides of paper hold."),
    }
    return given
