"""A row as a line of CSV, safe in a spreadsheet, and as a line of JSON, exact.

In CSV a cell of words that a spreadsheet would take for a formula has an apostrophe before it, and
a list stands in one cell. JSON Lines have every word as it was written, and lists as lists.
"""

import csv
import json
from collections.abc import Sequence
from io import StringIO

from discussion import text
from discussion.reach.packages.shapes import Cell, Row

BETWEEN = "; "  # what stands between the members of a list in a cell


class CsvLines:
    """Rows as RFC 4180 has them, in UTF-8."""

    def __init__(self) -> None:
        self._buffer = StringIO(newline="")
        self._writer = csv.writer(self._buffer)

    def line(self, row: Sequence[Cell]) -> bytes:
        self._writer.writerow([_cell(one) for one in row])
        written = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return written.encode()


def json_line(names: Sequence[str], row: Row) -> bytes:
    """One object with a key a column."""
    said = dict(zip(names, map(_plain, row), strict=True))
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _cell(one: Cell) -> str | int | float:
    if one is None:
        return ""
    if isinstance(one, bool):
        return "true" if one else "false"
    if isinstance(one, int | float):
        return one
    words = BETWEEN.join(one) if isinstance(one, tuple) else one
    return text.inert(words.replace("\0", ""))


def _plain(one: Cell) -> str | int | float | bool | list[str] | None:
    if isinstance(one, tuple):
        return [str(word) for word in one]
    return str(one) if isinstance(one, str) else one
