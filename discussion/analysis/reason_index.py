"""The deliberative reason index: do those who think alike also want alike?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

from discussion.analysis.answers import BadRatings
from discussion.analysis.arrays import Floats, Indices, Wholes, np

Table = Sequence[Sequence[float | None]] | Floats

FEWEST_PEOPLE = 5
FEWEST_CONSIDERATIONS = 4
FEWEST_OPTIONS = 3
AT_ONCE = 1 << 16  # shuffled pairs that are looked at together
WEAK = 0.2  # correlations up to here say little, and count for less
LAMBDA = sqrt(2) / 2


@dataclass(frozen=True)
class Chance:
    """The same index when everybody is given somebody's wishes at random."""

    mean: float
    upper: float  # 95 % of the shuffles are at or below
    p: float  # share of shuffles at or above the index observed, (b+1)/(m+1)


@dataclass(frozen=True)
class ReasonIndex:
    """Indices from −3 to 1 and what chance would give; None when there is too little to say.

    `individual` and `individual_adjusted` are by person, in the order given; None for a person
    whose pairs were all dropped.
    """

    state: Literal["measured", "insufficient"]
    plain: float | None
    adjusted: float | None
    individual: tuple[float | None, ...]
    individual_adjusted: tuple[float | None, ...]
    chance: Chance | None
    adjusted_chance: Chance | None
    pairs: int
    dropped_pairs: int  # one of the two rated everything the same, or not everything
    shuffles: int
    seed: int


def reason_index(
    considerations: Table,
    preferences: Table,
    seed: int,
    *,
    shuffles: int = 1_000,
    fewest: int = FEWEST_PEOPLE,
) -> ReasonIndex:
    """Whether pairs of people agree on options as much as they agree on considerations.

    `considerations` is people × considerations (ratings), `preferences` people × options (ratings
    or ranks), rows in the same order; None or NaN for what somebody did not rate. For each pair c
    and p are Spearman's correlations, d = |c − p|/√2; the index is 1 − 2·mean |c − p|. The adjusted
    one takes D = 1 − mean (1 − d)·penalty with penalty max(|c|, |p|)/0.2 up to 1, and is (λ − 2D)/λ
    with λ = √2/2. Beside both stands what shuffling the preferences among people gives. A pair with
    a constant or incomplete row is dropped, and counted. Insufficient below `fewest` people left,
    four considerations or three options. Raises BadRatings when the tables have different numbers
    of people or ragged rows. Source: Niemeyer & Veri (2022),
    doi:10.1093/oso/9780192848925.003.0007; the adjusted form as in the R package deliberr 0.1.0.
    """
    minds, wishes = _table(considerations), _table(preferences)
    if len(minds) != len(wishes):
        raise BadRatings("considerations and preferences are of the same people")
    usable = [row for row in range(len(minds)) if _varies(minds[row]) and _varies(wishes[row])]
    nobody = (None,) * len(minds)
    blank = ReasonIndex(
        state="insufficient",
        plain=None,
        adjusted=None,
        individual=nobody,
        individual_adjusted=nobody,
        chance=None,
        adjusted_chance=None,
        pairs=_pairs(len(usable)),
        dropped_pairs=_pairs(len(minds)) - _pairs(len(usable)),
        shuffles=shuffles,
        seed=seed,
    )
    is_wide = minds.shape[1] >= FEWEST_CONSIDERATIONS and wishes.shape[1] >= FEWEST_OPTIONS
    if len(usable) < max(fewest, 2) or not is_wide:
        return blank
    # In an order of their own, so that nothing depends on the order given.
    usable.sort(key=lambda row: (minds[row].tolist(), wishes[row].tolist()))
    return _measured(blank, usable, _spearman(minds[usable]), _spearman(wishes[usable]))


