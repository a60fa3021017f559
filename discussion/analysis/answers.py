"""What people answer when they rate a statement, and what of it is a number."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from numbers import Integral
from typing import Literal

Answer = int | Literal["dont_know", "not_for_me"] | None  # None: nothing was answered
Kind = Literal["end", "fact", "means"]
Reasonable = Literal["yes", "no", "not_sure"]
Number = int | float | Fraction

KINDS: tuple[Kind, ...] = ("end", "fact", "means")
NOT_NUMBERS = ("dont_know", "not_for_me", None)
_USUAL = {int, str, type(None)}


class BadRatings(ValueError):
    """Ratings, groups or thresholds that cannot be what was meant."""


@dataclass(frozen=True)
class RatedStatement:
    """One version of a statement with everybody's latest answers of one round, by rater."""

    key: str
    kind: Kind
    answers: Mapping[str, Answer]
    reasonable: Mapping[str, Reasonable] = field(default_factory=dict)
    cruxes: frozenset[str] = frozenset()  # who said: with another mind on this, another position

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadRatings(f"a statement is an end, a fact or a means, not {self.kind!r}")


def exact(value: Number) -> Fraction:
    """The fraction that a decimal was written as: 0.15 is 3/20, and not the float beside it.

    Thresholds are decimals that people decided on. Raises BadRatings for what is no number.
    """
    try:
        return value if isinstance(value, Fraction) else _fraction(str(value))
    except ValueError:
        raise BadRatings(f"{value!r} is not a number") from None


@lru_cache(maxsize=64)
def _fraction(said: str) -> Fraction:
    """The few thresholds are asked for again and again."""
    return Fraction(said)


def numeric(answers: Iterable[Answer], points: int = 5) -> tuple[int, ...]:
    """The ratings among the answers, each 1 … points, in their order; no other answer counts.

    Raises BadRatings for a rating off the scale, for any other kind of answer, and for a scale of
    fewer than two points.
    """
    _check_points(points)
    given = tuple(answers)
    if set(map(type, given)) <= _USUAL and set(given) <= {*range(1, points + 1), *NOT_NUMBERS}:
        return tuple([each for each in given if type(each) is int])  # thousands of them, at once
    return tuple(_rating(each, points) for each in given if _is_number(each))


def side(rating: int, points: int = 5) -> int:
    """1 for agreeing, −1 for disagreeing, 0 for the middle of a scale of `points`.

    Agreeing is ⌈points/2⌉ + 1 or more; disagreeing is its mirror image. Raises BadRatings as
    `numeric` does.
    """
    _check_points(points)
    rating = _rating(rating, points)
    least = (points + 1) // 2 + 1
    return int(rating >= least) - int(points + 1 - rating >= least)


def sides_of(answers: Mapping[str, Answer], points: int = 5) -> dict[str, int]:
    """The side of everybody who rated, by rater. Raises BadRatings as `numeric` does."""
    _check_points(points)
    known = {rating: side(rating, points) for rating in range(1, points + 1)}
    found = {}
    for rater, answer in answers.items():
        if type(answer) is int and answer in known:
            found[rater] = known[answer]
        else:
            found.update((rater, side(each, points)) for each in numeric((answer,), points))
    return found


def leaning(
    answers: Mapping[str, Answer], points: int = 5
) -> tuple[frozenset[str], frozenset[str]]:
    """Who agrees with a statement, and who disagrees; the middle and non-raters are in neither.

    Groups made so leave that statement out of their diagnosis (`grouped_by`). Raises BadRatings as
    `numeric` does.
    """
    sides = sides_of(answers, points)
    return (
        frozenset(rater for rater, each in sides.items() if each == 1),
        frozenset(rater for rater, each in sides.items() if each == -1),
    )


def check_groups(a: Collection[str], b: Collection[str]) -> None:
    """Raises BadRatings when somebody is in both groups."""
    if both := set(a) & set(b):
        raise BadRatings(f"{len(both)} raters are in both groups")


def answers_of(group: Iterable[str], answers: Mapping[str, Answer]) -> tuple[Answer, ...]:
    """What a group answered, one a rater, in the order of their keys; None for no answer."""
    return tuple(answers.get(rater) for rater in sorted(set(group)))


def _check_points(points: int) -> None:
    if points < 2:
        raise BadRatings(f"a scale has at least two points, not {points}")


def _is_number(answer: Answer) -> bool:
    return answer is not None and not (isinstance(answer, str) and answer in NOT_NUMBERS)


def _rating(answer: object, points: int) -> int:
    if type(answer) is int:  # nearly always; asking whether it is integral takes ten times as long
        rating = answer
    elif isinstance(answer, Integral) and not isinstance(answer, bool):  # numpy's are integral too
        rating = int(answer)
    else:
        raise BadRatings(f"{answer!r} is not an answer")
    if not 1 <= rating <= points:
        raise BadRatings(f"{rating} is not on a scale of 1 to {points}")
    return rating
