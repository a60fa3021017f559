"""Which distances between two groups are out of chance's reach, without drawing anything."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from math import lgamma, log

from discussion.analysis.arrays import Floats, np

_ROUNDING = 1e-9


def find_most_chance(pooled: Sequence[int], size: int, observed: int) -> float:
    """A bound for the share of relabellings with at least this distance: at most so many have it.

    `pooled` are the people of both groups by point, `size` those of one of them, each of somebody;
    the distance is that of `relabelling.distance`. May be above 1. Raises nothing of its own.

    A distance is the greatest sum of what lies below the scale's cuts, each counted up or down. For
    each of these sums, of scores f, the relabellings that reach s are at most, for any u and t,
    Π (1 + u·exp(t·f))^people / (u^size · exp(t·s)), taken at the normal distribution's best, times
    how often so tilted draws, each for itself, are of the size: 2/√(1 + 4·variance) at most.
    Source: Chernoff (1952), Ann Math Stat 23(4) 493–507, with the generating function of draws
    without putting back; Bobkov, Marsiglietti & Melbourne (2022), Comb Probab Comput 31(1) 54–72;
    Boole's inequality.
    """
    if not observed:
        return 1.0
    number, people = np.array(pooled), sum(pooled)
    scores = _scores(len(pooled))
    means = scores @ number / people
    variances = (scores**2 @ number / people - means**2) * size * (people - size) / people
    can_vary = variances > _ROUNDING
    scores, means, variances = scores[can_vary], means[can_vary], variances[can_vary]
    beyond = observed / people  # of the sum, above what is usual
    odds, tilts = log(size / (people - size)), beyond / variances
    tilted = odds + tilts[:, None] * (scores - means[:, None])
    logarithms = np.logaddexp(0.0, tilted) @ number - size * odds - tilts * beyond
    less = np.exp(-np.abs(tilted))
    together = 2 / np.sqrt(1 + 4 * (less / (1 + less) ** 2 @ number))
    logarithms += np.log(together) - log_comb(people, size)
    return float(np.exp(np.minimum(logarithms, 0.0)).sum())


@cache
def _scores(points: int) -> Floats:
    """Sums × points: what somebody at a point adds, where each cut counts up or down."""
    is_below = np.tri(points, points - 1, -1).T < 1  # cuts × points
    signs = np.array(list(product((1.0, -1.0), repeat=points - 1)))
    return signs @ is_below


def log_comb(many: int, some: int) -> float:
    """The logarithm of the ways to choose some of many, to about eight digits."""
    return lgamma(many + 1) - lgamma(some + 1) - lgamma(many - some + 1)
