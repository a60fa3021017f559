"""Votes and statements as Polis exports them, with what could not be read and why.

`participants-votes.csv` has a row for each participant and a column for each statement that anybody
voted on; `votes.csv` has a row for each vote, changed ones included; `comments.csv` has a row for
each statement. Columns are known by their names, whatever their order; unknown ones are named and
left alone. In all three 1 is agree, −1 disagree and 0 pass. The agrees and disagrees that
`comments.csv` counts include votes that were changed later, so they are not read.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from discussion.polis.lines import Fault, Problems, Reason, quoted, read_rows

PARTICIPANT, GROUP = "participant", "group-id"
SUMS = ("n-comments", "n-votes", "n-agree", "n-disagree")
VOTE_COLUMNS = ("voter-id", "comment-id", "vote")
NO_VOTE = "a cell is neither 1, 0 nor -1; skipped"
IGNORED = frozenset({*SUMS, "datetime", "author-id", "agrees", "disagrees", "important"})
# What our own comments.csv has beside: see discussion/polis/writing.py.
APOSTROPHE = "apostrophe-added"
OURS = (APOSTROPHE, "code", "kind", "attribution")
MODERATED_OUT = -1
PARTED_BY = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}  # by some spreadsheets
_VOTES: Mapping[str, int] = {"1": 1, "-1": -1, "0": 0, "1.0": 1, "-1.0": -1, "0.0": 0, "-0.0": 0}
_TRUE, _FALSE = frozenset({"true", "t", "1", "yes"}), frozenset({"false", "f", "0", "no", ""})


class NotPolisFileError(Exception):
    """The file is not of the shape that was asked for; the message says what it lacks."""


@dataclass(frozen=True)
class Report:
    """`problems` are the first hundred of `n_problems`; `unknown` are columns that were left."""

    rows: int
    n_problems: int
    problems: tuple[Fault, ...]
    unknown: tuple[str, ...]
    reasons: Mapping[str, Reason] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class ReadVotes:
    """Single votes: who (`people`), on what (`columns`), which (`values`, −1, 0 or 1), and when.

    `people` and `columns` count from 0, in `participants`, which are in the order of the file, and
    `statements`, which are in the order of their numbers. `moments` are milliseconds, and None
    where the file has none, as then each cell occurs once. `published` holds the group that Polis
    gave to each participant, or an empty text.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    people: "array[int]"
    columns: "array[int]"
    values: "array[int]"
    moments: "array[int] | None"
    published: tuple[str, ...]
    report: Report


@dataclass(frozen=True)
class Comment:
    """One statement: `moderated` is −1 (out), 0 (nobody decided) or 1 (in).

    `moment` is when it was written, in milliseconds; None where the file does not say.
    """

    id: str
    moderated: int
    is_meta: bool
    body: str
    moment: int | None = None

    @property
    def is_out(self) -> bool:
        """Whether it is left out of the opinion map: moderated out, or about the conversation."""
        return self.is_meta or self.moderated == MODERATED_OUT


@dataclass(frozen=True)
class ReadComments:
    """The statements, in the order of the file, each id once."""

    comments: tuple[Comment, ...]
    report: Report


def read_votes(stream: TextIO) -> ReadVotes:
    """Read `participants-votes.csv` or `votes.csv`, told apart by their columns.

    Raises NotPolisFileError when it is neither. What is wrong in a row or a cell is left out and
    reported; of two rows for one participant the first counts. Memory grows with the votes.
    """
    problems = Problems()
    rows = read_rows(stream, problems)
    header = _header(rows)
    if all(name in header.at for name in VOTE_COLUMNS):
        return _read_single(header, rows, problems)
    if PARTICIPANT in header.at:
        return _read_table(header, rows, problems)
    raise NotPolisFileError(
        "it has neither a column “participant”, as participants-votes.csv has,"
        " nor “voter-id”, “comment-id” and “vote”, as votes.csv has"
    )


