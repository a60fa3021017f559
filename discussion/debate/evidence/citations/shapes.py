"""What reading a citation comes to: a draft, and an account of what was read, cut and left."""

from dataclasses import dataclass, field
from typing import NamedTuple

from discussion.debate.evidence.drafts import ItemDraft


class Line(NamedTuple):
    """Something that was pasted: what it is called, and its words."""

    label: str
    value: str


@dataclass(frozen=True)
class Account:
    """What became of what was pasted, for the page on which it is looked over."""

    format: str = ""  # "BibTeX", "RIS"
    language: str = ""  # if one was given
    read: tuple[Line, ...] = ()  # with the names of the form's fields
    cut: tuple[Line, ...] = ()  # too long for its field; the words as they were pasted
    notes: tuple[str, ...] = ()  # what was taken for something else than it said
    left: tuple[Line, ...] = ()  # has no place in the library, or was not understood

    @property
    def is_whole(self) -> bool:
        """Whether nothing needs a second look."""
        return not (self.cut or self.notes or self.left)


@dataclass(frozen=True)
class Entry:
    """One entry of what was pasted: a draft with its account, or why there is none."""

    number: int
    draft: ItemDraft | None
    problem: str = ""
    account: Account = Account()
    source: str = ""  # the entry as it was pasted
    key: str = ""
    is_typed: bool = False  # somebody's own words around a DOI, which a register may complete


@dataclass(frozen=True)
class Reading:
    """What was pasted, read; `problem` is about the whole."""

    entries: tuple[Entry, ...] = ()
    problem: str = ""
    left: tuple[Line, ...] = ()  # what stood between the entries and was not understood

    @property
    def drafts(self) -> tuple[ItemDraft, ...]:
        return tuple(entry.draft for entry in self.entries if entry.draft is not None)


@dataclass
class Found:
    """One entry as its format tells it, in one set of names for all formats; nothing is cut yet."""

    format: str
    source: str = ""
    type: str = ""  # one of TYPES
    key: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)  # by role, "Donnelly, M."
    left: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str = ""
    is_typed: bool = False
    is_exact: bool = False  # our own export says that its words are to be taken as they are

    def add(self, name: str, value: str) -> None:
        if value:
            self.fields.setdefault(name, []).append(value)

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


# What a thing is, as far as it decides where its words go.
TYPES = ("article", "chapter", "book", "thesis", "report", "web", "other")
