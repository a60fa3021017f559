"""Who said what of which statement: a large and mostly empty table, kept as its filled cells.

A vote is 1 (agree), −1 (disagree) or 0 (pass). A cell without one is absent, which is not a pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from discussion.analysis.arrays import ArrayLike, Indices, NDArray, np

BLOCK = 1 << 20  # votes that are looked at together, so that memory does not grow with the table


@dataclass(frozen=True, eq=False)
class Votes:
    """Rows are people, in their order of arrival; columns are statements. Made by `gather_votes`.

    Row i is `statements[starts[i]:starts[i + 1]]`, in rising order, and `values` beside it.
    """

    starts: Indices
    statements: NDArray[np.int32]
    values: NDArray[np.int8]
    n_statements: int

    @property
    def n_people(self) -> int:
        """How many rows it has."""
        return len(self.starts) - 1

    @property
    def per_person(self) -> Indices:
        """How many votes each person cast; a pass counts."""
        return np.diff(self.starts)

    def blocks(self) -> Iterator[tuple[slice, slice]]:
        """The table in slices of whole rows: those of the people, and those of their votes."""
        first = 0
        while first < self.n_people:
            end = int(np.searchsorted(self.starts, self.starts[first] + BLOCK, "right")) - 1
            last = max(end, first + 1)
            yield slice(first, last), slice(int(self.starts[first]), int(self.starts[last]))
            first = last

    def rows(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Each person with their votes, as (statement, vote) in rising order: plain numbers."""
        for people, _cells in self.blocks():
            starts = self.starts[people.start : people.stop + 1].tolist()
            for person, (first, last) in enumerate(pairwise(starts), start=people.start):
                seen = self.statements[first:last].tolist()
                yield person, list(zip(seen, self.values[first:last].tolist(), strict=True))


def gather_votes(
    people: ArrayLike,
    statements: ArrayLike,
    values: ArrayLike,
    *,
    n_people: int,
    n_statements: int,
    moments: ArrayLike | None = None,
) -> Votes:
    """The table of single votes, given in any order; of several in one cell the latest counts.

    `people` and `statements` are numbers from 0, all four of one length. The latest is the one with
    the greatest moment, and among equal moments, or without any, the one that is given last.
    Raises ValueError for a person, statement or vote that cannot be.
    """
    who, what, said = np.asarray(people), np.asarray(statements), np.asarray(values)
    if not who.shape == what.shape == said.shape or who.ndim != 1:
        raise ValueError("people, statements and values must be of one length")
    _check(who, n_people, "person")
    _check(what, n_statements, "statement")
    if said.size and not np.isin(said, (-1, 0, 1)).all():
        raise ValueError("a vote must be -1, 0 or 1")
    cells = who.astype(np.int64) * n_statements + what
    if moments is not None or not bool((cells[1:] > cells[:-1]).all()):
        kept = _latest(cells, moments)
        cells, what, said = cells[kept], what[kept], said[kept]
    starts = np.searchsorted(cells, np.arange(n_people + 1) * n_statements).astype(np.intp)
    return Votes(starts, what.astype(np.int32), said.astype(np.int8), n_statements)


def votes_from_table(table: ArrayLike) -> Votes:
    """The votes of a full table, people × statements, in which NaN is an absent vote.

    Waits for imports of tables, beside those of Polis’ files.
    """
    full = np.asarray(table, dtype=np.float64)
    if full.ndim != 2:
        raise ValueError("a table has rows and columns")
    who, what = np.nonzero(~np.isnan(full))
    return gather_votes(
        who, what, full[who, what], n_people=full.shape[0], n_statements=full.shape[1]
    )


def choose_people(votes: Votes, which: ArrayLike) -> Votes:
    """The rows of these people, by number from 0, in this order; who is named twice has two.

    Raises IndexError for a person who is not in the table.
    """
    rows = np.asarray(which, dtype=np.intp)
    lengths = votes.per_person[rows]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
    cells = np.arange(starts[-1]) + np.repeat(votes.starts[rows] - starts[:-1], lengths)
    return Votes(starts, votes.statements[cells], votes.values[cells], votes.n_statements)


def find_first_statements(votes: Votes) -> Indices:
    """Of each person the lowest statement voted on; for those without a vote, n_statements."""
    firsts = np.full(votes.n_people, votes.n_statements, dtype=np.intp)
    has_votes = votes.per_person > 0
    firsts[has_votes] = votes.statements[votes.starts[:-1][has_votes]]
    return firsts


def count_votes(votes: Votes, labels: ArrayLike, n_groups: int) -> NDArray[np.int64]:
    """How often each group disagreed, passed and agreed: groups × statements × 3.

    `labels` gives each person's group from 0; those with −1 are left out.
    """
    groups = np.asarray(labels, dtype=np.int64)
    if len(groups) != votes.n_people or (len(groups) and groups.max() >= n_groups):
        raise ValueError("each person needs one of the groups, or -1")
    counts = np.zeros((n_groups + 1) * votes.n_statements * 3, dtype=np.int64)
    for people, cells in votes.blocks():
        group = np.repeat(groups[people] + 1, votes.per_person[people])  # left out: group 0 here
        column = group * votes.n_statements + votes.statements[cells]
        counts += np.bincount(column * 3 + votes.values[cells] + 1, minlength=len(counts))
    return counts.reshape(n_groups + 1, votes.n_statements, 3)[1:]


def _check(numbers: NDArray[Any], bound: int, what: str) -> None:
    if numbers.size and not (numbers.min() >= 0 and numbers.max() < bound):
        raise ValueError(f"there is no such {what}")


def _latest(cells: NDArray[np.int64], moments: Any) -> Indices:
    """The last vote of each cell, by cell."""
    order = np.arange(len(cells))
    if moments is not None:
        order = np.argsort(np.asarray(moments), kind="stable")
    order = order[np.argsort(cells[order], kind="stable")]
    inside = cells[order]
    is_last = np.append(inside[1:] != inside[:-1], True)[: len(order)]
    last: Indices = order[is_last]
    return last
