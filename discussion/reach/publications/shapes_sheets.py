"""Two pages to take away of what a thread came to, and the tables beside them."""

from dataclasses import dataclass

FINDINGS, OUTCOME = "findings", "outcome"


@dataclass(frozen=True)
class Drawn:
    """How far apart two groups can be, on a line from 0 to 1; drawn, and said in its row."""

    found: float
    least: float | None
    most: float | None
    mark: float


@dataclass(frozen=True)
class Line:
    """A row of a table: its first cell names it."""

    cells: tuple[str, ...]
    drawn: Drawn | None = None


@dataclass(frozen=True)
class Table:
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    says: str = ""  # what a drawn line means
    left_out: int = 0  # lines that there is no room for


@dataclass(frozen=True)
class Mark:
    at: float  # 0 … 1
    number: int
    family: str


@dataclass(frozen=True)
class Plate:
    """Positions on one scale."""

    low: str
    high: str
    marks: tuple[Mark, ...]
    alt: str


@dataclass(frozen=True)
class Part:
    """One part under a heading; what is not needed gives way where two pages are full."""

    title: str
    says: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    plate: Plate | None = None
    table: Table | None = None
    is_needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """What stands on the two pages: as its page says it to the same reader."""

    kind: str
    title: str
    language: str
    lead: tuple[str, ...]  # the surest first, which is set largest
    series: str
    url: str
    running: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    is_demonstration: bool
    is_cut: bool = False  # its page has parts that two pages do not hold


@dataclass(frozen=True)
class Column:
    """A column of a CSV file, as its dictionary tells it."""

    name: str
    type: str  # text, whole number, number, day
    says: str


@dataclass(frozen=True)
class Sheets:
    """A CSV file: its name without an ending, its columns, and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
