"""How the tables came to be what they are: one file a change, the same on both databases.

`upgrade` brings a database up to date, `is_current` says whether it is, `differences` what the
migrations make otherwise than the models. Alembic is imported only when one of them needs it: most
commands, and every page, do not.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, inspect, text

import discussion
from discussion.db import Base

FOLDER = Path(__file__).parent
OTHERS = ("huey", "sqlite_", "search_words")  # tables that are not ours to migrate begin so


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that this database has not had yet; all of them, or none."""
    with engine.connect() as connection, bringing_up(connection) as bring:
        bring(revision)


@contextmanager
def bringing_up(connection: Connection) -> Iterator[Callable[[str], None]]:
    """One transaction in which migrations may be run: all that happens in it, or nothing.

    Whatever migrations do to rows, it counts as a change of every page.
    """
    from alembic import command

    from discussion.migrations.counting import count, stop_counting
    from discussion.migrations.marking import mark, stop_marking

    def bring(revision: str) -> None:
        stop_counting(connection)
        stop_marking(connection)
        command.upgrade(_config(connection), revision)
        count(connection)
        mark(connection)

    watch_keys(connection, on=False)  # SQLite changes a table by making it anew
    try:
        with connection.begin():
            yield bring
            _refuse_broken_keys(connection)
    finally:
        watch_keys(connection, on=True)


def is_current(engine: Engine) -> bool:
    """Whether the database has had every migration, counts what pages show, and marks changes."""
    from discussion.migrations.counting import is_counting
    from discussion.migrations.marking import is_marking

    with engine.connect() as connection:
        is_there = is_counting(connection) and is_marking(connection)
        return revision_of(connection) == head() and is_there


def revision_of(connection: Connection) -> str | None:
    """The id of the last migration the database has had; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


@cache
def head() -> str:
    """The id of the newest migration."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory(str(FOLDER)).get_current_head()
    if found is None:
        raise LookupError("there is no migration yet")
    return found


def differences(engine: Engine) -> list[Any]:
    """What would have to change for the database to equal the models; empty when all is well."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, every_table()))


def every_table() -> MetaData:
    """The tables of every room; made at once, they come with the triggers that count and mark."""
    import_module("discussion.migrations.counting")
    import_module("discussion.migrations.marking")
    home = Path(discussion.__path__[0])
    for file in sorted(home.rglob("models.py")):
        room = ".".join(file.relative_to(home).parent.parts)
        import_module(f"discussion.{room}.models")
    return Base.metadata


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Whether it belongs to the site: marking.py makes the index of words, and its column."""
    if kind == "column" and parents.get("table_name") == "search_text":
        return name != "vector"
    return kind not in ("table", "index") or not (name or "").startswith(OTHERS)


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def watch_keys(connection: Connection, *, on: bool) -> None:
    """SQLite heeds this outside a transaction only, so it is said to the driver itself."""
    if connection.dialect.name == "sqlite":
        connection.commit()
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _refuse_broken_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"rows of {tables} would point nowhere: nothing was changed")
