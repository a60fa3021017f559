"""Several selects as one statement, since a round trip costs more than a wide row.

They stand one under the other in a UNION ALL. A column of one shares its place with columns of the
same type in the others; what a select does not have is NULL there. Each row comes back as a tuple
of the columns of its own select, in their order. No select keeps an order: sort what was read.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, String, cast, literal, null, union_all
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Rows = dict[str, list[tuple[Any, ...]]]  # name of a select → its rows
_Place = tuple[type, int]  # the type of a column, and which of that type it is


@dataclass(frozen=True)
class Stacked:
    """The one statement, and how a row of each select is read out of it."""

    statement: CompoundSelect[Any]
    pick: Mapping[str, Callable[[Sequence[Any]], tuple[Any, ...]]]

    def read(self, session: Session, given: Mapping[str, Any]) -> Rows:
        """The rows of every select under its name; none where there are none."""
        found: Rows = {name: [] for name in self.pick}
        for row in session.execute(self.statement, given).all():
            name: str = row[0]
            found[name].append(self.pick[name](row))
        return found


def stack(**selects: Select[Any]) -> Stacked:
    """Each with two columns or more and a select_from, and neither ORDER BY nor LIMIT."""
    places = {name: _places(one) for name, one in selects.items()}
    types = {
        place: column.type
        for name, one in selects.items()
        for place, column in zip(places[name], one.selected_columns, strict=True)
    }
    order = list(types)
    statement = union_all(*(_row(name, one, places[name], types) for name, one in selects.items()))
    at = {place: number for number, place in enumerate(order, start=1)}  # the name comes first
    pick = {name: itemgetter(*(at[place] for place in own)) for name, own in places.items()}
    return Stacked(statement, pick)


def _row(
    name: str, one: Select[Any], own: Sequence[_Place], types: Mapping[_Place, TypeEngine[Any]]
) -> Select[Any]:
    held = dict(zip(own, one.selected_columns, strict=True))
    columns: list[ColumnElement[Any]] = [
        held[place] if place in held else cast(null(), type_) for place, type_ in types.items()
    ]
    named = [column.label(f"c{number}") for number, column in enumerate(columns)]
    which = literal(name, String).label("of")
    return one.with_only_columns(which, *named)


def _places(one: Select[Any]) -> list[_Place]:
    seen: Counter[type] = Counter()
    places = []
    for column in one.selected_columns:
        kind = String if isinstance(column.type, String) else type(column.type)
        places.append((kind, seen[kind]))
        seen[kind] += 1
    return places