def read_comments(stream: TextIO, *, with_bodies: bool = True) -> ReadComments:
    """Read `comments.csv`; without bodies only what decides about votes is kept.

    Bodies are text as it was typed, in any language, perhaps empty, perhaps HTML or a formula.
    Raises NotPolisFileError for a file of another kind.
    """
    problems = Problems()
    rows = read_rows(stream, problems)
    header = _header(rows)
    if "comment-id" not in header.at or not {"moderated", "comment-body"} & header.at.keys():
        raise NotPolisFileError(
            "it has no columns “comment-id” and “moderated” or “comment-body”, as comments.csv has"
        )
    found: dict[str, Comment] = {}
    count = 0
    for line, row in rows:
        count += 1
        comment = _comment(header, row, with_bodies=with_bodies)
        if isinstance(comment, tuple):
            problems.note(line, *comment)
        elif comment.id in found:
            says = "comes a second time; skipped"
            problems.note(line, f"a statement {says}", f"statement {quoted(comment.id)} {says}")
        else:
            found[comment.id] = comment
    known = {"comment-id", "timestamp", "moderated", "is-meta", "comment-body", *OURS}
    return ReadComments(tuple(found.values()), header.report(count, problems, known))


def by_number(name: str) -> tuple[bool, int, str]:
    """A key for sorting: numbers by their size, before names of other kinds by their letters."""
    is_number = _is_statement(name) and len(name) < 20
    return not is_number, int(name) if is_number else 0, name


@dataclass(frozen=True)
class _Header:
    """The names in the first row, as typed and as they are looked up."""

    names: tuple[str, ...]
    at: Mapping[str, int] = field(repr=False)

    def cell(self, row: Sequence[str], name: str) -> str:
        return self.typed(row, name).strip()

    def typed(self, row: Sequence[str], name: str) -> str:
        at = self.at.get(name)
        return row[at] if at is not None and at < len(row) else ""

    def report(self, rows: int, problems: Problems, known: set[str]) -> Report:
        left = known | IGNORED
        unknown = tuple(quoted(name) for name in self.names if _plain(name) not in left)
        return Report(rows, problems.count, tuple(problems.first), unknown, problems.by_reason)


class _Numbers:
    """Gives each name a number from 0, in the order in which they come."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def number(self, name: str) -> int:
        return self.of.setdefault(name, len(self.of))


def _header(rows: Iterator[tuple[int, list[str]]]) -> _Header:
    _, names = next(rows, (0, []))
    if not names:
        raise NotPolisFileError("it is empty")
    for sign, says in PARTED_BY.items():
        if len(names) == 1 and sign in names[0]:
            raise NotPolisFileError(
                f"its cells are parted by {says} and not by commas; save it anew with commas"
            )
    at: dict[str, int] = {}
    for number, name in enumerate(names):
        at.setdefault(_plain(name), number)
    return _Header(tuple(names), at)


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def _is_statement(name: str) -> bool:
    return name.isascii() and name.isdecimal()


def _read_table(
    header: _Header, rows: Iterator[tuple[int, list[str]]], problems: Problems
) -> ReadVotes:
    """`participants-votes.csv`: a column whose name is a number is a statement."""
    columns, statements = _statement_columns(header, problems)
    participants, published = _Numbers(), []
    people, seen, values = array("i"), array("i"), array("b")
    count = 0
    for line, row in rows:
        count += 1
        name = header.cell(row, PARTICIPANT)
        if not name or name in participants.of:
            if name:
                problems.note(
                    line,
                    "a participant comes a second time; skipped",
                    f"participant {quoted(name)} comes a second time; the row was skipped",
                )
            else:
                problems.note(line, "no participant; the row was skipped")
            continue
        if len(row) != len(header.names):
            problems.note(
                line,
                "a row is not as long as the first",
                f"{len(row)} cells, where the first row has {len(header.names)}",
            )
        person = participants.number(name)
        published.append(header.cell(row, GROUP))
        for at, cell in enumerate(row):
            if not cell or at >= len(columns) or columns[at] < 0:
                continue
            vote = _VOTES.get(cell) if cell in _VOTES else _VOTES.get(cell.strip())
            if vote is not None:
                people.append(person)
                seen.append(columns[at])
                values.append(vote)
            elif cell.strip():
                where = f"participant {quoted(name)}, statement {statements[columns[at]]}"
                problems.note(line, NO_VOTE, f"{where}: {quoted(cell)} is no vote")
    known = {PARTICIPANT, GROUP, *statements}
    return ReadVotes(
        participants=tuple(participants.of),
        statements=statements,
        people=people,
        columns=seen,
        values=values,
        moments=None,
        published=tuple(published),
        report=header.report(count, problems, known),
    )


def _statement_columns(header: _Header, problems: Problems) -> tuple[list[int], tuple[str, ...]]:
    """For each column its statement's place among the statements, or −1; and the statements."""
    names = [name.strip() for name in header.names]
    statements = tuple(sorted({name for name in names if _is_statement(name)}, key=by_number))
    places = {name: place for place, name in enumerate(statements)}
    columns = []
    for name in names:
        if _is_statement(name) and name not in places:
            problems.note(
                1,
                "a statement has a second column; only the first was read",
                f"statement {name} has a second column; only the first was read",
            )
        columns.append(places.pop(name, -1))
    return columns, statements


