"""A backup: one zip of JSON lines, the same for SQLite and PostgreSQL.

`manifest.json` says the version, the migration and, for each table, its rows, the hash of its lines
and the kinds of its columns: a file is read by what it says of itself, not by the models of today,
so that an old backup comes back with its own migration and is then brought up to date.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    MetaData,
    Table,
    func,
    insert,
    select,
)
from sqlalchemy import column as plain_column
from sqlalchemy import table as plain_table

from discussion import __version__
from discussion.db import Moment

FORMAT = 1
MANIFEST = "manifest.json"
PASSING = frozenset({"heartbeat"})  # true only of the process that wrote it
BATCH = 500
_KINDS: tuple[tuple[type[Any], str], ...] = (
    (Moment, "moment"), (Date, "date"), (Boolean, "flag"), (JSON, "json"),
)  # fmt: skip
_TYPES: dict[str, Any] = {"moment": Moment, "date": Date, "flag": Boolean, "json": JSON}
_READ: dict[str, Any] = {"moment": datetime.fromisoformat, "date": date.fromisoformat}


class BrokenArchiveError(Exception):
    """The file is not a whole backup; the message says what is wrong with it."""


@dataclass(frozen=True)
class TablePart:
    """What the manifest says of one table, in the order in which tables are filled."""

    name: str
    rows: int
    sha256: str
    kinds: dict[str, str]  # column → moment, date, flag, json or plain
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


def write_archive(
    connection: Connection, metadata: MetaData, path: Path, *, migration: str, now: datetime
) -> Manifest:
    """Write every table as this transaction sees it; the file has its name only once it is whole.

    The caller holds one snapshot: a transaction of SQLite, or REPEATABLE READ.
    """
    half = path.with_name(path.name + ".part")
    half.touch(mode=0o600)
    parts = []
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in metadata.sorted_tables:
            if table.name not in PASSING:
                parts.append(_write_table(connection, archive, table))
        manifest = Manifest(FORMAT, __version__, migration, now.isoformat(), tuple(parts))
        archive.writestr(MANIFEST, json.dumps(manifest, default=vars, indent=1))
    half.replace(path)
    return manifest


def read_manifest(path: Path) -> Manifest:
    """What the file says of itself, once every table in it has been counted and hashed."""
    try:
        with zipfile.ZipFile(path) as archive:
            given = json.loads(archive.read(MANIFEST))
            if given["format"] != FORMAT:
                raise BrokenArchiveError(f"Its format is {given['format']}; this version reads 1.")
            parts = tuple(TablePart(**_tuples(part)) for part in given.pop("tables"))
            manifest = Manifest(**given, tables=parts)
            for part in parts:
                _check(archive, part)
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise BrokenArchiveError(f"It is not a backup: {type(error).__name__}.") from error
    return manifest


def load_archive(connection: Connection, path: Path, manifest: Manifest) -> None:
    """Put every row into the empty tables, and then the pointers at rows that come later."""
    with zipfile.ZipFile(path) as archive:
        for part in manifest.tables:
            target = _table(part)
            for rows in _batches(_rows(archive, part)):
                empty = dict.fromkeys(part.later)
                connection.execute(insert(target), [row | empty for row in rows])
        for part in manifest.tables:
            _point(connection, archive, part)


def count_rows(connection: Connection, manifest: Manifest) -> dict[str, int]:
    """How many rows each table of the manifest holds now."""
    return {
        part.name: connection.scalar(select(func.count()).select_from(plain_table(part.name))) or 0
        for part in manifest.tables
    }


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> TablePart:
    kinds = {column.name: _kind(column) for column in table.columns}
    order = list(table.primary_key.columns)
    hashed, count = sha256(), 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
        rows = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*order))
        for row in rows.mappings():
            line = json.dumps({k: _plain(v) for k, v in row.items()}, ensure_ascii=False) + "\n"
            file.write(line.encode())
            hashed.update(line.encode())
            count += 1
    keys = tuple(column.name for column in order)
    return TablePart(table.name, count, hashed.hexdigest(), kinds, _later(table), keys)


def _later(table: Table) -> tuple[str, ...]:
    """Columns that point at this very table, or round in a circle."""
    names = [
        column.name
        for key in table.foreign_key_constraints
        if key.use_alter or key.referred_table is table
        for column in key.columns
    ]
    return tuple(sorted(names))


def _kind(column: Column[Any]) -> str:
    return next((name for kind, name in _KINDS if isinstance(column.type, kind)), "plain")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _check(archive: zipfile.ZipFile, part: TablePart) -> None:
    hashed, count = sha256(), 0
    with archive.open(f"{part.name}.jsonl") as file:
        for line in file:
            hashed.update(line)
            count += 1
    if (count, hashed.hexdigest()) != (part.rows, part.sha256):
        raise BrokenArchiveError(f"The rows of {part.name} are not those that were written.")


def _rows(archive: zipfile.ZipFile, part: TablePart) -> Iterator[dict[str, Any]]:
    with archive.open(f"{part.name}.jsonl") as file:
        for line in file:
            given = json.loads(line)
            yield {name: _value(part.kinds[name], value) for name, value in given.items()}


def _value(kind: str, value: Any) -> Any:
    return _READ[kind](value) if value is not None and kind in _READ else value


def _point(connection: Connection, archive: zipfile.ZipFile, part: TablePart) -> None:
    """Set the pointers that were left empty; without any, a table is never touched twice."""
    if not part.later:
        return
    target = _table(part)
    for row in _rows(archive, part):
        given = {name: row[name] for name in part.later if row[name] is not None}
        if given:
            here = [target.c[key] == row[key] for key in part.keys]
            connection.execute(target.update().where(*here).values(**given))


def _table(part: TablePart) -> Any:
    columns = [
        plain_column(name, _TYPES[kind]()) if kind in _TYPES else plain_column(name)
        for name, kind in part.kinds.items()
    ]
    return plain_table(part.name, *columns)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _tuples(part: dict[str, Any]) -> dict[str, Any]:
    return part | {"later": tuple(part["later"]), "keys": tuple(part["keys"])}
