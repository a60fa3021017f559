"""Reasons that people on both sides use, and how much a stance is reasoned."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from statistics import pstdev

from discussion.analysis.answers import BadRatings

MOST_REASONS = 8  # more of them weigh no more
TOO_FEW = 0.001  # the spread of fewer than two
LEAST = 0.1


@dataclass(frozen=True)
class Appeal:
    """`spread` of the stances of those who use a reason, 0 … 1, and the score made of it."""

    spread: float
    score: float
    people: int


def appeal(stances: Iterable[float]) -> Appeal:
    """How far across the spectrum a reason appeals: the spread of its users' stances.

    `stances` are those of the people who include the reason, each −1 … 1. The spread is their
    standard deviation (0.001 of fewer than two), the score n + spread·n: a filter to show, never a
    hidden ranking. Raises BadRatings for a stance outside −1 … 1. Source: ConsiderIt.
    """
    given = list(stances)
    if any(not -1 <= stance <= 1 for stance in given):
        raise BadRatings("a stance lies between −1 and 1")
    spread = float(pstdev(given)) if len(given) > 1 else TOO_FEW
    return Appeal(spread, len(given) + spread * len(given), len(given))


def reasons_weight(number: int) -> float:
    """What a stance weighs by its number of reasons: 0.1 + ln(1 + min(8, number)).

    Raises BadRatings below 0. Source: ConsiderIt.
    Waits for reasons that people choose from those of others.
    """
    if number < 0:
        raise BadRatings("reasons are counted from 0")
    return LEAST + log(1 + min(MOST_REASONS, number))


def trade_off_weight(pro: int, con: int) -> float:
    """What a stance weighs by reasons on either side: 1 + ln(min(pro, con)), 0.1 without both.

    Raises BadRatings below 0. Source: ConsiderIt.
    Waits for reasons that people choose from those of others.
    """
    if min(pro, con) < 0:
        raise BadRatings("reasons are counted from 0")
    return 1 + log(min(pro, con)) if min(pro, con) else LEAST
