"""Tables as CSV, which a spreadsheet opens without running anything that people wrote."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from flask import Response

from discussion import text


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
        writer.writerow([text.inert(cell) if isinstance(cell, str) else cell for cell in row])
        if buffer.tell() > 32_768:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> str:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written
