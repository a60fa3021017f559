"""analyse: opinion groups and common ground in votes that Polis exported; needs no database."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeVar

from discussion.analysis.consensus_selection import Consensus, select_consensus
from discussion.analysis.group_informed_consensus import group_informed_consensus
from discussion.analysis.opinion_groups import STEPS, OpinionGroups, find_groups
from discussion.analysis.representativeness import Stand, find_representative
from discussion.analysis.tallies import Tally, tally_everybody, tally_votes
from discussion.analysis.votes import choose_people, find_first_statements, gather_votes
from discussion.cli.commands import BadInputError
from discussion.cli.progress import Tell, nobody, progress
from discussion.polis.files import UnreadableFileError, read_path
from discussion.polis.reading import (
    Comment,
    ReadComments,
    ReadVotes,
    Report,
    by_number,
    read_comments,
    read_votes,
)

DIGITS = 6  # so that another machine's rounding does not show
PROBLEMS_TOLD = 5
STATEMENTS_TOLD = 5
BODY = 72

File = TypeVar("File")


@dataclass(frozen=True, eq=False)
class Analysis:
    """What was found; statements and groups by number, participants and statements by name."""

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    out: frozenset[int]
    groups: OpinionGroups
    tallies: list[list[Tally]]  # by group, by statement
    everybody: list[Tally]
    stands: list[list[Stand]]
    consensus: Consensus


def analyse(typed: argparse.Namespace) -> int:
    """Print what the votes say, in words or as JSON; what could not be read goes to stderr."""
    if typed.groups is not None and typed.groups < 1:
        raise BadInputError("--groups must be 1 or more.")
    if typed.seed < 0:
        raise BadInputError("--seed must be 0 or more.")
    read = _read(typed.file, read_votes)
    _tell(typed.file, read.report)
    comments = ReadComments((), Report(0, 0, (), ()))
    if typed.comments:
        comments = _read(typed.comments, read_comments)
        _tell(typed.comments, comments.report)
    if not len(read.values):
        what = "vote" if read.participants else "participant"
        raise BadInputError(f"{typed.file} has no {what}.")
    with progress("Looking for groups", STEPS + 2) as tell:
        found = find(read, comments.comments, k=typed.groups, seed=typed.seed, tell=tell)
    if typed.groups and found.groups.k < typed.groups:
        _warn(f"The votes allow no more than {found.groups.k} groups.")
    if typed.json:
        print(json.dumps(as_json(found), indent=1, allow_nan=False))
    else:
        print("\n".join(in_words(found, {one.id: one.body for one in comments.comments})))
    return 0


def find(
    read: ReadVotes,
    comments: tuple[Comment, ...],
    *,
    k: int | None = None,
    seed: int = 0,
    tell: Tell = nobody,
) -> Analysis:
    """Everything that is reported, whatever the order of the file's rows and columns.

    People are taken in the order in which they come up in Polis' own table, which it reads by
    statement and then by participant: see `conv-poll` in its `postgres.clj`.
    """
    votes = gather_votes(
        read.people,
        read.columns,
        read.values,
        n_people=len(read.participants),
        n_statements=len(read.statements),
        moments=read.moments,
    )
    first = find_first_statements(votes).tolist()
    numbers = [by_number(name) for name in read.participants]
    order = sorted(range(votes.n_people), key=lambda at: (first[at], numbers[at]))
    votes = choose_people(votes, order)
    names = {comment.id for comment in comments if comment.is_out}
    out = frozenset(at for at, name in enumerate(read.statements) if name in names)
    groups = find_groups(votes, moderated_out=sorted(out), k=k, seed=seed, tell=tell)
    tallies = tally_votes(votes, groups.labels, groups.k)
    tell(1)
    everybody = tally_everybody(votes)
    return Analysis(
        participants=tuple(read.participants[at] for at in order),
        statements=read.statements,
        out=out,
        groups=groups,
        tallies=tallies,
        everybody=everybody,
        stands=find_representative(tallies, left_out=out),
        consensus=select_consensus(everybody, left_out=out),
    )


def as_json(found: Analysis) -> dict[str, Any]:
    """The shape that docs/analysing-votes.md describes."""
    labels = found.groups.labels.tolist()
    name = found.statements.__getitem__
    return {
        "k": found.groups.k,
        "groups": {
            who: label for who, label in zip(found.participants, labels, strict=True) if label >= 0
        },
        "silhouette": round(found.groups.silhouette, DIGITS),
        "silhouettes": {
            str(k): round(each, DIGITS) for k, each in found.groups.silhouettes.items()
        },
        "participants": len(found.participants),
        "consensus": {
            "agree": [name(at) for at in found.consensus.agreed],
            "disagree": [name(at) for at in found.consensus.disagreed],
        },
        "statements": [_statement(found, at) for at in range(len(found.statements))],
    }


def _statement(found: Analysis, at: int) -> dict[str, Any]:
    sides = {
        group: stand.side
        for group, stands in enumerate(found.stands)
        for stand in stands
        if stand.statement == at
    }
    by_group = [tallies[at] for tallies in found.tallies]
    return {
        "id": found.statements[at],
        "moderated_out": at in found.out,
        "group_informed_consensus": round(group_informed_consensus(by_group), DIGITS),
        "by_group": [
            {
                "agree": tally.agrees,
                "disagree": tally.disagrees,
                "pass": tally.passes,
                "votes": tally.seen,
                "representative": sides.get(group),
            }
            for group, tally in enumerate(by_group)
        ],
        "representative_of": sorted(sides),
    }


def in_words(found: Analysis, bodies: dict[str, str]) -> list[str]:
    """The same for reading: who is in which group, what sets it apart, what all agree to."""
    people = [
        sum(label == group for label in found.groups.labels) for group in range(found.groups.k)
    ]
    is_one = found.groups.k == 1
    lines = [
        f"{len(found.participants):,} participants, {len(found.statements):,} statements,"
        f" {sum(tally.seen for tally in found.everybody):,} votes.",
        f"{sum(people):,} participants are in {found.groups.k}"
        f" {'group' if is_one else 'groups'}; the others voted on too few statements.",
    ]
    if not is_one:
        told = ", ".join(f"{k}: {each:.2f}" for k, each in found.groups.silhouettes.items())
        lines.append(f"Mean silhouette by number of groups: {told}.")
    if found.groups.as_good:
        near = ", ".join(map(str, found.groups.as_good))
        lines.append(f"How many groups there are is not sure: {near} fit nearly as well.")
    for group, stands in enumerate(found.stands):
        lines += ["", f"Group {group}, {people[group]:,} participants"]
        lines += [_stand_in_words(found, group, stand, bodies) for stand in stands]
    lines += ["", "What every group agrees to (group-informed consensus)"]
    lines += [f"  {value:.2f}  {_named(found, at, bodies)}" for value, at in _most_agreed(found)]
    for says, chosen in (
        ("agree to", found.consensus.agreed),
        ("disagree with", found.consensus.disagreed),
    ):
        lines += ["", f"What participants {says} most surely, taken together"]
        lines += [f"  {_named(found, at, bodies)}" for at in chosen] or ["  nothing"]
    return lines


def _stand_in_words(found: Analysis, group: int, stand: Stand, bodies: dict[str, str]) -> str:
    others = [tallies[stand.statement] for at, tallies in enumerate(found.tallies) if at != group]
    tally = sum(others, Tally(0, 0, 0))
    elsewhere = tally.agrees if stand.side == "agree" else tally.disagrees
    return (
        f"  {stand.side}s: {_share(stand.successes, stand.seen)} here,"
        f" {_share(elsewhere, tally.seen)} elsewhere  {_named(found, stand.statement, bodies)}"
    )


def _share(count: int, seen: int) -> str:
    return f"{count}/{seen}"


def _named(found: Analysis, at: int, bodies: dict[str, str]) -> str:
    name = found.statements[at]
    body = " ".join("".join(c if c.isprintable() else " " for c in bodies.get(name, "")).split())
    return f"{name}. {body[: BODY - 1] + '…' if len(body) > BODY else body}".rstrip()


def _most_agreed(found: Analysis) -> list[tuple[float, int]]:
    values = [
        (group_informed_consensus([tallies[at] for tallies in found.tallies]), at)
        for at in range(len(found.statements))
        if at not in found.out
    ]
    return sorted(values, key=lambda pair: -pair[0])[:STATEMENTS_TOLD]


def _read(path: str, reader: Callable[[TextIO], File]) -> File:
    """The file through its reader, or a sentence that says why not."""
    file = Path(path)
    try:
        with progress(f"Reading {file.name}", file.stat().st_size if file.is_file() else 0) as tell:
            return read_path(file, reader, tell)
    except UnreadableFileError as error:
        raise BadInputError(str(error)) from error


def _tell(path: str, report: Report) -> None:
    if report.unknown:
        _warn(f"{path}: unknown columns were left alone: {', '.join(report.unknown[:10])}")
    for problem in report.problems[:PROBLEMS_TOLD]:
        _warn(f"{path}, line {problem.line}: {problem.says}")
    if report.n_problems > PROBLEMS_TOLD:
        _warn(f"{path}: {report.n_problems - PROBLEMS_TOLD} more of the kind")


def _warn(says: str) -> None:
    print(says, file=sys.stderr)
