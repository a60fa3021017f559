"""How many more answers would settle what two groups cannot be told of, and from whom."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from discussion.analysis.answered import Answered
from discussion.analysis.answers import exact
from discussion.analysis.difference import Difference
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.resampling import upper_gap
from discussion.analysis.statement_findings import (
    MOST_DEVIATIONS,
    StatementFinding,
    is_unknown,
)
from discussion.analysis.student import student_t

MOST = 200  # more answers of a group: beyond, no number is named
SURE = 0.95
LOPSIDED = 2  # times the other group; beyond, both are asked

SettlingState = Literal["settled", "more", "unrated", "no_number"]


@dataclass(frozen=True)
class Settling:
    """`more` answers of (a, b), if they are like those given; towards apart, alike, or neither."""

    state: SettlingState
    towards: Literal["apart", "alike", ""]
    more: tuple[int, int]


def find_settling(
    found: StatementFinding, tested: int, thresholds: Thresholds = DEFAULTS
) -> Settling:
    """How many more answers would make a statement apart or alike, if people answer as so far.

    `tested` are the statements tested between the two groups. Asked is the smaller group alone as
    long as it stays within twice the other; else both alike. Unrated: too few have rated it, and
    `more` is what is short. No number: what is measured lies so near the line that even 200 more
    of each would not do, or it is a fact that people do not know. Raises nothing of its own.
    Source: the standard error by number, as in `find_differences`; our own.
    """
    difference = found.difference
    if difference is None:
        return Settling("unrated", "", found.missing)
    if found.state in ("same_side", "apart", "alike"):
        return Settling("settled", "", (0, 0))
    if is_unknown(found.kind, found.answered):
        return Settling("no_number", "", (0, 0))
    aim = _aim(difference, tested, thresholds)
    more = _fewest_more(found, aim, float(exact(thresholds.bound)))
    return Settling("more", aim.towards, more) if more else Settling("no_number", "", (0, 0))


@dataclass(frozen=True)
class _Aim:
    """A difference is known once its bound, by so sure a share, is nearer than `within`."""

    towards: Literal["apart", "alike"]
    within: float
    share: float
    spread: float  # the standard deviation within groups, as a share of the scale

    def is_near(self, first: int, second: int) -> bool:
        t = student_t(self.share, max(first + second - 2, 1))
        return t * self.spread * sqrt(1 / first + 1 / second) < self.within


def _aim(difference: Difference, tested: int, thresholds: Thresholds) -> _Aim:
    apart = float(difference.gap)
    if difference.gap >= exact(thresholds.gap):
        alpha = float(exact(thresholds.alpha)) / (2 * max(tested, 1))
        return _Aim("apart", apart, 1 - alpha, difference.deviation)
    narrow = MOST_DEVIATIONS * difference.view_deviation - float(abs(difference.shift))
    within = min(float(exact(thresholds.bound)) - apart, narrow)
    return _Aim("alike", 0.0 if difference.is_spread_apart else within, SURE, difference.deviation)


def _fewest_more(found: StatementFinding, aim: _Aim, bound: float) -> tuple[int, int] | None:
    """None where no number would do, or where something else than numbers is in the way."""
    a, b = found.answered

    def is_enough(first: int, second: int) -> bool:
        if not aim.is_near(a.raters + first, b.raters + second):
            return False
        if aim.towards == "apart":
            return True
        return upper_gap(_as_many(a, first), _as_many(b, second), 0, SURE) < bound

    if aim.within <= 0 or is_enough(0, 0):
        return None
    alone = min(LOPSIDED * max(found.raters) - min(found.raters), MOST)
    if a.raters <= b.raters:
        if more := _fewest(alone, lambda n: is_enough(n, 0)):
            return more, 0
    elif more := _fewest(alone, lambda n: is_enough(0, n)):
        return 0, more
    both = _fewest(MOST, lambda n: is_enough(n, n))
    return (both, both) if both else None


def _as_many(group: Answered, more: int) -> tuple[int, ...]:
    """A group with so many more who answer as it did: people by point, largest remainders first."""
    people = group.raters + more
    shares = [number * people / group.raters for number in group.counts]
    counts = [int(each) for each in shares]
    by_rest = sorted(range(len(counts)), key=lambda at: (counts[at] - shares[at], at))
    for at in by_rest[: people - sum(counts)]:
        counts[at] += 1
    return tuple(counts)


def _fewest(most: int, is_enough: Callable[[int], bool]) -> int:
    """The least number from 1 to `most` that is enough; 0 where none is."""
    if most < 1 or not is_enough(most):
        return 0
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high
