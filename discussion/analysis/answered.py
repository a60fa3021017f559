"""What a group answered to one statement, counted once: all else is made from such counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from discussion.analysis.answers import Answer, BadRatings, numeric

THIRD = Fraction(1, 3)


@dataclass(frozen=True)
class Answered:
    """People by point of the scale, from 1 up, and those whose answer is no number.

    Raises BadRatings for a scale of fewer than two points, and for fewer than nobody.
    """

    counts: tuple[int, ...]
    dont_know: int = 0
    not_for_me: int = 0

    def __post_init__(self) -> None:
        if len(self.counts) < 2 or min(*self.counts, self.dont_know, self.not_for_me) < 0:
            raise BadRatings("two points or more, and nobody less than once")

    @property
    def points(self) -> int:
        return len(self.counts)

    @cached_property
    def raters(self) -> int:
        """Who gave a number."""
        return sum(self.counts)

    @property
    def asked(self) -> int:
        """Who answered it in any way."""
        return self.raters + self.dont_know + self.not_for_me

    @property
    def dont_know_share(self) -> Fraction:
        """Of those who were asked this statement; 0 of nobody."""
        return Fraction(self.dont_know, self.asked) if self.asked else Fraction(0)

    @cached_property
    def total(self) -> int:
        """The sum of the ratings."""
        return sum(point * number for point, number in enumerate(self.counts, start=1))

    @cached_property
    def squares(self) -> Fraction:
        """The sum of the squared distances from the mean, in points²; 0 of nobody."""
        if not self.raters:
            return Fraction(0)
        squared = sum(point**2 * number for point, number in enumerate(self.counts, start=1))
        return squared - Fraction(self.total**2, self.raters)

    @cached_property
    def median(self) -> Fraction:
        """The middle rating, or the mean of the two in the middle; the scale's middle of nobody."""
        if not self.raters:
            return Fraction(self.points + 1, 2)
        upto = list(accumulate(self.counts))
        lower, upper = (sum(many < at for many in upto) + 1 for at in _middle(self.raters))
        return Fraction(lower + upper, 2)

    @cached_property
    def off_median(self) -> Fraction:
        """The sum of the distances from the median, in points."""
        return sum((self._off(at) * n for at, n in enumerate(self.counts, 1)), Fraction(0))

    @cached_property
    def off_median_squared(self) -> Fraction:
        """The sum of their squares."""
        return sum((self._off(at) ** 2 * n for at, n in enumerate(self.counts, 1)), Fraction(0))

    @cached_property
    def agree(self) -> int:
        """How many chose ⌈points/2⌉ + 1 or more."""
        return sum(self.counts[(self.points + 1) // 2 :])

    @cached_property
    def disagree(self) -> int:
        """How many are on the other side, the mirror image."""
        return sum(self.counts[: self.points // 2])

    @property
    def sides(self) -> tuple[int, int]:
        return self.agree, self.disagree

    @property
    def is_split(self) -> bool:
        """Whether at least a third of the ratings are on each side."""
        return self.raters > 0 and min(self.sides) >= THIRD * self.raters

    def side_of(self, share: Fraction) -> int:
        """1 where at least `share` of the ratings agree, −1 where so many disagree, else 0."""
        if not self.raters:
            return 0
        least = share * self.raters
        return int(self.agree >= least) - int(self.disagree >= least)

    def _off(self, point: int) -> Fraction:
        return abs(point - self.median)

    def mirrored(self) -> "Answered":
        """The same answers to the opposite statement."""
        return Answered(self.counts[::-1], self.dont_know, self.not_for_me)

    def __add__(self, other: "Answered") -> "Answered":
        """Both together; of one scale."""
        counts = tuple(x + y for x, y in zip(self.counts, other.counts, strict=True))
        return Answered(
            counts, self.dont_know + other.dont_know, self.not_for_me + other.not_for_me
        )


def _middle(people: int) -> tuple[int, int]:
    """Which of so many, from one up, stand in the middle: one, said twice, or two."""
    return (people + 1) // 2, people // 2 + 1


def count_answers(answers: Iterable[Answer], points: int = 5) -> Answered:
    """The answers of a group, in any order; None counts for nothing.

    Raises BadRatings for a rating off the scale of `points`, and for any other kind of answer.
    """
    given: Sequence[Answer] = tuple(answers)
    if not set(map(type, given)) <= {int, str, type(None)}:  # numpy's numbers, or what is none
        rest: list[Answer] = [each for each in given if isinstance(each, str)]
        given = [*numeric(given, points), *rest]
    number = Counter(given)
    numeric(number, points)  # each kind of answer is looked at once
    return Answered(
        tuple(number[point] for point in range(1, points + 1)),
        number["dont_know"],
        number["not_for_me"],
    )
