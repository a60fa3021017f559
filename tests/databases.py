"""Databases of their own, for tests that start processes or commit for good."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Column, Engine, Text, cast, create_engine, make_url, select, text

from discussion.db import make_engine
from discussion.migrations import every_table, upgrade
from tests.postgresql import new_database, postgresql_url

KINDS = ("sqlite", "postgresql")


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database that holds nothing yet; gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{uuid4().hex}.sqlite'}"
        return
    with _on_postgresql() as url:
        yield url


@contextmanager
def made_database(kind: str, folder: Path) -> Iterator[str]:
    """The same with every table, as the models say."""
    with _copied(_as_models_say(kind), folder) as url:
        yield url


@contextmanager
def migrated_database(kind: str, folder: Path) -> Iterator[str]:
    """The same with every table, as all migrations make them."""
    with _copied(_as_migrated(kind), folder) as url:
        yield url


@cache
def _as_models_say(kind: str) -> str:
    return _once(kind, lambda engine: every_table().create_all(engine))


@cache
def _as_migrated(kind: str) -> str:
    return _once(kind, upgrade)


def _once(kind: str, make: Callable[[Engine], None]) -> str:
    """A database that is made once in this process, to be copied by each test."""
    folder = Path(tempfile.mkdtemp(prefix="discussion-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = f"sqlite:///{folder / 'made.sqlite'}" if kind == "sqlite" else new_database()
    with opened(url) as engine:
        make(engine)
    return url


@contextmanager
def _copied(made: str, folder: Path) -> Iterator[str]:
    if (parts := make_url(made)).drivername == "sqlite":
        path = folder / f"{uuid4().hex}.sqlite"
        shutil.copyfile(str(parts.database), path)
        yield f"sqlite:///{path}"
        return
    with _on_postgresql(f'TEMPLATE "{parts.database}"') as url:
        yield url


@contextmanager
def _on_postgresql(like: str = "") -> Iterator[str]:
    name = f"discussion_own_{uuid4().hex[:12]}"
    admin = create_engine(postgresql_url(), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" {like}'))
    try:
        yield make_url(postgresql_url()).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        admin.dispose()


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine that is closed afterwards."""
    engine = make_engine(url, threads=2)
    try:
        yield engine
    finally:
        engine.dispose()


# Numbers and words that are made of other rows, whenever those come.
MADE_ANEW = (
    "state_number",
    "data_package",
    "data_piece",
    "tallied_thread",
    "thread_tally",
    "series_tally",
    "search_entry",
    "search_text",
    "search_stale",
)


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; a column of JSON as its text, so that null and nothing differ.

    But how often pages changed, which differs whenever rows are brought back.
    """
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(*(_shown(column) for column in table.columns)).order_by(
                        *table.primary_key.columns
                    )
                )
            ]
            for table in every_table().sorted_tables
            if table.name not in MADE_ANEW
        }


def _shown(column: Column[Any]) -> Any:
    return cast(column, Text) if isinstance(column.type, JSON) else column
