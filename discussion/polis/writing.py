"""Writing the files in Polis' shapes, line by line, with any words in them.

Words that a spreadsheet would take for a formula get an apostrophe before them, and a 1 in the
column “apostrophe-added”, by which our reader takes it off again; Polis' readers leave the column
alone. Lines end as Polis' do, and cells may span several.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from discussion import text
from discussion.analysis.votes import Votes
from discussion.polis.reading import APOSTROPHE

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BUFFER = 32_768  # characters that are given out together


@dataclass(frozen=True)
class CommentLine:
    """One statement; its counts are None where they are not to be shown."""

    id: str
    code: str  # E1, as on the site
    kind: str  # end, fact, means; empty: not sorted
    body: str
    is_out: bool
    at: datetime
    agrees: int | None
    disagrees: int | None


@dataclass(frozen=True)
class Answered:
    """How many of a group agree, disagree and pass; None: that is not to be shown."""

    agrees: int
    disagrees: int
    passes: int

    @property
    def votes(self) -> int:
        return self.agrees + self.disagrees + self.passes


@dataclass(frozen=True)
class GroupLine:
    """One statement, with what everybody answered and what each group did."""

    id: str
    body: str
    everybody: Answered | None
    consensus: float | None  # how surely all groups agree, 0 … 1
    groups: Sequence[Answered | None]


@dataclass(frozen=True)
class Summary:
    """A conversation in a few numbers, as Polis sums it up."""

    topic: str
    url: str
    voters: int
    counted: int  # voters who count towards groups
    comments: int
    groups: Sequence[str]  # what each is called, from group 0
    description: str
    attribution: str = ""


def summary_lines(told: Summary) -> Iterator[str]:
    """`summary.csv`: a name and a value a line. Who wrote comments is not counted here.

    What each group is called, and whom the data is owed to, stands below what Polis has.
    """
    rows: list[Sequence[Any]] = [
        ("url", told.url),
        ("voters", told.voters),
        ("voters-in-conv", told.counted),
        ("commenters", ""),
        ("comments", told.comments),
        ("groups", len(told.groups)),
        ("conversation-description", text.inert(told.description)),
        *((f"group-{number}", text.inert(name)) for number, name in enumerate(told.groups)),
    ]
    owed = [("attribution", text.inert(told.attribution))] if told.attribution else []
    return _written(("topic", text.inert(told.topic)), [*rows, *owed])


def group_lines(lines: Iterable[GroupLine], n_groups: int) -> Iterator[str]:
    """`comment-groups.csv`: the columns of Polis, empty where a number is not to be shown."""
    head = [
        "comment-id",
        "comment",
        "agrees",
        "disagrees",
        "passes",
        "votes",
        "comment-extremity",
        "group-aware-consensus",
    ]
    for group in range(n_groups):
        head += [f"group-{group}-{name}" for name in ("agrees", "disagrees", "passes", "votes")]
    return _written(head, map(_grouped, lines))


def _grouped(line: GroupLine) -> list[Any]:
    consensus = "" if line.consensus is None else line.consensus
    cells = [line.id, text.inert(line.body), *_numbers(line.everybody), "", consensus]
    return [*cells, *(n for group in line.groups for n in _numbers(group))]


def _numbers(one: Answered | None) -> tuple[Any, ...]:
    return ("",) * 4 if one is None else (one.agrees, one.disagrees, one.passes, one.votes)


def comment_lines(lines: Iterable[CommentLine], *, attribution: str = "") -> Iterator[str]:
    """`comments.csv` in pieces; with an attribution each line carries it along."""
    head = [
        "timestamp",
        "datetime",
        "comment-id",
        "author-id",
        "agrees",
        "disagrees",
        "moderated",
        "comment-body",
        "code",
        "kind",
        APOSTROPHE,
    ]
    owed = ["attribution"] if attribution else []
    return _written([*head, *owed], (_comment(line, attribution) for line in lines))


def vote_lines(votes: Votes, ids: Sequence[str], at: datetime) -> Iterator[str]:
    """`votes.csv`, every vote at one moment: nothing else is known, or to be known, of times."""
    stamp = _stamp(at)
    rows = ((*stamp, ids[column], person, said) for person, column, said in _cells(votes))
    return _written(["timestamp", "datetime", "comment-id", "voter-id", "vote"], rows)


def table_lines(votes: Votes, ids: Sequence[str]) -> Iterator[str]:
    """`participants-votes.csv`: a statement that nobody voted on has no column, as in Polis."""
    voted = sorted({column for _person, column, _said in _cells(votes)})
    head = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    return _written([*head, *(ids[column] for column in voted)], _people(votes, voted))


def _comment(line: CommentLine, attribution: str) -> list[Any]:
    cell = text.inert(line.body)
    moderated = -1 if line.is_out else 1
    counts = ["" if n is None else n for n in (line.agrees, line.disagrees)]
    added = int(cell != line.body)
    owed = [text.inert(attribution)] if attribution else []
    return [
        *_stamp(line.at),
        line.id,
        "",
        *counts,
        moderated,
        cell,
        line.code,
        line.kind,
        added,
        *owed,
    ]


def _people(votes: Votes, voted: Sequence[int]) -> Iterator[list[Any]]:
    places = {column: place for place, column in enumerate(voted)}
    for person, said in votes.rows():
        cells: list[Any] = [""] * len(voted)
        for column, vote in said:
            cells[places[column]] = vote
        values = [vote for _column, vote in said]
        sums = [0, len(values), values.count(1), values.count(-1)]
        yield [person, "", *sums, *cells]


def _cells(votes: Votes) -> Iterator[tuple[int, int, int]]:
    for person, said in votes.rows():
        for column, vote in said:
            yield person, column, vote


def _stamp(at: datetime) -> tuple[int, str]:
    """Milliseconds, and the same as Polis writes it, whatever language the machine speaks."""
    at = at.astimezone(UTC)
    day = f"{DAYS[at.weekday()]} {MONTHS[at.month - 1]} {at:%d %H:%M:%S} UTC {at.year}"
    return int(at.timestamp()) * 1000 + at.microsecond // 1000, day


def _written(head: Sequence[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(head)
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > BUFFER:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> str:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written
