"""What a field of a version is: how it is typed, kept, typed again, told when changed, and named.

The fields themselves are one table, the dataclasses of `drafts.py`: whatever reads a version field
by field reads them there (draft, row, form, preview, what changed, redaction, copy, second look).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from discussion import text
from discussion.language import Phrase
from discussion.vocabulary import Vocabulary

T = TypeVar("T")

# The parts of the writing page, in their order.
STATIONS = ("claim", "why", "values", "evidence", "place", "doubt", "name")


class Told(Enum):
    """How a change of a field is told."""

    AS_TEXT = "as_text"  # word by word
    AS_CHOICE = "as_choice"  # "Was …, is …"
    AS_ROWS = "as_rows"  # in sentences of its own
    NOT = "not"  # never among what changed


@dataclass(frozen=True)
class How(Generic[T]):
    """One way to type and keep something.

    `read` makes of the strings of a form what a draft holds, `keep` of that what a column holds,
    and `again` of a column the strings of the form.
    """

    empty: T
    read: Callable[[Sequence[str]], T]
    keep: Callable[[T], Any]
    again: Callable[[Any], Sequence[str]]
    told: Told
    is_text: bool = False
    is_markdown: bool = False
    is_list: bool = False


@dataclass(frozen=True)
class Field:
    """One line of the table."""

    how: How[Any]
    label: Phrase  # as its readers are told it, and who takes words out
    at: str  # of STATIONS
    longest: int = 0  # characters; 0 where it is no text
    in_copy: Phrase | str = ""  # as its writer is told it; empty: the same
    # The words of what is chosen, in a sector.
    among: Callable[[Vocabulary], Mapping[Any, Any]] = lambda _known: {}
    typed_as: str = ""  # the field's name in the form, where it is another
    asks_again: bool = True  # whether words in it that may identify somebody are asked about
    name: str = ""  # the attribute, and the column; given by the dataclass
    is_column: bool = True  # of the version itself

    @property
    def typed(self) -> str:
        return self.typed_as or self.name

    def keep(self, said: Any) -> Any:
        """What the column holds of what a draft holds."""
        return self.how.keep(said)

    def of_row(self, kept: Any) -> Any:
        """What a draft or a card says of what the column holds; a new row may not hold it yet."""
        if kept is None:
            return self.how.empty
        return tuple(kept) if self.how.is_list else kept

    def in_words(self, kept: Any, vocabulary: Vocabulary) -> str:
        """What a column holds, in words; what is chosen among several is joined."""
        if self.how.is_text:
            return str(kept)
        among = self.among(vocabulary)
        chosen = kept if self.how.is_list else [kept]
        return ", ".join(
            str(among.get(one, one if self.how.is_list or not among else "")) for one in chosen
        )


_READ: dict[type, tuple[Field, ...]] = {}


def said(how: How[T], label: Phrase, *, at: str, **more: Any) -> T:
    """A line of the table, as the default of an attribute."""
    about = Field(how, label, at, **more)
    made: T = field(default_factory=lambda: how.empty, metadata={"field": about})
    return made


def fields_of(table: type) -> tuple[Field, ...]:
    """The lines of a dataclass, in the order in which what changed is told."""
    if table not in _READ:
        lines = ((one.name, one.metadata.get("field")) for one in fields(table))
        _READ[table] = tuple(replace(line, name=name) for name, line in lines if line)
    return _READ[table]


def in_page_order(table: type) -> tuple[Field, ...]:
    """The same in the order of the writing page."""
    return tuple(sorted(fields_of(table), key=lambda one: STATIONS.index(one.at)))


def texts_of(table: type) -> tuple[Field, ...]:
    """What somebody writes in their own words, in the order of the writing page."""
    return tuple(one for one in in_page_order(table) if one.how.is_text)


def keep_in(row: object, draft: object) -> None:
    """Write what a draft says into the columns of a row that have the same names."""
    for one in fields_of(type(draft)):
        if one.is_column:
            setattr(row, one.name, one.keep(getattr(draft, one.name)))


def written_in(table: type, row: object) -> list[str]:
    """What a row holds in its writer's own words."""
    return [getattr(row, one.name) for one in texts_of(table) if one.is_column]


def empty(row: object, table: type) -> None:
    """Take every line of the table out of a row."""
    for one in fields_of(table):
        if one.is_column:
            setattr(row, one.name, one.keep(one.how.empty))


def _first(typed: Sequence[str]) -> str:
    return typed[0] if typed else ""


def _seen(typed: Sequence[str]) -> str:
    """What was typed, or nothing when nothing in it can be seen."""
    return _first(typed) if text.line(_first(typed)) else ""


def _one(kept: Any) -> Sequence[str]:
    return (kept,)


LINE = How("", _seen, text.line, _one, Told.AS_TEXT, is_text=True)
PARAGRAPHS = How("", _seen, text.paragraphs, _one, Told.AS_TEXT, is_text=True)
MARKDOWN = How("", _seen, text.paragraphs, _one, Told.AS_TEXT, is_text=True, is_markdown=True)
CHOICE = How("", _first, str, _one, Told.AS_CHOICE)
CHOICES: How[tuple[str, ...]] = How(
    (), lambda typed: tuple(dict.fromkeys(typed)), list, tuple, Told.AS_CHOICE, is_list=True
)
FLAG = How(
    False, lambda typed: bool(_first(typed)), bool, lambda on: ("yes" if on else "",), Told.NOT
)
OF_WRITER = How("", _first, str, _one, Told.NOT)  # beside what is said


def number_among(choices: Mapping[int, Any]) -> How[int]:
    """A number of a list; anything else is 0."""
    known = {str(each): each for each in choices}
    return How(
        0, lambda typed: known.get(_first(typed), 0), int, lambda n: (str(n),), Told.AS_CHOICE
    )


def _never(_value: Any) -> Any:
    raise TypeError("rows and places are read and kept one by one")


PLACEMENTS: How[Mapping[str, float]] = How(MappingProxyType({}), _never, dict, _never, Told.AS_ROWS)


def rows_of(_row: type[T]) -> How[tuple[T, ...]]:
    """Rows of a table of their own; how they are typed and kept is said by that table."""
    return How((), _never, _never, _never, Told.AS_ROWS)
