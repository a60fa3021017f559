"""A backup: one zip of JSON lines, the same for SQLite and PostgreSQL.

`manifest.json` says the version, the migration and, for each table, its rows, the hash of its lines
and the kinds of its columns. What is written is what the database says of itself, not the models of
today, so that a backup can be made before an upgrade's migrations; and it is read by what it says
of itself, so that an old one comes back with its own migration and is then brought up to date.

In a column of JSON a row without the key holds nothing (SQL's NULL); one with null holds JSON's.
"""

import json
import os
import tempfile
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from sqlalchemy import JSON, ColumnElement, Connection, cast, select
from sqlalchemy import column as plain_column
from sqlalchemy import table as plain_table

from discussion import __version__
from discussion.cli.outline import JSON_TEXT, Outline, type_of
from discussion.cli.progress import Tell, nobody, progress
from discussion.db import OWNER_ALONE
from discussion.records import later, read

FORMAT = 2
READ = (1, 2)
MANIFEST = "manifest.json"
# True only of the site that wrote it; and who signed out since a backup stays signed out.
PASSING = frozenset(
    {"heartbeat", "standing", "account_session", "state_number"}
    | {"data_package", "data_piece"}  # made anew of what is there
    | {"tallied_thread", "thread_tally", "series_tally"}
    | {"search_entry", "search_text", "search_stale"}
)
BATCH = 500
# A row is one line. Longer ones nobody wrote, and a small file can hold very long ones.
LONGEST_LINE = 256 * 1024 * 1024
_READ: dict[str, Any] = {
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": partial(b64decode, validate=True),
}
# What zipfile, zlib and json raise for files that are something else, or were damaged.
_BROKEN = (
    OSError,
    KeyError,
    TypeError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


class BrokenArchiveError(Exception):
    """The file is not a whole backup; the message says what is wrong with it."""


@dataclass(frozen=True)
class TablePart:
    """What the manifest says of one table, in the order in which tables are filled."""

    name: str
    rows: int
    sha256: str
    kinds: Mapping[str, str]  # column → moment, date, flag, json, bytes (base64) or plain
    later: tuple[str, ...]  # columns that point at rows that come later
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What the file says of itself."""

    format: int
    version: str
    migration: str
    made_at: str
    tables: tuple[TablePart, ...]
    series: str = later("")  # the one whose rows these are; empty: it is a whole backup

    @property
    def n_rows(self) -> int:
        return sum(part.rows for part in self.tables)


@dataclass(frozen=True)
class Chosen:
    """Of which series rows are written, which of each table, and what is told otherwise of them."""

    series: str
    rows: Mapping[str, ColumnElement[bool]]
    instead: Mapping[str, Mapping[str, Any]]


def write_archive(
    connection: Connection,
    outlines: Iterable[Outline],
    path: Path,
    *,
    migration: str,
    now: datetime,
    tell: Tell = nobody,
    chosen: Chosen | None = None,
) -> Manifest:
    """Write every table as this transaction sees it; the file has its name only once it is whole.

    Or what was chosen alone.
    The caller holds one snapshot: a transaction of SQLite, or REPEATABLE READ. The file is for its
    owner alone, whatever the umask, and nothing is left of it when it cannot be finished.
    """
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    half = Path(name)
    try:
        with os.fdopen(number, "w+b") as file:
            os.fchmod(file.fileno(), OWNER_ALONE)
            manifest = _write(file, connection, outlines, (migration, now, tell), chosen)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return manifest


def read_manifest(path: Path) -> Manifest:
    """What the file says of itself, once every table in it has been counted and hashed."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > LONGEST_LINE:
                raise BrokenArchiveError("What it says of itself is longer than anybody wrote.")
            given = json.loads(archive.read(MANIFEST))
            if given["format"] not in READ:
                raise BrokenArchiveError(
                    f"Its format is {given['format']}; this version reads {READ[-1]} and earlier."
                )
            manifest = read(Manifest, given)
            with progress("Checking the backup", manifest.n_rows) as tell:
                for part in manifest.tables:
                    _check(archive, part, tell)
    except FileNotFoundError as error:
        raise BrokenArchiveError("There is no such file.") from error
    except PermissionError as error:
        raise BrokenArchiveError("This user may not read it.") from error
    except IsADirectoryError as error:
        raise BrokenArchiveError("It is a folder.") from error
    except _BROKEN as error:
        raise BrokenArchiveError(f"It is not a backup: {type(error).__name__}.") from error
    return manifest


def stored_rows(path: Path, manifest: Manifest, part: TablePart) -> Iterator[dict[str, Any]]:
    """The rows of one table, as an insert takes them."""
    with zipfile.ZipFile(path) as archive, archive.open(f"{part.name}.jsonl") as file:
        for line in _lines(file):
            given = json.loads(line)
            yield {
                name: _value(kind, name, given, manifest.format)
                for name, kind in part.kinds.items()
            }


def stored_table(part: TablePart) -> Any:
    """The table as the backup knows it, for statements."""
    return plain_table(part.name, *(plain_column(n, type_of(k)) for n, k in part.kinds.items()))


def _write(
    file: IO[bytes],
    connection: Connection,
    outlines: Iterable[Outline],
    made: tuple[str, datetime, Tell],
    chosen: Chosen | None,
) -> Manifest:
    migration, now, tell = made
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = tuple(
            _write_table(connection, archive, outline, tell, chosen)
            for outline in outlines
            if outline.name not in PASSING and (chosen is None or outline.name in chosen.rows)
        )
        of = chosen.series if chosen else ""
        manifest = Manifest(FORMAT, __version__, migration, now.isoformat(), parts, of)
        archive.writestr(MANIFEST, json.dumps(manifest, default=vars, indent=1))
    return manifest


def _write_table(
    connection: Connection,
    archive: zipfile.ZipFile,
    outline: Outline,
    tell: Tell,
    chosen: Chosen | None,
) -> TablePart:
    kinds = outline.kinds
    columns = {name: plain_column(name, type_of(kind)) for name, kind in kinds.items()}
    table = plain_table(outline.name, *columns.values())
    # As text, since JSON's null and no value at all are both None once they are read.
    shown = [cast(c, JSON_TEXT).label(n) if kinds[n] == "json" else c for n, c in columns.items()]
    asked = select(*shown).select_from(table).order_by(*(columns[key] for key in outline.keys))
    instead = chosen.instead.get(outline.name, {}) if chosen else {}
    if chosen is not None:
        asked = asked.where(chosen.rows[outline.name])
    hashed, count = sha256(), 0
    with archive.open(f"{outline.name}.jsonl", "w", force_zip64=True) as file:
        rows = connection.execute(asked, execution_options={"yield_per": BATCH})
        for some in rows.mappings().partitions():
            for row in some:
                line = json.dumps({**_plain(row, kinds), **instead}).encode() + b"\n"
                file.write(line)
                hashed.update(line)
            count += len(some)
            tell(len(some))
    return TablePart(outline.name, count, hashed.hexdigest(), kinds, outline.later, outline.keys)


def _plain(row: Any, kinds: dict[str, str]) -> dict[str, Any]:
    """The row as JSON can say it; a column of JSON that holds nothing is left out."""
    said = {}
    for name, value in row.items():
        if isinstance(value, date):
            said[name] = value.isoformat()
        elif isinstance(value, bytes):
            said[name] = b64encode(value).decode()
        elif kinds[name] != "json":
            said[name] = value
        elif value is not None:
            said[name] = json.loads(value)
    return said


def _value(kind: str, name: str, given: dict[str, Any], format: int) -> Any:
    value = given.get(name)
    if kind == "json":  # earlier files did not tell the two apart
        return JSON.NULL if value is None and name in given and format > 1 else value
    return _READ[kind](value) if value is not None and kind in _READ else value


def _check(archive: zipfile.ZipFile, part: TablePart, tell: Tell) -> None:
    hashed, count = sha256(), 0
    with archive.open(f"{part.name}.jsonl") as file:
        for line in _lines(file):
            hashed.update(line)
            count += 1
            if count % BATCH == 0:
                tell(BATCH)
    if (count, hashed.hexdigest()) != (part.rows, part.sha256):
        raise BrokenArchiveError(f"The rows of {part.name} are not those that were written.")


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise BrokenArchiveError("A row of it is longer than anybody wrote.")
        yield line
