"""Whether one question is answered from the same values at different levels.

What positions put first is counted; two levels are compared only where both have five and name five
values between them, and are said to pull apart only where chance seldom moves as much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import Literal

from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.tag_chances import emphasis_chance
from discussion.analysis.tags import Emphasis, Tagged, emphasis_gap

FEWEST_HERE = 5  # positions of a level that name a value
FEWEST_VALUES = 5  # that two levels name between them

Said = Literal["too_few", "few_values", "cannot_tell", "apart"]


@dataclass(frozen=True)
class LevelFirst:
    """What positions of one level put first: how often each value, the most often first."""

    level: str
    positions: int
    tagged: int
    first: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LevelsBeside:
    """Two levels. `shared` is the part of the weight that both put on the same values, 0 … 1.

    `order` is how alike they order all values, −1 … 1. All are None where too little is there;
    `most` is the value over which they differ most.
    """

    one: str
    other: str
    said: Said
    tagged: tuple[int, int]
    shared: Fraction | None = None
    order: float | None = None
    most: Emphasis | None = None


def put_first(levels: Mapping[str, Sequence[Tagged]]) -> tuple[LevelFirst, ...]:
    """What each level puts first, in the order given; ties by name. Source: counting."""
    found = []
    for level, positions in levels.items():
        first = [each.served[0] for each in positions if each.served]
        counts = {value: first.count(value) for value in set(first)}
        by_count = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        found.append(LevelFirst(level, len(positions), len(first), tuple(by_count)))
    return tuple(found)


def compare_levels(
    levels: Mapping[str, Sequence[Tagged]],
    seed: int,
    thresholds: Thresholds = DEFAULTS,
    *,
    concludes: bool = True,
) -> tuple[LevelsBeside, ...]:
    """Each two levels, in the order given.

    `levels` are positions by level. Without `concludes` nothing is said to pull apart: where the
    same people may stand at both levels, dealing positions anew says nothing. Raises nothing of
    its own. Source: our own; total variation and Spearman's correlation of mean rank weights,
    Fisher's permutation test.
    """
    return tuple(
        _beside(one, other, levels, seed, thresholds if concludes else None)
        for one, other in combinations(levels, 2)
    )


def _beside(
    one: str,
    other: str,
    levels: Mapping[str, Sequence[Tagged]],
    seed: int,
    thresholds: Thresholds | None,
) -> LevelsBeside:
    a, b = levels[one], levels[other]
    gap = emphasis_gap(a, b)
    if not gap.is_sufficient or min(gap.tagged) < FEWEST_HERE:
        return LevelsBeside(one, other, "too_few", gap.tagged)
    if len(gap.values) < FEWEST_VALUES:
        return LevelsBeside(one, other, "few_values", gap.tagged)
    different = [each for each in gap.values if each.difference]
    most = min(different, key=lambda each: (-abs(each.difference), each.value), default=None)
    is_apart = (
        thresholds is not None
        and most is not None
        and emphasis_chance(a, b, seed).may_conclude(thresholds)
    )
    order = rank_correlation([each.a for each in gap.values], [each.b for each in gap.values])
    said: Said = "apart" if is_apart else "cannot_tell"
    return LevelsBeside(one, other, said, gap.tagged, gap.shared, order, most)


def rank_correlation(a: Sequence[Fraction], b: Sequence[Fraction]) -> float | None:
    """Spearman's correlation of two equally long lists; None where one of them is constant.

    Ties have the mean of their ranks. Source: Spearman (1904), as Pearson's of the ranks.
    """
    first, second = _ranks(a), _ranks(b)
    middle = Fraction(len(a) + 1, 2)
    pairs = [(x - middle, y - middle) for x, y in zip(first, second, strict=True)]
    squares = sum(x * x for x, _ in pairs) * sum(y * y for _, y in pairs)
    if not squares:
        return None
    return float(sum((x * y for x, y in pairs), Fraction(0))) / sqrt(squares)


def _ranks(values: Sequence[Fraction]) -> list[Fraction]:
    return [
        Fraction(2 * sum(each < value for each in values) + values.count(value) + 1, 2)
        for value in values
    ]
