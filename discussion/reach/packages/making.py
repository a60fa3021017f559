"""Writing a package: one ZIP, row by row, the same bytes for the same rows of the same day.

Nothing but a few rows is in memory at a time: a table is read once, those of one pass together,
into files beside, as CSV and as JSON Lines, which then go into the ZIP.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
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
    threads: Sequence[Thread] = list_threads(reading)
    made: list[tuple[DataTable, MadeFile]] = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for _together, some in groupby(all_tables(), lambda one: one.together or one.name):
            made += _write_tables(archive, tuple(some), reading, threads, tell)
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


def _write_tables(
    archive: ZipFile,
    tables: Sequence[DataTable],
    reading: Reading,
    threads: Sequence[Thread],
    tell: Tell,
) -> Iterator[tuple[DataTable, MadeFile]]:
    """Those of one pass, each as CSV and as JSON Lines, in their order."""
    with ExitStack() as files:
        beside = {
            one.name: _Beside(
                one,
                files.enter_context(TemporaryFile()),
                files.enter_context(TemporaryFile()),
            )
            for one in tables
        }
        untold = 0
        for name, row in _rows(tables, reading, threads):
            beside[name].add(row)
            untold += 1
            if untold == TELLS_EVERY:
                tell(untold)
                untold = 0
        tell(untold)
        for one in beside.values():
            yield from one.put_into(archive)


class _Beside:
    """The files of a table before they are in the ZIP, which takes one at a time."""

    def __init__(self, table: DataTable, as_csv: IO[bytes], as_json: IO[bytes]) -> None:
        self._table, self._rows, self._lines = table, 0, CsvLines()
        self._names = [column.name for column in table.columns]
        self._csv = _Counted(as_csv)
        self._json = _Counted(as_json)
        self._csv.write(self._lines.line(self._names))

    def add(self, row: Row) -> None:
        self._csv.write(self._lines.line(row))
        self._json.write(json_line(self._names, row))
        self._rows += 1

    def put_into(self, archive: ZipFile) -> Iterator[tuple[DataTable, MadeFile]]:
        name = self._table.name
        for path, one in ((f"data/{name}.csv", self._csv), (f"jsonl/{name}.jsonl", self._json)):
            one.into.seek(0)
            with archive.open(_named(path), "w", force_zip64=True) as into:
                copyfileobj(one.into, into)
            yield self._table, one.made(path, self._table, self._rows)


class _Counted:
    """What is written, with its length and its hash."""

    def __init__(self, into: IO[bytes]) -> None:
        self.into, self._hash, self._length = into, sha256(), 0

    def write(self, said: bytes) -> None:
        self.into.write(said)
        self._hash.update(said)
        self._length += len(said)

    def made(self, path: str, table: DataTable, rows: int) -> MadeFile:
        return MadeFile(path, table.name, rows, self._length, self._hash.hexdigest())


def _rows(
    tables: Sequence[DataTable], reading: Reading, threads: Sequence[Thread]
) -> Iterator[tuple[str, Row]]:
    """Each with the name of its table."""
    table = tables[0]
    if table.together is not None:
        for thread in threads:
            yield from table.together(reading, thread)
    if table.of_series is not None:
        yield from ((table.name, row) for row in table.of_series(reading))
    if table.of_thread is not None:
        for thread in threads:
            yield from ((table.name, row) for row in table.of_thread(reading, thread))


def _named(path: str) -> ZipInfo:
    info = ZipInfo(path, EPOCH)
    info.compress_type, info.external_attr = ZIP_DEFLATED, READABLE
    return info