def _measured(blank: ReasonIndex, usable: list[int], minds: Floats, wishes: Floats) -> ReasonIndex:
    """The same, filled in from the correlations between the people whose rows are usable."""
    distances = _distances(minds, wishes)
    plain, adjusted = _indices(distances[:, *_each_two(len(minds))])
    drawn = _shuffled(minds, wishes, blank.shuffles, blank.seed)
    individual, individual_adjusted = list(blank.individual), list(blank.individual)
    for place, row in enumerate(usable):
        individual[row], individual_adjusted[row] = _of_one(distances, place)
    return replace(
        blank,
        state="measured",
        plain=plain,
        adjusted=adjusted,
        individual=tuple(individual),
        individual_adjusted=tuple(individual_adjusted),
        chance=_chance(drawn[:, 0], plain),
        adjusted_chance=_chance(drawn[:, 1], adjusted),
    )


def _table(rows: Table) -> Floats:
    if len({len(row) for row in rows}) > 1:
        raise BadRatings("everybody has a row of the same length")
    if not len(rows):
        return np.empty((0, 0))
    return np.array([[np.nan if cell is None else cell for cell in row] for row in rows], float)


def _varies(row: Floats) -> bool:
    return bool(np.isfinite(row).all()) and bool((row != row[:1]).any())


def _pairs(people: int) -> int:
    return people * (people - 1) // 2


def _spearman(table: Floats) -> Floats:
    """Correlations of ranks between all rows: whole numbers until the last step, so exact."""
    below = (table[:, :, None] > table[:, None, :]).sum(axis=2)
    above = (table[:, :, None] < table[:, None, :]).sum(axis=2)
    ranks: Wholes = (below - above).astype(np.int64)  # twice the rank, less its mean; ties share
    products = ranks @ ranks.T
    squares = np.diag(products)
    return np.asarray(products / np.sqrt(np.outer(squares, squares).astype(float)))


def _distances(minds: Floats, wishes: Floats) -> Floats:
    """At [0] d and at [1] the penalised distance, for all correlations that are given."""
    d = np.abs(minds - wishes) / sqrt(2)
    penalty = np.minimum(np.maximum(np.abs(minds), np.abs(wishes)) / WEAK, 1)
    return np.stack([d, 1 - (1 - d) * penalty])


def _each_two(people: int) -> tuple[Indices, Indices]:
    """The one and the other of all pairs."""
    return np.triu_indices(people, 1)


def _indices(distances: Floats) -> tuple[float, float]:
    """Plain and adjusted, of distances over pairs."""
    return _index_of(distances[0]), _index_of(distances[1])


def _of_one(distances: Floats, place: int) -> tuple[float, float]:
    """Plain and adjusted, over one person's pairs."""
    plain, adjusted = np.delete(distances[:, place, :], place, axis=1)
    return _index_of(plain), _index_of(adjusted)


def _index_of(distances: Floats) -> float:
    # Rounded, so that a shuffle that changes nothing is not below what was observed.
    return round(float((LAMBDA - 2 * distances.mean()) / LAMBDA), 12) + 0.0


def _shuffled(minds: Floats, wishes: Floats, shuffles: int, seed: int) -> Floats:
    """Shuffles × (plain, adjusted)."""
    random = np.random.default_rng(seed)
    one, other = _each_two(len(minds))
    orders = np.array([random.permutation(len(wishes)) for _ in range(shuffles)], dtype=np.intp)
    step = max(AT_ONCE // len(one), 1)
    drawn = []
    for first in range(0, shuffles, step):
        some = orders[first : first + step]
        apart = _distances(minds[one, other], wishes[some[:, one], some[:, other]])
        drawn += [_indices(each) for each in apart.transpose(1, 0, 2)]
    return np.array(drawn, float).reshape(-1, 2)


def _chance(drawn: Floats, observed: float) -> Chance | None:
    if not len(drawn):
        return None
    at_least = int(np.count_nonzero(drawn >= observed))
    upper = float(np.quantile(drawn, 0.95))
    return Chance(float(drawn.mean()), upper, (at_least + 1) / (len(drawn) + 1))
