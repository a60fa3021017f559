"""Bringing a backup back: one transaction that empties, makes, fills and checks, or did nothing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    column,
    func,
    insert,
    inspect,
    literal,
    select,
    table,
)
from sqlalchemy.exc import DataError

from discussion import clock
from discussion.cli.archive import BATCH, Manifest, TablePart, stored_rows, stored_table
from discussion.cli.commands import CommandError
from discussion.cli.outline import count_rows
from discussion.cli.progress import Tell, nobody
from discussion.jobs.models import Heartbeat
from discussion.migrations import bringing_up

LIVES = timedelta(minutes=2)
LARGEST = 2**31 - 1

# Tables of others, and what counts itself anew.
COUNTED_ANEW = (
    *("alembic", "huey", "state_number", "tallied_", "thread_tally", "series_tally", "search_"),
)
OF_ANOTHER = "search_words_"  # SQLite's own, which go with the index of words


def bring_back(
    engine: Engine, path: Path, manifest: Manifest, *, replace: bool = False, tell: Tell = nobody
) -> None:
    """Fill an empty database at the backup's own migration, check it, and bring it up to date."""
    opened = engine.execution_options(begin_immediate=True).connect()
    with opened as connection, bringing_up(connection) as bring:
        _make_room(connection, replace=replace)
        try:
            bring(manifest.migration)
        except Exception as error:
            raise CommandError(
                f"This version does not know the backup's migration {manifest.migration};"
                f" use version {manifest.version} or later."
            ) from error
        for part in manifest.tables:
            fill(connection, path, manifest, part, tell)
        point_at(connection, path, manifest)
        _compare(connection, manifest)
        reset_sequences(connection, manifest)
        bring("head")


def _make_room(connection: Connection, *, replace: bool) -> None:
    """An empty database, or a refusal; nothing is thrown away under a living worker."""
    names = [
        name
        for name in inspect(connection).get_table_names()
        if name != "sqlite_sequence" and not name.startswith(OF_ANOTHER)
    ]
    own = [name for name in names if not name.startswith(COUNTED_ANEW)]
    if any(_has_rows(connection, name) for name in own):
        if not replace:
            raise CommandError(
                "The database is not empty. Restore into an empty one, or say --replace to throw"
                " away what it holds now (after a backup of it)."
            )
        _refuse_while_alive(connection)
    quote = connection.dialect.identifier_preparer.quote
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in names:
        connection.exec_driver_sql(f"DROP TABLE {quote(name)}{cascade}")


def _refuse_while_alive(connection: Connection) -> None:
    if not inspect(connection).has_table(Heartbeat.__tablename__):
        return
    last = connection.scalar(select(func.max(Heartbeat.at)))
    if last is not None and clock.now() - last < LIVES:
        raise CommandError("A worker of this database was alive just now. Stop the site first.")


def _has_rows(connection: Connection, name: str) -> bool:
    return connection.scalar(select(literal(1)).select_from(table(name)).limit(1)) is not None


def fill(
    connection: Connection,
    path: Path,
    manifest: Manifest,
    part: TablePart,
    tell: Tell,
    instead: Callable[[dict[str, Any]], dict[str, Any]] = lambda _row: {},
) -> None:
    """Every row of a table, but for the pointers at rows that come later.

    `instead` are the columns of a row that are kept otherwise than they stand in the file.
    """
    target = stored_table(part)
    later = () if connection.dialect.name == "sqlite" else part.later  # SQLite's keys sleep now
    limits = _limits(connection, part.name)
    for rows in batches(stored_rows(path, manifest, part)):
        try:
            kept = [row | instead(row) | dict.fromkeys(later) for row in rows]
            connection.execute(insert(target), kept)
        except (DataError, ValueError) as error:  # psycopg itself refuses a NUL
            raise CommandError(_misfit(part, rows, limits)) from error
        tell(len(rows))


def point_at(connection: Connection, path: Path, manifest: Manifest) -> None:
    """Set the pointers that were left empty; the guards of what never changes look away for it."""
    if connection.dialect.name == "sqlite":
        return
    quote = connection.dialect.identifier_preparer.quote
    for part in manifest.tables:
        if not part.later:
            continue
        target = stored_table(part)
        here = [target.c[key] == bindparam(f"key_{key}") for key in part.keys]
        given: dict[str, Any] = {name: bindparam(f"to_{name}") for name in part.later}
        point = target.update().where(*here).values(given)
        guards = f"ALTER TABLE {quote(part.name)} {{}} TRIGGER USER"
        connection.exec_driver_sql(guards.format("DISABLE"))
        for rows in batches(_pointers(stored_rows(path, manifest, part), part)):
            connection.execute(point, rows)
        connection.exec_driver_sql(guards.format("ENABLE"))


def _pointers(rows: Iterable[dict[str, Any]], part: TablePart) -> Iterator[dict[str, Any]]:
    for row in rows:
        if any(row[name] is not None for name in part.later):
            yield {
                **{f"key_{name}": row[name] for name in part.keys},
                **{f"to_{name}": row[name] for name in part.later},
            }


def _compare(connection: Connection, manifest: Manifest) -> None:
    found = count_rows(connection, [part.name for part in manifest.tables])
    wrong = [part.name for part in manifest.tables if found[part.name] != part.rows]
    if wrong:
        raise CommandError(f"Nothing was restored: {', '.join(wrong)} came back incomplete.")


def reset_sequences(connection: Connection, manifest: Manifest) -> None:
    """PostgreSQL counts apart from the rows; without this the next new row would collide.

    It counts from one: numbers that were drawn below zero do not count.
    """
    if connection.dialect.name != "postgresql":
        return
    for part in manifest.tables:
        if part.keys == ("id",):
            newest = select(func.max(column("id"))).select_from(table(part.name)).scalar_subquery()
            following = func.greatest(func.coalesce(newest, 0), 0) + 1
            sequence = func.pg_get_serial_sequence(part.name, "id")
            connection.execute(select(func.setval(sequence, following, False)))


def _limits(connection: Connection, name: str) -> dict[str, int | None]:
    """The longest text that each column takes; None where there is no end to it."""
    return {
        one["name"]: getattr(one["type"], "length", None)
        for one in inspect(connection).get_columns(name)
    }


def _misfit(part: TablePart, rows: list[dict[str, Any]], limits: dict[str, int | None]) -> str:
    """Which row PostgreSQL does not take, and why: SQLite keeps any length, and any number."""
    for row in rows:
        for name, value in row.items():
            if why := _objection(value, limits.get(name)):
                where = " ".join(str(row[key]) for key in part.keys)
                return (
                    f"Nothing was restored: {part.name}.{name} of row {where} {why}. Mend that"
                    " row where the backup was made, and make another."
                )
    return f"Nothing was restored: this database does not take a row of {part.name}."


def _objection(value: Any, longest: int | None) -> str:
    if isinstance(value, str) and "\0" in value:
        return "holds a NUL character, which PostgreSQL does not keep"
    if isinstance(value, str) and longest is not None and len(value) > longest:
        return f"has {len(value)} characters; PostgreSQL keeps {longest}"
    if isinstance(value, int) and not -LARGEST - 1 <= value <= LARGEST:
        return f"is {value}, a number too large for PostgreSQL"
    return ""


def batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
