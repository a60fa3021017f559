"""Databases of their own, for tests that start processes or commit for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Column, Engine, Text, cast, create_engine, make_url, select, text

from discussion.db import make_engine
from discussion.migrations import every_table
from tests.postgresql import postgresql_url

KINDS = ("sqlite", "postgresql")


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database that holds nothing yet; gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{uuid4().hex}.sqlite'}"
        return
    name = f"discussion_own_{uuid4().hex[:12]}"
    admin = create_engine(postgresql_url(), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
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


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; a column of JSON as its text, so that null and nothing differ."""
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
        }


def _shown(column: Column[Any]) -> Any:
    return cast(column, Text) if isinstance(column.type, JSON) else column