def _read_single(
    header: _Header, rows: Iterator[tuple[int, list[str]]], problems: Problems
) -> ReadVotes:
    """`votes.csv`: every vote that was ever cast, also those that were changed later."""
    participants, statements = _Numbers(), _Numbers()
    people, columns, values, moments = array("i"), array("i"), array("b"), array("q")
    has_moments = "timestamp" in header.at
    count = 0
    for line, row in rows:
        count += 1
        voter, statement, said = (header.cell(row, name) for name in VOTE_COLUMNS)
        vote = _VOTES.get(said)
        moment = _moment(header.cell(row, "timestamp")) if has_moments else 0
        if not voter or not _is_statement(statement):
            problems.note(line, "no voter or no statement; the vote was skipped")
        elif vote is None:
            problems.note(line, NO_VOTE, f"{quoted(said)} is no vote; it was skipped")
        elif moment is None:
            problems.note(line, "the timestamp is no number; the vote was skipped")
        else:
            people.append(participants.number(voter))
            columns.append(statements.number(statement))
            values.append(vote)
            moments.append(moment)
    ordered = sorted(statements.of, key=by_number)
    places = {statements.of[name]: place for place, name in enumerate(ordered)}
    return ReadVotes(
        participants=tuple(participants.of),
        statements=tuple(ordered),
        people=people,
        columns=array("i", map(places.__getitem__, columns)),
        values=values,
        moments=moments,
        published=("",) * len(participants.of),
        report=header.report(count, problems, {*VOTE_COLUMNS, "timestamp"}),
    )


def _moment(text: str) -> int | None:
    """Milliseconds, within what eight bytes hold."""
    digits = text.removeprefix("-").partition(".")[0]
    return int(text.partition(".")[0]) if _is_statement(digits) and len(digits) < 19 else None


def _comment(
    header: _Header, row: Sequence[str], *, with_bodies: bool
) -> Comment | tuple[str, str]:
    """The statement, or what is wrong with the row: the reason, and the same of this one."""
    name = header.cell(row, "comment-id")
    if not _is_statement(name):
        says = "is no statement's number; the row was skipped"
        return f"what should name a statement {says}", f"{quoted(name)} {says}"
    moderated = _VOTES.get(header.cell(row, "moderated") or "0")
    meta = header.cell(row, "is-meta").lower()
    if moderated is None or meta not in _TRUE | _FALSE:
        says = "the moderation is neither -1, 0 nor 1; the row was skipped"
        return says, f"statement {name}: {says}"
    body = header.typed(row, "comment-body") if with_bodies else ""
    if header.cell(row, APOSTROPHE) == "1":
        body = body.removeprefix("'")
    moment = _moment(header.cell(row, "timestamp"))
    return Comment(name, moderated, meta in _TRUE, body, moment)
