"""The frozen shape of a picture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A position on the line that a thread's first scale is."""

    family: str  # of the first value that it serves
    number: int
    at: float  # 0 … 1


@dataclass(frozen=True)
class Chip:
    label: str
    family: str


@dataclass(frozen=True)
class Bars:
    """What two groups answered to one statement."""

    first: str
    second: str
    first_shares: tuple[float, ...]  # by point of the scale, from 1 up
    second_shares: tuple[float, ...]


@dataclass(frozen=True)
class Picture:
    """Words, and one small drawing: marks, chips or bars."""

    kind: str  # series, thread, position, finding
    series: str
    label: str  # "Closed thread"
    words: str
    language: str
    number: int = 0  # of a position
    family: str = ""
    marks: tuple[Mark, ...] = ()
    chips: tuple[Chip, ...] = ()
    bars: Bars | None = None
