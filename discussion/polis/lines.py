"""Rows of a CSV file of any size: one at a time, whatever somebody wrote into a cell.

A cell may span lines, and may be enormous: of a quoted one about MOST_TEXT characters are kept, and
a row that has one without quotes is skipped.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

MOST_TEXT = 100_000  # characters of a cell
MOST_READ = 131_072  # of these and more none is read at all
MOST_LINE = 16 << 20  # of a line, such as a very wide table's, once its cells are cut
PIECE = 1 << 14
MOST_KEPT = 100  # problems that are told one by one; all are counted
MOST_LINES = 5  # that are named for each reason

_UNSEEN = re.compile(r"[^\w .,:;!?'+\-/()]")


@dataclass(frozen=True)
class Fault:
    """What was left out of a file, or cut, and on which line its row begins."""

    line: int
    says: str


@dataclass
class Reason:
    """How often one thing was wrong, and on which lines first."""

    count: int = 0
    lines: list[int] = field(default_factory=list)


class Problems:
    """Gathers what could not be read: the first one by one, and all of them by reason."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Fault] = []
        self.by_reason: dict[str, Reason] = {}

    def note(self, line: int, reason: str, says: str = "") -> None:
        self.count += 1
        if len(self.first) < MOST_KEPT:
            self.first.append(Fault(line, says or reason))
        gathered = self.by_reason.setdefault(reason, Reason())
        gathered.count += 1
        if len(gathered.lines) < MOST_LINES:
            gathered.lines.append(line)


def read_rows(stream: TextIO, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line on which it begins; others are noted.

    The stream is best opened with newline="". A byte order mark is no part of the first cell.
    """
    csv.field_size_limit(MOST_READ)  # whatever another library said before
    lines = _Lines(stream)
    rows = csv.reader(lines)
    while True:
        lines.begin()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            problems.note(lines.first, "a row is no CSV; skipped", f"the row was skipped: {error}")
            lines.skip_rest()
            continue
        if lines.is_cut:
            problems.note(lines.first, f"a cell was cut after about {MOST_TEXT:,} characters")
        if lines.is_broken:
            problems.note(lines.first, "a row holds what is not UTF-8, which stands as �")
        if any(row):
            yield lines.first, row


def quoted(text: str) -> str:
    """Somebody's text for a message: short, in one line, without anything that moves a cursor."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return "“" + _UNSEEN.sub("�", short) + "”"


class _Lines:
    """The lines that the csv module asks for, without most of an enormous cell.

    Quotes are counted from where a row begins: after an odd number the text is inside a cell.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.number = 0
        self.begin()

    def begin(self) -> None:
        """A row begins with the next line."""
        self.first = self.number + 1
        self.is_inside = self.is_cut = self.is_broken = False
        self.inside = 0  # how many characters of the cell have passed, at most

    def skip_rest(self) -> None:
        """Leave out what still belongs to this row."""
        while self.is_inside and self._line() is not None:
            pass

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._line()
        if line is None:
            raise StopIteration
        if len(line) > MOST_LINE:
            raise csv.Error(f"a line of more than {MOST_LINE:,} characters")
        return line

    def _line(self) -> str | None:
        """The next line, in pieces so that none is ever whole in memory without need."""
        pieces: list[str] = []
        length = 0
        piece = ""
        while not piece.endswith(("\n", "\r")):
            piece = self.stream.readline(PIECE)
            if not piece:
                break
            if self.number == 0 and not pieces:
                piece = piece.removeprefix("\ufeff")
            self.is_broken |= "�" in piece
            kept = self._kept(piece)
            length += len(kept)
            if length <= MOST_LINE + PIECE:
                pieces.append(kept)
        if not pieces and not piece:
            return None
        self.number += 1
        return "".join(pieces)

    def _kept(self, piece: str) -> str:
        """The piece, without the end of a cell that has enough text."""
        if self.inside + len(piece) <= MOST_TEXT:
            self.is_inside ^= piece.count('"') % 2 == 1
            self.inside = self.inside + len(piece) if self.is_inside else 0
            return piece
        parts = piece.split('"')
        kept: list[str] = []
        for at, part in enumerate(parts):
            if at:
                self.is_inside = not self.is_inside
                kept.append('"')
            if self.is_inside:
                room = max(MOST_TEXT - self.inside, 0)
                if not room and at > 1 and not parts[at - 1]:  # one quote of the cell, as two
                    del kept[-3:]
                self.is_cut |= room < len(part)
                self.inside += len(part) + 1
                part = part[:room]
            elif part:
                self.inside = 0
            kept.append(part)
        return "".join(kept)
