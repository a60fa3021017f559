"""How often chance alone would move people so far: their steps, each turned about or not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb

from discussion.analysis.arrays import np
from discussion.analysis.relabelling import ENOUGH, STEPS, Relabelled

MOST_TURNED = 14  # people who moved, up to whom every way of turning them is counted
_KEPT = 4_096


def turn_about(steps: Sequence[int], seed: int) -> Relabelled:
    """How often people's steps, each turned about by chance, add up to as far: two-sided.

    `steps` are people by how far they moved, from −(points − 1) up; 1 where nobody moved. Exact up
    to 14 who moved, else drawn as in `relabel`. Raises nothing. Source: Fisher (1935).
    """
    return _turn_about(min(tuple(steps), tuple(steps)[::-1]), seed)


def sums_of(steps: Sequence[int]) -> tuple[int, int, Fraction]:
    """How many people, the sum of their steps, and that of squared distances from the mean."""
    middle, people = len(steps) // 2, sum(steps)
    total = sum((at - middle) * many for at, many in enumerate(steps))
    squared = sum((at - middle) ** 2 * many for at, many in enumerate(steps))
    return people, total, squared - Fraction(total**2, people)


@lru_cache(maxsize=_KEPT)
def _turn_about(steps: tuple[int, ...], seed: int) -> Relabelled:
    middle = len(steps) // 2
    sizes = {at: steps[middle + at] + steps[middle - at] for at in range(1, middle + 1)}
    observed = abs(sums_of(steps)[1]) if any(steps) else 0
    if sum(sizes.values()) <= MOST_TURNED:
        ways = {0: 1}
        for size, many in sizes.items():
            ways = _further(ways, size, many)
        far = sum(number for total, number in ways.items() if abs(total) >= observed)
        turned = 2 ** sum(sizes.values())
        return Relabelled(Fraction(far, turned), "exact", far, turned)
    random = np.random.default_rng(seed)
    at_least = drawn = 0
    for step in STEPS:
        totals = sum(
            size * (2 * random.binomial(many, 0.5, size=step) - many)
            for size, many in sizes.items()
        )
        so_far = at_least + np.cumsum(np.abs(totals) >= observed)
        if so_far[-1] >= ENOUGH:
            drawn += int(np.searchsorted(so_far, ENOUGH)) + 1
            return Relabelled(Fraction(ENOUGH, drawn), "sampled", ENOUGH, drawn)
        at_least, drawn = int(so_far[-1]), drawn + step
    return Relabelled(Fraction(at_least + 1, drawn + 1), "sampled", at_least, drawn)


def _further(ways: dict[int, int], size: int, many: int) -> dict[int, int]:
    """Ways to each sum, with so many people more of one size of step."""
    found: dict[int, int] = {}
    for total, number in ways.items():
        for up in range(many + 1):
            sum_ = total + size * (2 * up - many)
            found[sum_] = found.get(sum_, 0) + number * comb(many, up)
    return found
