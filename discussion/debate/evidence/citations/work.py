"""An entry while it is put together: what was used already, and what is to be told."""

import re
from dataclasses import dataclass, field

from discussion import text
from discussion.debate.evidence.citations.labels import LABELS
from discussion.debate.evidence.citations.shapes import Found, Line
from discussion.debate.evidence.words import LIMITS
from discussion.language import _

_OF_PROGRAMS = re.compile(
    r"(?i)cited by|export date|last updated|copyright\b|©|from duplicate \d|times cited|"
    r"accession number|date (?:created|revised|added)"
)


@dataclass
class Work:
    """An entry while it is put together: what was used already, and what is to be told."""

    found: Found
    cut: list[Line] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)  # for the full reference
    are_editors: bool = False  # those who stand as authors

    def all(self, name: str) -> list[str]:
        values: list[str] = []
        for value in self.found.fields.pop(name, []):
            if value and value.casefold() not in [one.casefold() for one in values]:
                values.append(value)
        return values

    def one(self, name: str) -> str:
        """The first value; others of the same name are told of as left."""
        first, *others = self.all(name) or [""]
        label = LABELS.get(name, name)
        self.found.left.extend(Line(_("Another “%(name)s”", name=label), other) for other in others)
        return first

    def leave_programs_notes(self) -> None:
        """What a database says of its own record is no part of a reference."""
        notes = self.found.fields.get("note", [])
        own = [note for note in notes if _OF_PROGRAMS.match(note)]
        self.found.fields["note"] = [note for note in notes if note not in own]
        self.found.left.extend(Line(LABELS["note"], note) for note in own)

    def note(self, sentence: str) -> None:
        self.found.note(sentence)


def fitting(work: Work, name: str, value: str) -> str:
    """As much of it as the field of that name takes; the whole is told of as cut."""
    value = text.line(value)
    kept = value[: LIMITS[name]].rstrip()
    if kept != value:
        work.cut.append(Line(LABELS[name], value))
    return kept
