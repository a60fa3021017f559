"""How far two groups are apart on each statement of a round, and within which bounds that is known.

The largest difference that is not ruled out has to be small before anything is called alike; the
least one that chance does not explain says how far apart two groups are at least.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, sqrt

from discussion.analysis.answered import Answered
from discussion.analysis.answers import exact
from discussion.analysis.habit import Habit, find_habit
from discussion.analysis.ratings import Thresholds
from discussion.analysis.relabelling import Relabelled, gap_between, holm, relabel
from discussion.analysis.resampling import upper_gap
from discussion.analysis.student import student_t

BORROWED = 8  # degrees of freedom that a statement's variance takes from the round's
SURE = 0.95

Pair = tuple[Answered, Answered]


@dataclass(frozen=True)
class Difference:
    """Two groups on one statement, in shares of the scale, 0 … 1; `shift` is −1 … 1."""

    gap: Fraction
    shift: Fraction  # of the means; above 0 where the second group is higher
    p: Relabelled  # indicative: of this statement alone
    adjusted_p: Fraction  # among all that were tested between the two groups
    reach: float  # how far the shift is known: its standard error times t, one-sided at 95 %
    chance: float  # how far chance goes among all that were tested: two-sided at alpha
    deviation: float  # the standard deviation within the groups
    view_deviation: float  # the same without what choosing one of few points adds
    most: float  # the largest difference that is not ruled out
    least: float | None  # at least so far apart; None where that could be chance
    is_spread_apart: bool  # one group is of one mind and the other is not, by more than chance

    @property
    def is_shift(self) -> bool:
        """Whether the gap is mostly that one group is higher, and not another shape."""
        return abs(self.shift) >= Fraction(4, 5) * self.gap


@dataclass(frozen=True)
class Differences:
    """All statements that were tested between two groups, in the order given."""

    each: tuple[Difference, ...]
    habit: Habit | None  # None: of too few statements to tell


def find_differences(pairs: Sequence[Pair], seed: int, thresholds: Thresholds) -> Differences:
    """Every statement's difference between two groups, each beside the others of the round.

    `pairs` are the two groups' answers, statement by statement, all on one scale, and somebody of
    each group has rated each. The variance is pooled within the groups and drawn towards the
    round's with eight degrees of freedom; a statement that stands alone borrows none. Raises
    BadRatings for a group of nobody. Source: Smyth (2004), Stat Appl Genet Mol Biol 3(1) 3, with
    the freedom fixed; one-sided bounds as in tests of equivalence (Schuirmann 1987).
    """
    alpha = exact(thresholds.alpha)
    ps = [relabel(a.counts, b.counts, seed) for a, b in pairs]
    adjusted = holm(p.value for p in ps)
    variance = _round_variance(pairs)
    borrowed = BORROWED if len(pairs) > 1 else 0
    shifts = [find_shift(a, b) for a, b in pairs]
    deviations = [_deviation(a, b, variance, borrowed) for a, b in pairs]
    found = []
    for at, ((a, b), p, adjusted_p) in enumerate(zip(pairs, ps, adjusted, strict=True)):
        shift, error = shifts[at], deviations[at] * _per(a, b)
        freedom = max(a.raters + b.raters - 2, 0) + borrowed
        reach = student_t(SURE, max(freedom, 1)) * error
        once, twice = (_beyond(alpha, sides * len(pairs), freedom) * error for sides in (1, 2))
        upper = upper_gap(a.counts, b.counts, seed, SURE)
        found.append(
            Difference(
                gap=gap_between(a.counts, b.counts),
                shift=shift,
                p=p,
                adjusted_p=adjusted_p,
                reach=reach,
                chance=twice,
                deviation=deviations[at],
                view_deviation=_without_rounding(deviations[at], a.points),
                most=min(max(float(abs(shift)) + reach, upper), 1.0),
                least=max(float(abs(shift)) - once, 0.0) if adjusted_p <= alpha else None,
                is_spread_apart=is_spread_apart(a, b, thresholds),
            )
        )
    errors = [each * _per(a, b) for each, (a, b) in zip(deviations, pairs, strict=True)]
    return Differences(tuple(found), find_habit(shifts, errors))


def find_shift(a: Answered, b: Answered) -> Fraction:
    """How much higher the second group's mean is, as a share of the scale, −1 … 1; exact."""
    means = Fraction(b.total, b.raters) - Fraction(a.total, a.raters)
    return means / (a.points - 1)


def _beyond(alpha: Fraction, times: int, freedom: int) -> float:
    """Standard errors that chance exceeds with a share of alpha, shared out among many."""
    return student_t(1 - min(float(alpha) / times, 0.5), max(freedom, 1)) if alpha else inf


def is_spread_apart(a: Answered, b: Answered, thresholds: Thresholds) -> bool:
    """Whether one group is much more of one mind than the other, by more than chance.

    The mean distances from each group's median differ by a quarter of `thresholds.bound` or more,
    and by more than chance at `thresholds.alpha`, to either side. Of both somebody has rated.
    Raises nothing. Source: Brown & Forsythe (1974), J Am Stat Assoc 69, 364–367.
    """
    freedom, alpha = a.raters + b.raters - 2, float(exact(thresholds.alpha))
    if freedom < 1 or not alpha:
        return False
    scale = a.points - 1
    apart = abs(a.off_median / a.raters - b.off_median / b.raters)
    if apart < exact(thresholds.bound) / 4 * scale:
        return False
    squares = sum(each.off_median_squared - each.off_median**2 / each.raters for each in (a, b))
    error = sqrt(squares / freedom * (1 / a.raters + 1 / b.raters))
    return float(apart) > student_t(max(1 - alpha, 0.5), freedom) * error


def _deviation(a: Answered, b: Answered, round_variance: float, borrowed: int) -> float:
    """The standard deviation within the groups, drawn towards the round's; a share of the scale."""
    freedom = max(a.raters + b.raters - 2, 0)
    if not freedom + borrowed:
        return 0.0
    variance = (float(a.squares + b.squares) + borrowed * round_variance) / (freedom + borrowed)
    return sqrt(variance) / (a.points - 1)


def _without_rounding(deviation: float, points: int) -> float:
    """Sheppard's correction: of views between points a twelfth of a point² is rounding."""
    return sqrt(max(deviation**2 - 1 / 12 / (points - 1) ** 2, 0.0))


def _per(a: Answered, b: Answered) -> float:
    """Standard errors of the shift in a standard deviation."""
    return sqrt(1 / a.raters + 1 / b.raters)


def _round_variance(pairs: Sequence[Pair]) -> float:
    """The statements' pooled variances, in points², weighted by their degrees of freedom."""
    freedom = sum(max(a.raters + b.raters - 2, 0) for a, b in pairs)
    return float(sum(a.squares + b.squares for a, b in pairs)) / freedom if freedom else 0.0
