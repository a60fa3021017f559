"""How far apart two groups rate one statement, and whether that could be chance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import comb
from typing import Literal

import numpy as np

from discussion.analysis.answers import Answer, BadRatings, Number, counts, exact

State = Literal["insufficient", "apart", "alike", "unclear"]
Counts = Sequence[int]  # people by point of the scale, from 1 up

MOST_RELABELLINGS = 20_000  # up to here every one is counted
SHUFFLES = 5_000


@dataclass(frozen=True)
class Thresholds:
    """What a series decides before it opens: shares of 0 … 1, and the fewest raters of a group.

    `gap`: from here on apart; `bound`: what must be ruled out of a difference before it is called
    alike; `alpha`: of chance; `consensus`: of the room and of each group on one side; `same_side`:
    of each of two groups, to be said as agreement; `viewpoint`: how alike viewpoints are found
    again, as an adjusted Rand index. `alike` is of the rule before, which made `State`.
    Raises BadRatings for shares that are none, for alike above gap, for a consensus or a same side
    of half or less, and for groups of nobody. Source: our own; for the consensus see
    `agreement.consensus`.
    """

    gap: Number = 0.25
    alike: Number = 0.15
    alpha: Number = 0.05
    consensus: Number = 0.75
    min_group: int = 5
    bound: Number = 0.25
    same_side: Number = 0.75
    viewpoint: Number = 0.9

    def __post_init__(self) -> None:
        shares = (self.gap, self.alike, self.alpha, self.bound, self.viewpoint)
        are_shares = all(0 <= exact(each) <= 1 for each in shares)
        if not are_shares or exact(self.alike) > exact(self.gap):
            raise BadRatings("a threshold is a share, and alike is not above gap")
        if not all(Fraction(1, 2) < exact(each) <= 1 for each in (self.consensus, self.same_side)):
            raise BadRatings("a consensus is more than half, and at most all")
        if self.min_group < 1:
            raise BadRatings("a group has at least one rater")


@dataclass(frozen=True)
class PermutationP:
    """`value` is exact, or drawn; `at_least` of `relabellings` had the gap observed or more."""

    value: Fraction
    kind: Literal["exact", "sampled"]
    at_least: int
    relabellings: int


DEFAULTS = Thresholds()


def gap(a: Iterable[Answer], b: Iterable[Answer], points: int = 5) -> Fraction:
    """How far two groups' ratings are apart: 0 for the same distribution, 1 for opposite ends.

    The first Wasserstein distance of the two distributions, divided by points − 1; exact. `a` and
    `b` are the answers of the groups, of which only numbers 1 … points count. Raises BadRatings for
    a rating off the scale and for a group without ratings. Source: the earth mover's distance.
    """
    first, second = _both(a, b, points)
    people = sum(first), sum(second)
    return Fraction(_distance(first, second), people[0] * people[1] * (points - 1))


def permutation_p(a: Iterable[Answer], b: Iterable[Answer], points: int, seed: int) -> PermutationP:
    """The share of relabellings, of the groups' sizes, with at least the gap observed.

    Exact with up to 20,000 relabellings; else (b+1)/(m+1) of m = 5,000 seeded shuffles. Depends on
    how many chose each point and on the seed, not on the order of people or groups. Raises
    BadRatings as `gap` does. Source: Fisher's permutation test; (b+1)/(m+1) after Phipson & Smyth
    (2010), Stat Appl Genet Mol Biol 9(1) 39.
    """
    fewer, more = sorted(_both(a, b, points), key=lambda each: (sum(each), each))
    pooled = tuple(x + y for x, y in zip(fewer, more, strict=True))
    size, observed = sum(fewer), _distance(fewer, more)
    relabellings = comb(sum(pooled), size)
    if relabellings <= MOST_RELABELLINGS:
        at_least = _count_at_least(pooled, size, observed)
        return PermutationP(Fraction(at_least, relabellings), "exact", at_least, relabellings)
    at_least = _draw_at_least(pooled, size, observed, seed)
    p = Fraction(at_least + 1, SHUFFLES + 1)
    return PermutationP(p, "sampled", at_least, SHUFFLES)


def state(
    a: Iterable[Answer],
    b: Iterable[Answer],
    p: Number,
    *,
    points: int = 5,
    thresholds: Thresholds = DEFAULTS,
) -> State:
    """Whether two groups rate a statement apart, alike, or neither; or too few rate it.

    `p` is the one to decide by: in a round of several statements the adjusted one
    (`benjamini_hochberg`). Tried in order: insufficient, apart, alike, unclear; all comparisons are
    exact. Raises BadRatings for ratings off the scale. Source: our own.
    """
    a, b = tuple(a), tuple(b)
    fewest = min(sum(counts(a, points)), sum(counts(b, points)))
    if fewest < thresholds.min_group:
        return "insufficient"
    apart = gap(a, b, points)
    if apart >= exact(thresholds.gap) and exact(p) <= exact(thresholds.alpha):
        return "apart"
    return "alike" if apart <= exact(thresholds.alike) else "unclear"


def benjamini_hochberg(ps: Iterable[Number]) -> tuple[Fraction, ...]:
    """Each p adjusted for the others, in the order given: at most alpha when it is a discovery.

    The i-th smallest of m becomes the least p·m/j of all from the i-th up, at most 1; so the share
    of false discoveries is held at alpha. Raises BadRatings for a p outside 0 … 1. Source:
    Benjamini & Hochberg (1995), J R Stat Soc B 57(1) 289–300.
    """
    raw = [exact(p) for p in ps]
    if any(not 0 <= p <= 1 for p in raw):
        raise BadRatings("a p is a share of 0 … 1")
    adjusted = [Fraction(1)] * len(raw)
    least = Fraction(1)
    ranked = sorted(range(len(raw)), key=lambda place: raw[place])
    for rank in range(len(raw), 0, -1):
        place = ranked[rank - 1]
        least = adjusted[place] = min(least, raw[place] * len(raw) / rank)
    return tuple(adjusted)


def _both(a: Iterable[Answer], b: Iterable[Answer], points: int) -> tuple[Counts, Counts]:
    first, second = counts(a, points), counts(b, points)
    if not any(first) or not any(second):
        raise BadRatings("a group without ratings is at no distance from another")
    return first, second


def _distance(first: Counts, second: Counts) -> int:
    """The gap times both groups' sizes and points − 1: a whole number, to compare exactly."""
    here, there = sum(first), sum(second)
    below = zip(accumulate(first), accumulate(second), strict=True)
    return sum(abs(there * x - here * y) for x, y in below)


def _count_at_least(pooled: Counts, size: int, observed: int) -> int:
    """Relabellings with at least this distance, counted by how many of each point are drawn."""
    people = sum(pooled)
    ways = {(0, 0): 1}  # (drawn so far, distance so far) → relabellings
    below = 0
    for number in pooled:
        below += number
        further: dict[tuple[int, int], int] = {}
        for (drawn, distance), many in ways.items():
            for more in range(min(number, size - drawn) + 1):
                now = drawn + more
                step = (now, distance + abs(people * now - size * below))
                further[step] = further.get(step, 0) + many * comb(number, more)
        ways = further
    return sum(
        many for (drawn, distance), many in ways.items() if drawn == size and distance >= observed
    )


def _draw_at_least(pooled: Counts, size: int, observed: int, seed: int) -> int:
    """The same among shuffles; shuffling people is drawing how many of each point there are."""
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(pooled, size, size=SHUFFLES)
    below = np.cumsum(pooled)
    distances = np.abs(sum(pooled) * np.cumsum(drawn, axis=1) - size * below).sum(axis=1)
    return int(np.count_nonzero(distances >= observed))
