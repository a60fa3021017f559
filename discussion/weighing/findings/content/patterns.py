"""What answers to several statements show together, and what positions show along a scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class CountedPeaks:
    """Whether people's answers rise to one peak along a scale: what to do, in the scale's order."""

    scale: str  # slug
    low: str  # what its ends were called
    high: str
    codes: tuple[str, ...]  # statements on what to do that lie on it, from low to high
    state: str  # counted; or why it is not told: few, across
    people: int = 0  # who gave each of them a number
    peaked: int = 0
    chance: Fraction | None = None  # share, had each put their own answers in any order
    p: float | None = None  # how often such orders would give as many or more


@dataclass(frozen=True)
class CountedIndex:
    """Whether those who think alike of ends and facts also want alike: −3 … 1, beside chance."""

    state: str  # measured; or why it is not told: insufficient, across
    considerations: int  # statements on ends and facts
    options: int  # and on what to do
    people: int = 0
    is_drawn: bool = False  # by lot, from more people than that
    index: float | None = None  # the adjusted form
    chance: float | None = None  # on average, had everybody somebody's wishes
    upper: float | None = None  # 95 of 100 shuffles are at or below
    p: float | None = None  # share of shuffles at or above


@dataclass(frozen=True)
class SharedReason:
    """A value that positions on both sides of a scale serve."""

    value: str  # slug
    positions: int  # that serve it, and stand on the scale
    low: int
    middle: int
    high: int
    spread: float  # of where they stand: 0 all at one place … 1 half at either end


@dataclass(frozen=True)
class SharedReasons:
    """Of one scale: reasons that positions on both of its sides give."""

    scale: str  # slug
    low: str
    high: str
    positions: Mapping[str, int]  # on it: low, middle, high
    reasons: tuple[SharedReason, ...]  # those of most positions first, then by value
