"""Whether people's ratings of options along one axis have a single peak."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial, prod

from discussion.analysis.answers import Answer, BadRatings, numeric

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


def single_peaked_share(rows: Iterable[Sequence[Answer]], points: int = 5) -> SinglePeaked:
    """The share of people whose ratings rise to one peak along the axis and fall behind it.

    Each row is one person's answers to the options, in the axis' order. Ratings without a valley
    (first not falling, then not rising) are single-peaked. Who did not rate every option is left
    out, and counted. The chance is the share of all orders of a person's own ratings that are
    single-peaked, over the people; without ties it is 2^(m−1)/m! for m options. Raises BadRatings
    for rows of different lengths, fewer than three options, and ratings off the scale. Source:
    List, Luskin, Fishkin & McLean (2013), doi:10.1017/S0022381612000886.

    Waits for rounds that ask for ratings of options along one scale.
    """
    given = [tuple(row) for row in rows]
    options = len(given[0]) if given else FEWEST_OPTIONS
    if options < FEWEST_OPTIONS or any(len(row) != options for row in given):
        raise BadRatings("everybody is asked the same three options or more")
    rated = [ratings for row in given if len(ratings := numeric(row, points)) == options]
    peaked = sum(_is_single_peaked(ratings) for ratings in rated)
    people = len(rated)
    chances = sum((_chance(ratings) for ratings in rated), Fraction(0))
    return SinglePeaked(
        share=Fraction(peaked, people) if people else None,
        peaked=peaked,
        people=people,
        left_out=len(given) - people,
        chance=chances / people if people else None,
        strict_chance=_chance(range(options)),
    )


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
