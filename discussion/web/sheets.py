"""Tables as CSV, which a spreadsheet opens without running anything that people wrote."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from flask import Response

# A cell that begins so is a formula, or becomes one, in one spreadsheet or another.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before it."""
    if isinstance(cell, str) and cell.lstrip(" \ufeff").startswith(BEGINS_A_FORMULA):
        return f"'{cell}"
    return cell


def as_csv(name: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Response:
    """A CSV file of this name, with a byte order mark, since spreadsheets ask for one."""
    response = Response(_written(head, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for row in (head, *rows):
        writer.writerow([inert(cell) for cell in row])
        if buffer.tell() > 32_768:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> str:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written
