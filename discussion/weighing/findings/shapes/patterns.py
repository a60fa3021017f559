"""What answers show together along a scale, and which reasons both of its sides give."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peaks:
    """Whether people's answers rise to one peak along a scale, beside chance."""

    low: str  # what the ends of the scale are called
    high: str
    codes: tuple[str, ...]  # statements that lie on it, from low to high
    state: str  # counted; or why it is not told: few, across
    answered: int | None  # who rated each of them
    yes: int | None  # of these, with one peak
    share: float | None
    bar: float | None  # the share that chance would give
    is_more_than_chance: bool | None
    says: tuple[str, ...]


@dataclass(frozen=True)
class SharedReason:
    """A value that positions on both sides of a scale serve."""

    label: str
    url: str
    positions: int
    low: int
    middle: int
    high: int
    spread: float  # of where they stand: 0 all at one place … 1 half at either end


@dataclass(frozen=True)
class SharedReasons:
    """Of one scale."""

    low: str
    high: str
    says: tuple[str, ...]
    rows: tuple[SharedReason, ...]
