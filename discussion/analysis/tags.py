"""What two groups' positions put weight on, from their values alone; nobody need rate anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

RANK_WEIGHTS: Mapping[int, tuple[int, ...]] = {1: (1,), 2: (3, 2), 3: (3, 2, 1)}
FEWEST_TAGGED = 3  # positions of a group
LEAST_TAGGED = Fraction(3, 5)  # of a group's positions
SHARED_FROM = Fraction(1, 10)
DISTINCTIVE_FROM = Fraction(3, 20)
APART_FROM = Fraction(2, 5)

Shortfall = Literal["too_few_tagged", "mostly_untagged"]


class BadTags(ValueError):
    """Values or links that a position cannot have."""


@dataclass(frozen=True)
class Tagged:
    """The values of one position; with none, it is untagged.

    Raises BadTags for more than three served, for a value named twice or on both sides, and for
    values outweighed by nothing.
    """

    served: tuple[str, ...] = ()  # by rank
    outweighed: tuple[str, ...] = ()
    is_ranked: bool = True

    def __post_init__(self) -> None:
        named = (*self.served, *self.outweighed)
        if len(self.served) > max(RANK_WEIGHTS):
            raise BadTags("a position serves at most three values")
        if len(set(named)) < len(named):
            raise BadTags("a value is named once, as served or as outweighed")
        if self.outweighed and not self.served:
            raise BadTags("what is outweighed is outweighed by a value that is served")

    def weights(self) -> dict[str, Fraction]:
        """By value, adding to 1: 3:2:1, 3:2 or 1 by rank; equal without ranks."""
        if not self.served:
            return {}
        number = len(self.served)
        parts = RANK_WEIGHTS[number] if self.is_ranked else (1,) * number
        return {
            value: Fraction(part, sum(parts))
            for value, part in zip(self.served, parts, strict=True)
        }


@dataclass(frozen=True)
class Emphasis:
    """The mean weight that each of two groups gives one value, 0 … 1."""

    value: str
    a: Fraction
    b: Fraction

    @property
    def difference(self) -> Fraction:
        """Above 0 when the second gives it more."""
        return self.b - self.a


@dataclass(frozen=True)
class EmphasisGap:
    """`gap` and `shared` add to 1, and are None when too little is tagged to say."""

    gap: Fraction | None
    shared: Fraction | None
    shared_values: tuple[Emphasis, ...]
    distinctive: tuple[Emphasis, ...]
    values: tuple[Emphasis, ...]  # all of them, by name
    tagged: tuple[int, int]
    positions: tuple[int, int]
    shortfalls: tuple[Shortfall, ...]

    @property
    def is_sufficient(self) -> bool:
        """Whether enough is tagged in both groups."""
        return not self.shortfalls

    @property
    def is_apart(self) -> bool:
        """Whether two fifths of the emphasis would have to move."""
        return self.gap is not None and self.gap >= APART_FROM

    @property
    def tagged_shares(self) -> tuple[Fraction | None, Fraction | None]:
        """Of each group's positions; None of no positions. Waits for the export of findings."""
        first, second = (
            Fraction(tagged, all_) if all_ else None
            for tagged, all_ in zip(self.tagged, self.positions, strict=True)
        )
        return first, second


def emphasis_gap(a: Iterable[Tagged], b: Iterable[Tagged]) -> EmphasisGap:
    """How much of the emphasis on values would have to move for two groups to be the same.

    `a` and `b` are the groups' positions. A group's emphasis on a value is its mean weight over the
    tagged positions; the gap is half the sum of the differences (total variation), the shared part
    the sum of the smaller ones; exact. Shared values have 0.10 or more in both, distinctive ones
    differ by 0.15 or more. Insufficient below three tagged positions in a group, or when fewer than
    60 % of its positions are tagged. Raises nothing of its own. Source: total variation distance;
    the bounds are our own.
    """
    groups = tuple(a), tuple(b)
    first, second = (_mean_weights(group) for group in groups)
    none = Fraction(0)
    values = tuple(
        Emphasis(value, first.get(value, none), second.get(value, none))
        for value in sorted(first.keys() | second.keys())
    )
    tagged = _tagged(groups[0]), _tagged(groups[1])
    positions = len(groups[0]), len(groups[1])
    shortfalls = _shortfalls(tagged, positions)
    if shortfalls:
        return EmphasisGap(None, None, (), (), values, tagged, positions, shortfalls)
    apart = sum((abs(each.difference) for each in values), none) / 2
    return EmphasisGap(
        apart, 1 - apart, _shared(values), _distinctive(values), values, tagged, positions, ()
    )


def _mean_weights(positions: Sequence[Tagged]) -> dict[str, Fraction]:
    tagged = [each.weights() for each in positions if each.served]
    sums: dict[str, Fraction] = {}
    for weights in tagged:
        for value, weight in weights.items():
            sums[value] = sums.get(value, Fraction(0)) + weight
    return {value: total / len(tagged) for value, total in sums.items()}


def _tagged(positions: Sequence[Tagged]) -> int:
    return sum(bool(each.served) for each in positions)


def _shortfalls(tagged: tuple[int, int], positions: tuple[int, int]) -> tuple[Shortfall, ...]:
    found: list[Shortfall] = []
    if min(tagged) < FEWEST_TAGGED:
        found.append("too_few_tagged")
    if any(some < LEAST_TAGGED * all_ for some, all_ in zip(tagged, positions, strict=True)):
        found.append("mostly_untagged")
    return tuple(found)


def _shared(values: tuple[Emphasis, ...]) -> tuple[Emphasis, ...]:
    """The most shared first."""
    shared = (each for each in values if min(each.a, each.b) >= SHARED_FROM)
    return tuple(sorted(shared, key=lambda each: (-min(each.a, each.b), each.value)))


def _distinctive(values: tuple[Emphasis, ...]) -> tuple[Emphasis, ...]:
    """The most different first."""
    distinctive = (each for each in values if abs(each.difference) >= DISTINCTIVE_FROM)
    return tuple(sorted(distinctive, key=lambda each: (-abs(each.difference), each.value)))
