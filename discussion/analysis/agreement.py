"""Whether a group is of one mind, and what groups have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import prod
from typing import Literal

from discussion.analysis.answered import Answered
from discussion.analysis.answers import BadRatings, exact
from discussion.analysis.ratings import DEFAULTS, Thresholds

AGREED_FROM = Fraction(1, 2)
SPLIT_TO = Fraction(0)


@dataclass(frozen=True)
class Bridge:
    """`product` is B; `rank` its root by the number of groups, by which statements are ordered."""

    product: Fraction
    rank: float
    groups: tuple[Answered, ...]


@dataclass(frozen=True)
class Consensus:
    """Which way all groups lean together, if they do, and the counts of each."""

    state: Literal["agree", "disagree", "none", "insufficient"]
    groups: tuple[Answered, ...]


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
        pattern = tuple(number > 0 for number in left)
        least = min(number for number in left if number)
        total += Fraction(least * sum(pattern), sum(counts)) * _pattern_agreement(pattern)
        left = [number - least if number else 0 for number in left]
    return total


def in_a_word(a: Fraction) -> Literal["agreed", "mixed", "split"]:
    """A in a word: agreed from 0.5, split from 0 down. Source: our own."""
    if a >= AGREED_FROM:
        return "agreed"
    return "split" if a <= SPLIT_TO else "mixed"


def bridge(groups: Iterable[Answered]) -> Bridge:
    """How far a statement is common ground: Π (agreeing + 1) / (raters + 2) over the groups.

    A group of nobody gives a half. Raises BadRatings for no groups. Source: Polis' group-aware
    consensus; the root is our own.
    """
    found = tuple(groups)
    if not found:
        raise BadRatings("a bridge needs groups")
    product = prod((Fraction(each.agree + 1, each.raters + 2) for each in found), start=Fraction(1))
    return Bridge(product, float(product) ** (1 / len(found)), found)


def consensus(groups: Iterable[Answered], thresholds: Thresholds = DEFAULTS) -> Consensus:
    """Whether at least `thresholds.consensus` of every group's raters agree, or all disagree.

    Insufficient when a group has fewer than `thresholds.min_group` raters. Compared exactly. Raises
    BadRatings for no groups. Source: the median threshold of Delphi studies, Diamond et al. (2014),
    J Clin Epi 67(4) 401–409.
    """
    found = tuple(groups)
    if not found:
        raise BadRatings("a consensus needs groups")
    share = exact(thresholds.consensus)
    if min(each.raters for each in found) < thresholds.min_group:
        return Consensus("insufficient", found)
    if all(each.agree >= share * each.raters for each in found):
        return Consensus("agree", found)
    if all(each.disagree >= share * each.raters for each in found):
        return Consensus("disagree", found)
    return Consensus("none", found)


@lru_cache(maxsize=256)  # a scale of five points has 31 of them
def _pattern_agreement(pattern: tuple[bool, ...]) -> Fraction:
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
