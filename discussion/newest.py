"""What is newest somewhere, found by an index of moments before anything is joined.

A database that is asked for the newest rows of one series reads all rows of the series, and puts
them in order. So they are looked for among the newest of the whole table first, and only where
those are too few among all: then the series is a quiet one, and small beside the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

LOOKED_AT = 1_000  # rows of the table
LOOKED_AT_NEXT = 10_000  # where those hold too few, before all are
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Newest:
    """At most so many rows, the newest first: among those that are looked at, and among all."""

    first: Select[Any]
    all: Select[Any]
    most: int

    @classmethod
    def of(cls, rows: Select[*tuple[Any, ...]], key: Column, at: Column, most: int) -> "Newest":
        """The newest `at` of these rows first; `key` is its table's own."""
        asked = rows.order_by(at.desc()).limit(most)
        return cls(asked.add_columns(_is_longer(at)).where(_is_among(key, at)), asked, most)

    def read(self, session: Session, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows, with what is `given` in the place of parameters."""
        first: list[Row[*tuple[Any, ...]]] = list(session.execute(self.first, given))
        if first and (len(first) == self.most or not first[0][-1]):
            return [tuple(row[:-1]) for row in first]
        return [tuple(row) for row in session.execute(self.all, given)]


def read_newest(
    session: Session, rows: Select[*tuple[Any, ...]], key: Column, at: Column, most: int
) -> list[tuple[Any, ...]]:
    """The same of rows that are asked for once."""
    return Newest.of(rows, key, at, most).read(session, {})


def moment_of_newest(session: Session, at: Column, many: int = LOOKED_AT) -> Any:
    """When the last of those was that are looked at; None where the table has not as many."""
    return session.scalar(_last(at, many))


def is_since(own: Column, key: Column, at: Column, since: Any) -> ColumnElement[bool]:
    """Whether `own` is the key of a row that is no older; what an index alone tells."""
    return own.in_(select(key).where(at >= since).correlate(None))


def _is_among(key: Column, at: Column) -> ColumnElement[bool]:
    newest = select(key).where(at.is_not(None)).order_by(at.desc()).limit(LOOKED_AT)
    return key.in_(newest.correlate(None))


def _is_longer(at: Column) -> ColumnElement[bool]:
    """Whether the table has more than are looked at."""
    return _last(at).correlate(None).exists()


def _last(at: Column, many: int = LOOKED_AT) -> Select[Any]:
    return select(at).where(at.is_not(None)).order_by(at.desc()).offset(many - 1).limit(1)
