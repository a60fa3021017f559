"""Writing a package: one ZIP, row by row, the same bytes for the same rows of the same day.

Nothing but a few rows is in memory at a time: a table is read once, goes into the ZIP as CSV, and
into a file beside as JSON Lines, which then follows it.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from discussion.debate.threads.models import Thread
from discussion.reach.packages.queries.describing import describe, read_me
from discussion.reach.packages.queries.licensing import Terms, cite
from discussion.reach.packages.queries.tables import all_tables
from discussion.reach.packages.queries.tabling import DataTable, Reading, list_threads
from discussion.reach.packages.shapes import MadeFile, Row
from discussion.reach.packages.tabular import CsvLines, json_line
from discussion.reach.packages.words import TELLS_EVERY

Tell = Callable[[int], None]  # so many more rows are written
EPOCH = (1980, 1, 1, 0, 0, 0)  # a ZIP's first moment: when it was made stands inside
READABLE = 0o644 << 16


@dataclass(frozen=True)
class Edition:
    """Which making of a package this is, on which day, under which terms."""

    number: int
    made_on: str  # ISO
    terms: Terms


def write_package(
    file: IO[bytes], reading: Reading, edition: Edition, tell: Tell
) -> tuple[MadeFile, ...]:
    """Write the ZIP into a file that is open for writing; returns what is in it."""
    threads, made = list_threads(reading), []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in all_tables():
            made += [(table, one) for one in _write_table(archive, table, reading, threads, tell)]
        series, terms = reading.series, edition.terms
        said = cite(series, edition.made_on, edition.number, reading.site_url)
        descriptor = describe(
            series,
            made,
            made_on=edition.made_on,
            number=edition.number,
            licence=terms.licence,
            cite=said,
            site_url=reading.site_url,
        )
        about = read_me(series, made_on=edition.made_on, licence_says=terms.says, cite=said)
        with archive.open(_named("README.md"), "w") as into:
            into.write(about.encode())
        with archive.open(_named("datapackage.json"), "w") as into:
            into.write(json.dumps(descriptor, ensure_ascii=False, indent=1).encode() + b"\n")
    return tuple(one for _table, one in made)


def _write_table(
    archive: ZipFile, table: DataTable, reading: Reading, threads: Sequence[Thread], tell: Tell
) -> Iterator[MadeFile]:
    names = [column.name for column in table.columns]
    with TemporaryFile() as beside:
        rows, untold, lines = 0, 0, CsvLines()
        as_json = _Counted(beside)
        path = f"data/{table.name}.csv"
        with archive.open(_named(path), "w", force_zip64=True) as into:
            as_csv = _Counted(into)
            as_csv.write(lines.line(names))
            for row in _rows(table, reading, threads):
                as_csv.write(lines.line(row))
                as_json.write(json_line(names, row))
                rows, untold = rows + 1, untold + 1
                if untold == TELLS_EVERY:
                    tell(untold)
                    untold = 0
        tell(untold)
        yield as_csv.made(path, table, rows)
        beside.seek(0)
        path = f"jsonl/{table.name}.jsonl"
        with archive.open(_named(path), "w", force_zip64=True) as into:
            copyfileobj(beside, into)
        yield as_json.made(path, table, rows)


class _Counted:
    """What is written, with its length and its hash."""

    def __init__(self, into: IO[bytes]) -> None:
        self._into, self._hash, self._length = into, sha256(), 0

    def write(self, said: bytes) -> None:
        self._into.write(said)
        self._hash.update(said)
        self._length += len(said)

    def made(self, path: str, table: DataTable, rows: int) -> MadeFile:
        return MadeFile(path, table.name, rows, self._length, self._hash.hexdigest())


def _rows(table: DataTable, reading: Reading, threads: Sequence[Thread]) -> Iterator[Row]:
    if table.of_series is not None:
        yield from table.of_series(reading)
    if table.of_thread is not None:
        for thread in threads:
            yield from table.of_thread(reading, thread)


def _named(path: str) -> ZipInfo:
    info = ZipInfo(path, EPOCH)
    info.compress_type, info.external_attr = ZIP_DEFLATED, READABLE
    return info
