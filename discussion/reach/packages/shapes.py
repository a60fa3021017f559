"""The columns and files of the data, and the frozen page about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Cell = str | int | float | bool | tuple[str, ...] | None
Row = tuple[Cell, ...]  # one cell a column, in their order
Type = Literal["string", "integer", "number", "boolean", "date", "list"]


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in a sentence for researchers (English; it goes into files)."""

    name: str
    says: str
    type: Type = "string"
    among: tuple[str, ...] = ()  # the only values, where there are few


@dataclass(frozen=True)
class Key:
    """Columns whose values stand in another table."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class MadeFile:
    """One file of a package."""

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Made:
    """What is kept of a making beside its bytes."""

    files: tuple[MadeFile, ...]
    sha256: str  # of the whole file
    shown: bytes  # hashes of what it rests on
    states: tuple[int, ...]  # read before anything else
    licence: str


@dataclass(frozen=True)
class FileLine:
    """A file of the package, as its page lists it."""

    path: str
    rows: int
    size: str
    sha256: str


@dataclass(frozen=True)
class TableLine:
    """A table of the package, as its page tells of it."""

    name: str
    file: str
    title: str
    says: str
    rows: int | None
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Licence:
    """Under which terms the data may be used."""

    slug: str
    name: str
    url: str


@dataclass(frozen=True)
class Offered:
    """The package that may be had now."""

    number: int
    url: str
    made_on: str
    size: str
    bytes: int
    sha256: str
    files: tuple[FileLine, ...]
    is_newest: bool  # nothing has changed since


@dataclass(frozen=True)
class Making:
    """One that is being made."""

    percent: int | None  # None: it has not begun


@dataclass(frozen=True)
class DataPage:
    """What there is, how fresh it is, and how to cite it."""

    series_slug: str
    series_title: str
    series_url: str
    url: str
    is_for_members: bool
    licence: Licence | None
    licence_says: str
    ratings_say: str
    offered: Offered | None
    gone: str  # why there is none, where there was one
    making: Making | None
    tables: tuple[TableLine, ...]
    cite: str
    settings_url: str
    ask_url: str
    chosen: Mapping[str, str] = field(default_factory=dict)
