"""What positions show without any rating: values, evidence, and how levels cohere."""

from dataclasses import dataclass

from discussion.weighing.findings.shapes.groups import Link


@dataclass(frozen=True)
class ReadDifferently:
    """One source that both groups cite on one claim, and read differently."""

    title: str
    url: str
    claim: str
    conflict: float
    says: str


@dataclass(frozen=True)
class Emphasis:
    """How much weight each group's positions give one value, 0 … 1."""

    value: str
    label: str
    url: str
    a: float
    b: float
    is_shared: bool
    is_distinctive: bool


@dataclass(frozen=True)
class Tags:
    """What the two groups' positions show, without any rating."""

    is_compared: bool  # false: for these groups positions are not looked at, `says` tells why
    gap: float | None
    shared: float | None
    emphases: tuple[Emphasis, ...]
    tagged: tuple[int, int]
    positions: tuple[int, int]
    overlap: float | None
    shared_items: tuple[Link, ...]
    only_a: int
    only_b: int
    is_reading_other_things: bool
    retracted: tuple[Link, ...]  # left out
    says: tuple[str, ...]


@dataclass(frozen=True)
class LevelPair:
    """Two levels: how much emphasis they share, and which value differs most."""

    first: str
    second: str
    coherence: float | None
    value: str  # label of the value that differs most; empty
    value_url: str
    a: float | None
    b: float | None
    says: str


@dataclass(frozen=True)
class Levels:
    """Coherence across levels in one thread, or over it and its related threads."""

    scope: str  # thread, related
    threads: tuple[Link, ...]
    index: float | None
    pairs: tuple[LevelPair, ...]
    says: tuple[str, ...]
