"""Whether people's ratings of options along one axis have a single peak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial, log, log1p, prod

from discussion.analysis.answers import Answer, BadRatings, numeric
from discussion.analysis.arrays import Floats, np

FEWEST_OPTIONS = 3


@dataclass(frozen=True)
class SinglePeaked:
    """`share` of the `people` who rated all options; None of nobody. Chances beside it."""

    share: Fraction | None
    peaked: int
    people: int
    left_out: int  # did not rate every option
    chance: Fraction | None  # had each put their own ratings in any order
    strict_chance: Fraction  # had each ranked the options in any order, without ties
    p: float | None  # how often such orders would give as many or more; None of nobody


def single_peaked_share(rows: Iterable[Sequence[Answer]], points: int = 5) -> SinglePeaked:
    """The share of people whose ratings rise to one peak along the axis and fall behind it.

    Each row is one person's answers to the options, in the axis' order. Ratings without a valley
    (first not falling, then not rising) are single-peaked. Who did not rate every option is left
    out, and counted. The chance is the share of all orders of a person's own ratings that are
    single-peaked, over the people; without ties it is 2^(m−1)/m! for m options. Raises BadRatings
    for rows of different lengths, fewer than three options, and ratings off the scale. Source:
    List, Luskin, Fishkin & McLean (2013), doi:10.1017/S0022381612000886.
    """
    given = Counter(tuple(row) for row in rows)
    options = len(next(iter(given))) if given else FEWEST_OPTIONS
    if options < FEWEST_OPTIONS or any(len(row) != options for row in given):
        raise BadRatings("everybody is asked the same three options or more")
    ratings_of = {row: numeric(row, points) for row in given}
    rated: Counter[tuple[int, ...]] = Counter()
    for row, many in given.items():
        if len(ratings_of[row]) == options:
            rated[ratings_of[row]] += many
    peaked = sum(many for ratings, many in rated.items() if _is_single_peaked(ratings))
    people = rated.total()
    by_chance: Counter[Fraction] = Counter()
    for ratings, many in rated.items():
        by_chance[_chance(ratings)] += many
    expected = sum((chance * many for chance, many in by_chance.items()), Fraction(0))
    return SinglePeaked(
        share=Fraction(peaked, people) if people else None,
        peaked=peaked,
        people=people,
        left_out=given.total() - people,
        chance=expected / people if people else None,
        strict_chance=_chance(range(options)),
        p=_as_many(peaked, by_chance) if people else None,
    )


def _as_many(peaked: int, by_chance: Mapping[Fraction, int]) -> float:
    """How often chance alone gives so many or more, each with their own: sums of binomials."""
    ways = np.ones(1)
    for chance, many in sorted(by_chance.items()):
        ways = np.convolve(ways, _binomial(many, float(chance)))
    return min(float(ways[peaked:].sum()), 1.0)


def _binomial(people: int, chance: float) -> Floats:
    """How often nobody, one, … everybody of them."""
    at = np.arange(1, people + 1)
    if chance == 1:
        return np.append(np.zeros(people), 1.0)
    odds = np.log((people - at + 1) / at) + log(chance / (1 - chance))
    return np.asarray(np.exp(people * log1p(-chance) + np.append(0.0, np.cumsum(odds))))


def _is_single_peaked(ratings: Sequence[int]) -> bool:
    steps = [there - here for here, there in pairwise(ratings) if there != here]
    return all(after < 0 for before, after in pairwise(steps) if before < 0)


def _chance(ratings: Sequence[int]) -> Fraction:
    """Every rating but the highest stands left or right of the peak, equal ones shared out."""
    times = Counter(ratings)
    highest = max(times)
    peaked = prod(number + 1 for rating, number in times.items() if rating != highest)
    orders = factorial(len(ratings)) // prod(factorial(number) for number in times.values())
    return Fraction(peaked, orders)
