"""A few answers in short, and whether they have settled between two rounds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from discussion.analysis.answers import Answer, Number, exact, numeric


@dataclass(frozen=True)
class Spread:
    """Median and quartiles in points of the scale; the rest in people, or a share of them."""

    median: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    raters: int
    dont_know: int
    not_for_me: int

    @property
    def range(self) -> Fraction | None:
        """From the lower quartile to the upper."""
        return None if self.upper is None or self.lower is None else self.upper - self.lower

    @property
    def dont_know_share(self) -> Fraction | None:
        """Of those who rated or did not know; who said "not for me" was not asked.

        Waits for the page of a statement.
        """
        asked = self.raters + self.dont_know
        return Fraction(self.dont_know, asked) if asked else None


@dataclass(frozen=True)
class Stability:
    """Which statements have settled, of those compared; true when enough have."""

    is_stable: bool
    settled: tuple[str, ...]
    moving: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.is_stable


def median_and_spread(answers: Iterable[Answer], points: int = 5) -> Spread:
    """Median and quartiles of the ratings, and how many rated, did not know, or were not meant.

    Quartiles lie between neighbours in proportion (type 7, as in spreadsheets);
    None when nobody rated. Raises BadRatings for ratings off the scale. Source: Hyndman & Fan
    (1996), Am Stat 50(4) 361–365.
    """
    answers = tuple(answers)
    ratings = sorted(numeric(answers, points))
    middle, lower, upper = (
        _between(len(ratings), Fraction(part, 4), ratings.__getitem__) for part in (2, 1, 3)
    )
    said = [each for each in answers if isinstance(each, str)]
    dont_know, not_for_me = said.count("dont_know"), said.count("not_for_me")
    return Spread(middle, lower, upper, len(ratings), dont_know, not_for_me)


def counted_spread(counts: Sequence[int], dont_know: int = 0, not_for_me: int = 0) -> Spread:
    """The same as `median_and_spread`, of how many chose each point from 1 up.

    Raises nothing of its own. Source: see `median_and_spread`.
    """
    upto = list(accumulate(counts))
    raters = upto[-1] if upto else 0
    middle, lower, upper = (
        _between(raters, Fraction(part, 4), lambda place: _point_at(upto, place))
        for part in (2, 1, 3)
    )
    return Spread(middle, lower, upper, raters, dont_know, not_for_me)


def _point_at(upto: Sequence[int], place: int) -> int:
    """Which point stands at a place, where `upto` each point so many chose it or a lower one."""
    return next(point for point, many in enumerate(upto, start=1) if place < many)


def stable(
    previous: Mapping[str, Spread],
    current: Mapping[str, Spread],
    *,
    share: Number = 0.8,
    most_range: Number = 1,
) -> Stability:
    """Whether at least `share` of the statements have settled from one round to the next.

    Settled: the median is the same and the interquartile range has changed by at most `most_range`
    points. Compared are the statements, by key, that were rated in both rounds; of none, nothing is
    stable. Raises BadRatings for a share that is no number. Source: stability as in Delphi
    studies; the numbers are our own.
    """
    compared = sorted(
        key
        for key in previous.keys() & current.keys()
        if previous[key].median is not None and current[key].median is not None
    )
    settled = tuple(
        key for key in compared if _has_settled(previous[key], current[key], exact(most_range))
    )
    moving = tuple(key for key in compared if key not in settled)
    is_stable = bool(compared) and len(settled) >= exact(share) * len(compared)
    return Stability(is_stable, settled, moving)


def _has_settled(before: Spread, after: Spread, most: Fraction) -> bool:
    if before.range is None or after.range is None:
        return False
    return before.median == after.median and abs(after.range - before.range) <= most


def _between(many: int, part: Fraction, at: Callable[[int], int]) -> Fraction | None:
    """A quantile of so many ratings, of which `at` says what stands at each place in order."""
    if not many:
        return None
    place = part * (many - 1)
    low = int(place)
    lower, upper = at(low), at(min(low + 1, many - 1))
    return lower + (place - low) * (upper - lower)
