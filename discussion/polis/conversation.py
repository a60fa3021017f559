"""A whole conversation out of a folder: statements, who said what of them, and what was left out.

`comments.csv` is needed. The votes come from `votes.csv`, of which the latest in each cell counts,
or without it from `participants-votes.csv`, which is the same without times. Where both are there,
they are compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from discussion.analysis.votes import Votes, choose_people, count_votes, gather_votes
from discussion.polis.files import (
    Tell,
    UnreadableFileError,
    conversation_of,
    find_path,
    read_path,
    what_is_there,
)
from discussion.polis.reading import (
    Comment,
    ReadVotes,
    Report,
    by_number,
    read_comments,
    read_votes,
)

COMMENTS, VOTES, TABLE = "comments.csv", "votes.csv", "participants-votes.csv"
EARLIEST = 946_684_800_000  # the year 2000: nothing that Polis wrote is older
MOST_DIGITS = 5  # of a statement's number; Polis counts from 0


@dataclass(frozen=True, eq=False)
class Conversation:
    """`votes` has the participants in the order of their numbers, and `columns` as statements.

    `comments` has every statement by number, also those that somebody voted on and `comments.csv`
    does not have; these are out, and have no words. `reports` says what was left out, by file.
    """

    comments: tuple[Comment, ...]
    columns: tuple[str, ...]
    participants: tuple[str, ...]
    votes: Votes
    began: int | None  # milliseconds
    ended: int | None
    n_rows: int  # votes as they were cast
    has_moments: bool
    without_row: frozenset[str]  # statements that comments.csv does not have
    reports: Mapping[str, Report]
    says: tuple[str, ...]  # how the files differ from one another

    @property
    def n_votes(self) -> int:
        return len(self.votes.values)

    @property
    def n_silent(self) -> int:
        """Participants who voted on nothing."""
        return int((self.votes.per_person == 0).sum())


def read_folder(folder: Path, tell: Tell = lambda _bytes: None) -> Conversation:
    """Read what Polis exported, or what `discussion export polis` wrote.

    Raises UnreadableFileError when a file is missing, of another kind, or breaks off.
    """
    if not folder.is_dir():
        raise UnreadableFileError(f"There is no folder {folder}.")
    comments_path, single, table_path = (find_path(folder, n) for n in (COMMENTS, VOTES, TABLE))
    votes_path = single or table_path
    if comments_path is None:
        raise UnreadableFileError(
            f"{folder} has no {COMMENTS}: what people voted on is not known."
            f"{what_is_there(folder, COMMENTS)}"
        )
    if votes_path is None:
        raise UnreadableFileError(
            f"{folder} has neither {VOTES} nor {TABLE}.{what_is_there(folder, VOTES)}"
        )
    _refuse_two(comments_path, votes_path, *filter(None, [table_path]))
    comments = read_path(comments_path, read_comments, tell)
    read = read_path(votes_path, read_votes, tell)
    reports = {comments_path.name: comments.report, votes_path.name: read.report}
    says: list[str] = []
    votes, participants = _in_order(read)
    if single is not None and table_path is not None:
        table = read_path(table_path, read_votes, tell)
        reports[table_path.name] = table.report
        says += _differences(votes, participants, read.statements, table)
    return _conversation(comments.comments, read, votes, participants, reports, says)


def _refuse_two(*paths: Path) -> None:
    named = {conversation_of(path): path.name for path in paths if conversation_of(path)}
    if len(named) > 1:
        listed = " and ".join(named.values())
        raise UnreadableFileError(f"{listed} are of two conversations: leave the files of one.")


def bytes_of(folder: Path) -> int:
    """How much there is to read, compressed or not."""
    paths = (find_path(folder, name) for name in (COMMENTS, VOTES, TABLE))
    return sum(path.stat().st_size for path in paths if path)


def _conversation(
    comments: Iterable[Comment],
    read: ReadVotes,
    votes: Votes,
    participants: tuple[str, ...],
    reports: Mapping[str, Report],
    says: Iterable[str],
) -> Conversation:
    known = {comment.id: comment for comment in comments}
    missing = frozenset(read.statements) - known.keys()
    if too_long := [name for name in {*known, *missing} if len(name) > MOST_DIGITS]:
        raise UnreadableFileError(
            f"Statement {min(too_long)} has a number of more than {MOST_DIGITS} digits."
        )
    known |= {name: Comment(name, -1, False, "") for name in missing}
    moments = read.moments if read.moments and any(read.moments) else None
    written = [comment.moment for comment in known.values() if comment.moment]
    times = moments or written
    return Conversation(
        comments=tuple(sorted(known.values(), key=lambda comment: by_number(comment.id))),
        columns=read.statements,
        participants=participants,
        votes=votes,
        began=min((moment for moment in times if moment >= EARLIEST), default=None),
        ended=max((moment for moment in times if moment >= EARLIEST), default=None),
        n_rows=len(read.values),
        has_moments=moments is not None,
        without_row=missing,
        reports=reports,
        says=tuple(says),
    )


def _in_order(read: ReadVotes) -> tuple[Votes, tuple[str, ...]]:
    """The latest votes, with the participants by number."""
    votes = gather_votes(
        read.people,
        read.columns,
        read.values,
        n_people=len(read.participants),
        n_statements=len(read.statements),
        moments=read.moments,
    )
    names = read.participants
    order = sorted(range(len(names)), key=lambda at: by_number(names[at]))
    return choose_people(votes, order), tuple(names[at] for at in order)


def _differences(
    votes: Votes, participants: tuple[str, ...], statements: tuple[str, ...], table: ReadVotes
) -> list[str]:
    """Sentences about where the table is not what the single votes add up to."""
    other, people = _in_order(table)
    if sums_of(votes, participants, statements) == sums_of(other, people, table.statements):
        return []
    return [
        f"{TABLE} has {len(other.values):,} votes of {len(people):,} participants, and {VOTES},"
        f" with the latest in each cell, {len(votes.values):,} of {len(participants):,}, or they"
        f" differ in what was said; {VOTES} was taken."
    ]


def sums_of(
    votes: Votes, participants: tuple[str, ...], statements: tuple[str, ...]
) -> tuple[dict[str, int], dict[str, list[int]]]:
    """How much each participant voted, and how each statement was voted on: of those who did."""
    counts = count_votes(votes, [0] * votes.n_people, 1)[0].tolist()
    cast = zip(participants, votes.per_person.tolist(), strict=True)
    return (
        {name: n for name, n in cast if n},
        {name: said for name, said in zip(statements, counts, strict=True) if any(said)},
    )
