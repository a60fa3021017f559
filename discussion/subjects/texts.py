"""The texts that people typed: every one of a piece of writing, in all its versions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, inspect

from discussion import text
from discussion.db import Base
from discussion.subjects.shapes import Passage

PLAIN, MARKDOWN, LIST, ADDRESS = "plain", "markdown", "list", "address"


@dataclass(frozen=True)
class Typed:
    """The text columns of one table: how each is written, what it is called, what is made of it."""

    table: type[Base]
    columns: Mapping[str, str]  # column → PLAIN, MARKDOWN, LIST, ADDRESS
    names: Mapping[str, str] = field(
        default_factory=dict
    )  # column → its name where it has not the column's own
    html: Mapping[str, str] = field(default_factory=dict)  # source column → the column of its HTML
    prefix: Callable[[Any], str] = lambda _row: ""  # how the ids in that HTML begin
    follows: Callable[[Any, str], None] = lambda _row, _column: None  # what else is made of it

    def remake(self, row: Base, column: str) -> None:
        """Make anew what follows from a column: its HTML, and what a row is found by."""
        if column in self.html:
            written = text.render(getattr(row, column), prefix=self.prefix(row))
            setattr(row, self.html[column], str(written))
            if hasattr(row, "renderer_version"):
                row.renderer_version = text.RENDERER_VERSION
        self.follows(row, column)


@dataclass(frozen=True)
class Text:
    """One text of one row, and the version that it belongs to."""

    row: Base
    column: str
    form: str  # PLAIN, MARKDOWN, LIST, ADDRESS
    name: str  # of redactions.words.FIELDS
    version: str  # "Version 2, an earlier version"; empty where there is but one
    language: str

    @property
    def row_id(self) -> int | None:
        """None while the row is not in the database."""
        identity = inspect(self.row).identity
        return identity[0] if identity else None

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written there; a list has several."""
        value = getattr(self.row, self.column) or ""
        return tuple(value) if self.form == LIST else (value,)

    @property
    def longest(self) -> int | None:
        """How many characters the column holds; None where there is no limit."""
        kind = inspect(type(self.row)).columns[self.column].type
        return kind.length if isinstance(kind, String) else None


def texts_of(
    typed: Typed, rows: Iterable[Base], language: str = "", version: str = ""
) -> Iterator[Text]:
    """Every text of these rows of a table."""
    for row in rows:
        for column, form in typed.columns.items():
            yield Text(row, column, form, typed.names.get(column, column), version, language)


def passages_of(*texts: Text) -> tuple[Passage, ...]:
    """The same in plain words, but for addresses and what is empty."""
    said = (
        (one, text.plain(words) if one.form == MARKDOWN else words)
        for one in texts
        if one.form != ADDRESS
        for words in one.texts
    )
    return tuple(Passage(one.name, words, one.language) for one, words in said if words)
