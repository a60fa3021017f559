"""Which groups' numbers can be shown, so that no sum gives away those of fewer than five people.

Whoever reads several totals can add and subtract them: everybody less the nurses is the rest. So
a set of people is shown only while no combination of totals, each times any number, is one of fewer
than five people. Sets are tried in an order that is fixed beforehand; one that would give something
away is not shown. Membership is taken to be known to everybody, as roles often are.

Each set is a row of noughts and ones over people. What can be got from totals are the combinations
of rows; each has people in it, those with another number than nought. The rule: none has one to
four. People who are in the same sets are one piece, so it is pieces that are weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from discussion.analysis.arrays import Mask, Wholes, np

Shows = Literal["shown", "few", "subtraction"]

FEWEST = 5
# Sums are compared modulo a prime: what vanishes in whole numbers vanishes there too, so nothing
# that could be got is overlooked.
PRIME = 2**31 - 1
MOST_MINORS = 22  # rows of noughts and ones, whose minors are at most 23^11.5 / 2^22 < PRIME
FAR_FROM_NOUGHT = 1e-6
MOST_STEPS = 1_500  # of one search; one that takes longer counts as having found something


def choose_shown(
    sets: Sequence[Mask], fewest: int = FEWEST, among: Mask | None = None
) -> tuple[Shows, ...]:
    """Whether each set's totals are shown, trying them in the order given.

    Sets are masks over the same people, by place. `few`: it has fewer than `fewest` people.
    `subtraction`: together with sets before it, it would tell the total of fewer. `among` are those
    who count, everybody if None; for a statement, those who gave it a number. Raises nothing of its
    own. Source: our own; the audit of linear disclosures of statistical offices, after Chin &
    Ozsoyoglu (1982), doi:10.1109/TSE.1982.234779.
    """
    audit = Audit(len(sets[0]) if sets else 0, fewest)
    return tuple(audit.judge(each if among is None else each & among) for each in sets)


class Audit:
    """Sets whose totals are told, one after the other, in one round or in several.

    Over rounds it takes everybody to answer as they did before: then two totals of one wording are
    two sums of the same numbers, and their difference is that of the people who are in one of them.
    Whoever knows less learns less. Sets are masks over so many people.
    """

    def __init__(self, people: int, fewest: int = FEWEST) -> None:
        self._fewest = fewest
        self._pieces = np.zeros(people, dtype=np.int64)  # each person's piece
        self._rows = np.zeros((0, 1), dtype=np.int64)  # independent sets that are told × pieces

    def judge(self, members: Mask) -> Shows:
        """Whether a set may be told; if so, it is from now on."""
        if np.count_nonzero(members) < self._fewest:
            return "few"
        found = self.weigh(members)
        if found.is_of_few:
            return "subtraction"
        self.keep(found)
        return "shown"

    def weigh(self, members: Mask) -> Weighed:
        """What it would tell; nothing is told by asking."""
        return self._with(members, self._fewest)

    def keep(self, weighed: Weighed) -> None:
        """It is told, weighed as things stand."""
        if weighed.told != "nothing new":
            self._rows, self._pieces = weighed.rows, weighed.pieces

    def tell(self, members: Mask) -> None:
        """It is told, whatever that tells: what was published before cannot be taken back."""
        if members.any():
            self.keep(self._with(members, 1))

    def _with(self, members: Mask, fewest: int) -> Weighed:
        halves = self._pieces * 2 + members  # each piece is cut into who is not in and who is
        sizes = np.bincount(halves)
        there = np.flatnonzero(sizes)
        renumbered = np.zeros(len(sizes), dtype=np.int64)
        renumbered[there] = np.arange(len(there))
        tried = np.vstack([self._rows[:, there // 2], there % 2])
        return Weighed(tried, renumbered[halves], _tells(tried, sizes[there], fewest))


@dataclass(frozen=True, eq=False)
class Weighed:
    """What telling one more set would tell, and all sets that are told then."""

    rows: Wholes
    pieces: Wholes
    told: str  # nothing new, of many, of few

    @property
    def is_of_few(self) -> bool:
        """Whether its total, with those told before, tells of fewer people than may be shown."""
        return self.told == "of few"


def _tells(rows: Wholes, sizes: Wholes, fewest: int) -> Literal["nothing new", "of many", "of few"]:
    """What the last row tells beside the others, which are independent."""
    order = np.argsort(-sizes, kind="stable")
    rows, sizes = rows[:, order], sizes[order]
    large = int((sizes >= fewest).sum())
    # Independent even where only some large pieces are looked at: no sum is free of all of them.
    some = rows[:, : min(large, 3 * len(rows))]
    if _are_surely_independent(some) or not len(_vanishing_in(some)):
        return "of many"
    if not len(sums := _vanishing_in(rows[:, :large])):
        return "of many"
    free = sums @ rows[:, large:] % PRIME  # rows are noughts and ones: no overflow
    known = _independent(free)
    if len(known) < len(free):  # the last is a sum of others
        return "nothing new"
    ways, weights = _together(known, sizes[large:])
    return "of few" if _Search(weights, MOST_STEPS).finds(ways, fewest - 1, 0) else "of many"


def _together(rows: Wholes, sizes: Wholes) -> tuple[Wholes, Wholes]:
    """Pieces that are nought in the same combinations, made one; those of most people first."""
    filled = rows.any(axis=0)
    rows, sizes = rows[:, filled], sizes[filled]
    heads = rows[(rows != 0).argmax(axis=0), np.arange(rows.shape[1])]
    inverses = np.array([pow(int(each), -1, PRIME) for each in heads], dtype=np.int64)
    ways, which = np.unique(rows * inverses % PRIME, axis=1, return_inverse=True)
    weights = np.bincount(which.ravel(), sizes, ways.shape[1]).astype(np.int64)
    order = np.argsort(-weights, kind="stable")
    return ways[:, order], weights[order]


def _are_surely_independent(rows: Wholes) -> bool:
    """Whether no factors, not all nought, make rows of noughts and ones add up to nought.

    True is certain: the least eigenvalue of their products is far above what rounding does, and
    minors of so few rows are smaller than the prime, so that they are no nought modulo it either.
    Sources: Weyl's inequality; Hadamard's bound of determinants.
    """
    if len(rows) > MOST_MINORS:
        return False
    products = (rows @ rows.T).astype(np.float64)
    return bool(np.linalg.eigvalsh(products)[0] > FAR_FROM_NOUGHT)


def _vanishing_in(rows: Wholes) -> Wholes:
    """A basis of the factors by which rows add up to nought in every piece."""
    pieces = rows.shape[1]
    left = np.hstack([rows, np.eye(len(rows), dtype=np.int64)])
    for piece in range(pieces):
        if not len(left):
            break
        if left[:, piece].any():
            left = _vanishing(left, piece)
    return left[:, pieces:]


class _Search:
    """Looks for a combination that is nought for all but few people, piece by piece."""

    def __init__(self, sizes: Wholes, steps: int) -> None:
        self._sizes = sizes
        self._steps = steps

    def finds(self, rows: Wholes, budget: int, piece: int) -> bool:
        """`rows` are independent; pieces before `piece` are nought in all, or paid for."""
        while len(rows):
            self._steps -= 1
            if self._steps < 0:
                return True
            filled = np.flatnonzero(rows[:, piece:].any(axis=0))
            if not len(filled):
                return True  # something is left, and only on what was paid for
            piece += int(filled[0])
            size = int(self._sizes[piece])
            if size <= budget and self.finds(rows, budget - size, piece + 1):
                return True
            rows = _vanishing(rows, piece)
        return False


def _vanishing(rows: Wholes, piece: int) -> Wholes:
    """The combinations of rows that are nought in a piece where not all are: one dimension less."""
    pivot = int((rows[:, piece] != 0).argmax())
    others = np.concatenate((rows[:pivot], rows[pivot + 1 :]))
    if not others[:, piece].any():
        return others
    factors = others[:, piece] * pow(int(rows[pivot, piece]), -1, PRIME) % PRIME
    cleared: Wholes = (others - factors[:, None] * rows[pivot] % PRIME) % PRIME
    return cleared


def _independent(rows: Wholes) -> Wholes:
    """Rows that span the same, none of which is a combination of others."""
    kept: list[Wholes] = []
    left = rows
    while len(left := left[left.any(axis=1)]):
        first = left[0]
        kept.append(first)
        left = _vanishing(left, int(np.flatnonzero(first)[0]))
    return np.array(kept, dtype=np.int64).reshape(len(kept), rows.shape[1])
