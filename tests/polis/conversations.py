"""The two real conversations, and files that somebody might have made."""

import gzip
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO, TypeVar

import numpy as np

from discussion.analysis.arrays import Indices
from discussion.analysis.votes import Votes, choose_people, gather_votes
from discussion.polis.reading import ReadComments, ReadVotes, read_comments, read_votes

FOLDER = Path(__file__).parents[1] / "data" / "polis"
CONVERSATIONS = ("biodiversity", "land-bank")

File = TypeVar("File")


def path_of(conversation: str, name: str) -> Path:
    return FOLDER / conversation / f"{name}.csv.gz"


def read_file(conversation: str, name: str, reader: Callable[[TextIO], File]) -> File:
    with gzip.open(path_of(conversation, name), "rt", encoding="utf-8", newline="") as stream:
        return reader(stream)


def read_conversation(conversation: str) -> tuple[ReadVotes, ReadComments]:
    return (
        read_file(conversation, "participants-votes", read_votes),
        read_file(conversation, "comments", read_comments),
    )


def gathered(read: ReadVotes) -> Votes:
    return gather_votes(
        read.people,
        read.columns,
        read.values,
        n_people=len(read.participants),
        n_statements=len(read.statements),
        moments=read.moments,
    )


def moderated_out(read: ReadVotes, comments: ReadComments) -> list[int]:
    out = {comment.id for comment in comments.comments if comment.is_out}
    return [at for at, name in enumerate(read.statements) if name in out]


def shuffled(votes: Votes, seed: int) -> tuple[Votes, Indices]:
    order = np.random.default_rng(seed).permutation(votes.n_people)
    return choose_people(votes, order), order


def file_of(*lines: str) -> TextIO:
    """A stream as `open(…, newline="")` would give it."""
    return io.StringIO("\n".join(lines) + "\n", newline="")


def table(rows: Iterable[str], *statements: str) -> TextIO:
    """A participants-votes.csv: each row is `participant,group,vote,vote…`."""
    header = "participant,group-id,n-comments,n-votes,n-agree,n-disagree"
    filled = [",".join([*row.split(",")[:2], "0,0,0,0", *row.split(",")[2:]]) for row in rows]
    return file_of(",".join([header, *statements]), *filled)
