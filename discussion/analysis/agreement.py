"""Whether a group is of one mind, and what groups have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Literal

from discussion.analysis.answers import Answer, BadRatings, counts, exact, side
from discussion.analysis.ratings import DEFAULTS, Thresholds

AGREED_FROM = Fraction(1, 2)
SPLIT_TO = Fraction(0)


@dataclass(frozen=True)
class Sides:
    """How many of one group agree and disagree, of those who rated."""

    agree: int
    disagree: int
    raters: int


@dataclass(frozen=True)
class Bridge:
    """`product` is B; `rank` its root by the number of groups, by which statements are ordered."""

    product: Fraction
    rank: float
    groups: tuple[Sides, ...]


@dataclass(frozen=True)
class Consensus:
    """Which way all groups lean together, if they do, and the counts of each."""

    state: Literal["agree", "disagree", "none", "insufficient"]
    groups: tuple[Sides, ...]


def agreement(counts: Sequence[int]) -> Fraction:
    """van der Eijk's A of one group: 1 of one mind, 0 evenly spread, −1 split between the ends.

    `counts` are people by category, in the scale's order, of any number of categories from two;
    exact. Raises BadRatings for negative counts, nobody, or fewer than two categories. Source:
    van der Eijk (2001), Quality & Quantity 35, doi:10.1023/A:1010374114305.
    """
    if len(counts) < 2 or min(counts) < 0 or not any(counts):
        raise BadRatings("agreement needs two categories or more, and somebody in them")
    left, total = list(counts), Fraction(0)
    while any(left):
        pattern = [number > 0 for number in left]
        least = min(number for number in left if number)
        total += Fraction(least * sum(pattern), sum(counts)) * _pattern_agreement(pattern)
        left = [number - least if number else 0 for number in left]
    return total


def in_a_word(a: Fraction) -> Literal["agreed", "mixed", "split"]:
    """A in a word: agreed from 0.5, split from 0 down. Source: our own."""
    if a >= AGREED_FROM:
        return "agreed"
    return "split" if a <= SPLIT_TO else "mixed"


def bridge(groups: Iterable[Iterable[Answer]], points: int = 5) -> Bridge:
    """How far a statement is common ground: Π (agreeing + 1) / (raters + 2) over the groups.

    Each group is its answers, of which only numbers 1 … points count; a group of nobody gives a
    half. Raises BadRatings for no groups and for ratings off the scale. Source: Polis'
    group-aware consensus; the root is our own.
    """
    sides = tuple(_sides(group, points) for group in groups)
    if not sides:
        raise BadRatings("a bridge needs groups")
    product = prod((Fraction(each.agree + 1, each.raters + 2) for each in sides), start=Fraction(1))
    return Bridge(product, float(product) ** (1 / len(sides)), sides)


def consensus(
    groups: Iterable[Iterable[Answer]], *, points: int = 5, thresholds: Thresholds = DEFAULTS
) -> Consensus:
    """Whether at least `thresholds.consensus` of every group's raters agree, or all disagree.

    Insufficient when a group has fewer than `thresholds.min_group` raters. Compared exactly. Raises
    BadRatings for no groups and for ratings off the scale. Source: the median
    threshold of Delphi studies, Diamond et al. (2014), J Clin Epi 67(4) 401–409.
    """
    sides = tuple(_sides(group, points) for group in groups)
    if not sides:
        raise BadRatings("a consensus needs groups")
    share = exact(thresholds.consensus)
    if min(each.raters for each in sides) < thresholds.min_group:
        return Consensus("insufficient", sides)
    if all(each.agree >= share * each.raters for each in sides):
        return Consensus("agree", sides)
    if all(each.disagree >= share * each.raters for each in sides):
        return Consensus("disagree", sides)
    return Consensus("none", sides)


def _sides(group: Iterable[Answer], points: int) -> Sides:
    people = counts(group, points)
    where = [side(point, points) for point in range(1, points + 1)]
    agree, disagree = (
        sum(many for many, at in zip(people, where, strict=True) if at == each) for each in (1, -1)
    )
    return Sides(agree, disagree, sum(people))


def _pattern_agreement(pattern: list[bool]) -> Fraction:
    """A of one layer: where people are, regardless of how many."""
    categories, filled = len(pattern), sum(pattern)
    triples = [triple for triple in combinations(pattern, 3) if sum(triple) == 2]
    torn = triples.count((True, False, True))
    joined = len(triples) - torn
    unimodality = Fraction(1)
    if triples:
        unimodality = Fraction(
            (categories - 2) * joined - (categories - 1) * torn, (categories - 2) * len(triples)
        )
    return unimodality * (1 - Fraction(filled - 1, categories - 1))
