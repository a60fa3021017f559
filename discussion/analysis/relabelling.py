"""How often chance alone would part two groups so far, and which of many p to believe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import comb, log
from typing import Literal

from discussion.analysis.answers import BadRatings, Number, exact
from discussion.analysis.arrays import np
from discussion.analysis.reach import find_most_chance, log_comb

Counts = tuple[int, ...]  # people by point of the scale, from 1 up

MOST_RELABELLINGS = 20_000  # up to here every one is counted
DRAWS = 5_000
NEVER = 1e-6  # where the chance that any draw reaches the gap is less, none is made
ENOUGH = 60  # draws at least as far apart, after which more would change nothing
STEPS = (250, 750, 1_500, 2_500)  # draws that are made together
KEPT = 4_096  # of the latest results


@dataclass(frozen=True)
class Relabelled:
    """`value` is exact, or drawn; `at_least` of `relabellings` had the gap observed or more."""

    value: Fraction
    kind: Literal["exact", "sampled"]
    at_least: int
    relabellings: int


def distance(first: Sequence[int], second: Sequence[int]) -> int:
    """The gap times both groups' sizes and points − 1: a whole number, to compare exactly."""
    here, there = sum(first), sum(second)
    below = zip(accumulate(first), accumulate(second), strict=True)
    return sum(abs(there * x - here * y) for x, y in below)


def gap_between(first: Sequence[int], second: Sequence[int]) -> Fraction:
    """How far two groups' ratings are apart: 0 for the same distribution, 1 for opposite ends.

    Both are people by point. The first Wasserstein distance divided by points − 1; exact. Raises
    BadRatings for a group of nobody. Source: the earth mover's distance.
    """
    check_somebody(first, second)
    return Fraction(distance(first, second), sum(first) * sum(second) * (len(first) - 1))


def relabel(first: Sequence[int], second: Sequence[int], seed: int) -> Relabelled:
    """The share of relabellings, of the groups' sizes, with at least the gap observed.

    Both are people by point. Exact with up to 20,000 relabellings; else drawn, up to 5,000 times:
    (b + 1)/(m + 1), or 60/l as soon as the l-th draw is the sixtieth at least so far apart. Where a
    bound shows that no draw would be, none is made, and b is 0. Depends on the counts and the seed
    alone, and neither on which group is the first nor on which end of the scale is the upper one.
    Raises BadRatings for a group of nobody. Source: Fisher's permutation test; Phipson & Smyth
    (2010), Stat Appl Genet Mol Biol 9(1) 39; stopping early: Besag & Clifford (1991), Biometrika
    78(2) 301–304; the bound: `find_most_chance`.
    """
    check_somebody(first, second)
    return _relabel(*in_one_order(first, second), seed)


def holm(ps: Iterable[Number]) -> tuple[Fraction, ...]:
    """Each p adjusted for the others, in the order given: at most alpha when it is believed.

    The i-th smallest of m becomes p·(m − i + 1), at most 1 and at least as much as any smaller one:
    so the chance of believing any that is chance is held at alpha. Exact. Raises BadRatings for a p
    outside 0 … 1. Source: Holm (1979), Scand J Stat 6(2) 65–70.
    """
    raw = [exact(p) for p in ps]
    if any(not 0 <= p <= 1 for p in raw):
        raise BadRatings("a p is a share of 0 … 1")
    adjusted = [Fraction(1)] * len(raw)
    most = Fraction(0)
    for rank, place in enumerate(sorted(range(len(raw)), key=lambda place: raw[place])):
        most = max(most, min(raw[place] * (len(raw) - rank), Fraction(1)))
        adjusted[place] = most
    return tuple(adjusted)


def check_somebody(first: Sequence[int], second: Sequence[int]) -> None:
    """Raises BadRatings for a group of nobody."""
    if not any(first) or not any(second):
        raise BadRatings("a group without ratings is at no distance from another")


def in_one_order(first: Sequence[int], second: Sequence[int]) -> tuple[Counts, Counts]:
    """The smaller group first, on the scale or its mirror image: the same for all four."""
    both = tuple(first), tuple(second)
    turned = both[0][::-1], both[1][::-1]
    return min(_smaller_first(both), _smaller_first(turned))


def _smaller_first(both: tuple[Counts, Counts]) -> tuple[Counts, Counts]:
    one, other = sorted(both, key=lambda each: (sum(each), each))
    return one, other


@lru_cache(maxsize=KEPT)
def _relabel(fewer: Counts, more: Counts, seed: int) -> Relabelled:
    pooled = tuple(x + y for x, y in zip(fewer, more, strict=True))
    size, observed = sum(fewer), distance(fewer, more)
    if log_comb(sum(pooled), size) < log(MOST_RELABELLINGS) + 1:  # of thousands it is a long number
        relabellings = comb(sum(pooled), size)
    else:
        relabellings = MOST_RELABELLINGS + 1
    if relabellings <= MOST_RELABELLINGS:
        at_least = _count_at_least(pooled, size, observed)
        return Relabelled(Fraction(at_least, relabellings), "exact", at_least, relabellings)
    if DRAWS * find_most_chance(pooled, size, observed) < NEVER:
        return Relabelled(Fraction(1, DRAWS + 1), "sampled", 0, DRAWS)
    at_least, drawn = _draw_at_least(pooled, size, observed, seed)
    if at_least == ENOUGH:
        return Relabelled(Fraction(at_least, drawn), "sampled", at_least, drawn)
    return Relabelled(Fraction(at_least + 1, drawn + 1), "sampled", at_least, drawn)


def _count_at_least(pooled: Counts, size: int, observed: int) -> int:
    """Relabellings with at least this distance, counted by how many of each point are drawn."""
    people = sum(pooled)
    ways = {(0, 0): 1}  # (drawn so far, distance so far) → relabellings
    below = 0
    for number in pooled:
        below += number
        further: dict[tuple[int, int], int] = {}
        for (drawn, so_far), many in ways.items():
            for more in range(min(number, size - drawn) + 1):
                now = drawn + more
                step = (now, so_far + abs(people * now - size * below))
                further[step] = further.get(step, 0) + many * comb(number, more)
        ways = further
    return sum(
        many for (drawn, so_far), many in ways.items() if drawn == size and so_far >= observed
    )


def _draw_at_least(pooled: Counts, size: int, observed: int, seed: int) -> tuple[int, int]:
    """How many draws are so far apart, of how many; drawing people is drawing how many of a point.

    The draws are the same however many are made together.
    """
    random = np.random.default_rng(seed)
    below = np.cumsum(pooled)
    at_least = drawn = 0
    for step in STEPS:
        taken = random.multivariate_hypergeometric(pooled, size, size=step, method="marginals")
        apart, so_low = np.zeros(step, dtype=np.int64), np.zeros(step, dtype=np.int64)
        for column, usual in zip(taken.T, size * below, strict=True):
            so_low += column
            apart += np.abs(sum(pooled) * so_low - usual)
        so_far = at_least + np.cumsum(apart >= observed)
        if so_far[-1] >= ENOUGH:
            return ENOUGH, drawn + int(np.searchsorted(so_far, ENOUGH)) + 1
        at_least, drawn = int(so_far[-1]), drawn + step
    return at_least, drawn
