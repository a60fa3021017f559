"""What a database says of its own tables, whatever version made them: columns, keys, an order."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    Text,
    func,
    inspect,
    select,
)
from sqlalchemy import table as plain_table
from sqlalchemy.types import NullType

from discussion.db import Moment
from discussion.migrations import is_ours

JSON_TEXT = Text()
_KINDS: tuple[tuple[type[Any], str], ...] = (
    (DateTime, "moment"), (Date, "date"), (Boolean, "flag"), (JSON, "json"),
    (LargeBinary, "bytes"),
)  # fmt: skip
# None is no value at all; JSON's own null is said as JSON.NULL.
_TYPES: dict[str, Any] = {
    "moment": Moment(), "date": Date(), "flag": Boolean(), "json": JSON(none_as_null=True),
    "bytes": LargeBinary(),
}  # fmt: skip


@dataclass(frozen=True)
class Outline:
    """One table, in the order in which tables are filled."""

    name: str
    kinds: dict[str, str]  # column → moment, date, flag, json or plain
    later: tuple[str, ...]  # columns that point at rows that come later
    keys: tuple[str, ...]


@dataclass(frozen=True)
class _Key:
    """A foreign key; one that may be empty can be set once the row it points at is there."""

    table: str
    columns: tuple[str, ...]
    to: str
    can_wait: bool


def outlines(connection: Connection) -> tuple[Outline, ...]:
    """Every table of the site; those that are pointed at come first."""
    found = inspect(connection)
    names = sorted(
        name
        for name in found.get_table_names()
        if is_ours(name, "table", None) and name != "alembic_version"
    )
    columns = {name: found.get_columns(name) for name in names}
    keys = [
        _key(name, key, columns[name]) for name in names for key in found.get_foreign_keys(name)
    ]
    order, waiting = _in_order(names, keys)
    return tuple(
        Outline(
            name=name,
            kinds={column["name"]: _kind(column["type"]) for column in columns[name]},
            later=tuple(sorted(c for key in waiting if key.table == name for c in key.columns)),
            keys=tuple(found.get_pk_constraint(name)["constrained_columns"]),
        )
        for name in order
    )


def count_rows(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """How many rows each table holds now."""
    return {
        name: connection.scalar(select(func.count()).select_from(plain_table(name))) or 0
        for name in names
    }


def type_of(kind: str) -> Any:
    """The type that reads and writes such a column, on either database."""
    return _TYPES.get(kind, NullType())


def _kind(type_: Any) -> str:
    return next((name for kind, name in _KINDS if isinstance(type_, kind)), "plain")


def _key(table: str, key: Any, columns: Any) -> _Key:
    may_be_empty = {column["name"] for column in columns if column["nullable"]}
    own = tuple(key["constrained_columns"])
    return _Key(table, own, key["referred_table"], set(own) <= may_be_empty)


def _in_order(names: list[str], keys: list[_Key]) -> tuple[list[str], list[_Key]]:
    """The tables, and the keys that have to wait: within a table, or round in a circle."""
    waiting = [key for key in keys if key.table == key.to]
    while True:
        now = [key for key in keys if key not in waiting]
        graph = {name: {key.to for key in now if key.table == name} for name in names}
        try:
            return list(TopologicalSorter(graph).static_order()), waiting
        except CycleError as error:
            circle: list[str] = error.args[1]
            steps = set(zip(circle[1:], circle, strict=False))  # each points at the one before
            waiting.append(
                next(key for key in now if key.can_wait and (key.table, key.to) in steps)
            )
