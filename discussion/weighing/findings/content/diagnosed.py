"""What the ratings of two groups bear to be said of them: see docs/how-sure.md.

In shares of the scale of the round, 0 … 1, where nothing else is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Two = tuple[int, int]  # of the one group, and of the other


@dataclass(frozen=True)
class DiagnosedRoom:
    """What everybody together says of a statement."""

    state: str  # insufficient, consensus, split, mixed
    side: int  # of a consensus: 1 to agree, −1 to disagree; else 0


@dataclass(frozen=True)
class DiagnosedSettling:
    """How many more answers like those given would settle it, and from whom."""

    state: str  # settled, more, unrated, no_number
    towards: str  # apart, alike; empty
    more: Two


@dataclass(frozen=True)
class DiagnosedDifference:
    """How far two groups are apart on a statement, and how far that is known."""

    gap: Fraction
    shift: Fraction  # of the means, −1 … 1; above 0 where the second group is higher
    p: Fraction  # of this statement alone
    p_kind: str  # exact, sampled
    at_least: int  # relabellings whose gap is as wide
    relabellings: int
    adjusted_p: Fraction  # among all that were tested
    most: float  # the largest difference that is not ruled out
    least: float | None  # at least so far apart; None where that could be chance


@dataclass(frozen=True)
class DiagnosedStatement:
    """One statement between the two."""

    state: str  # insufficient, unknown, same_side, apart, alike, unclear
    side: int  # of same_side: 1 both agree, −1 both disagree; else 0
    is_within: bool  # within the bounds of alike, whatever its state
    is_split_within: bool  # each group has a third on both sides, and they are not apart
    difference: DiagnosedDifference | None  # None where too few of either have rated it
    crux: str  # not_asked, too_few_marks, one_side_only, double_crux, no_crux
    room: DiagnosedRoom
    settling: DiagnosedSettling

    @property
    def gap(self) -> Fraction | None:
        return self.difference.gap if self.difference else None

    @property
    def shift(self) -> Fraction | None:
        return self.difference.shift if self.difference else None

    @property
    def adjusted_p(self) -> Fraction | None:
        return self.difference.adjusted_p if self.difference else None

    @property
    def most(self) -> float | None:
        return self.difference.most if self.difference else None

    @property
    def least(self) -> float | None:
        return self.difference.least if self.difference else None

    @property
    def runs_through(self) -> bool:
        """Whether a split runs through both groups, who answered alike."""
        return self.is_split_within and self.is_within


@dataclass(frozen=True)
class DiagnosedKind:
    """Ends, facts or means between the two."""

    state: str  # insufficient, apart, agreed, alike, unclear
    needed: int  # statements rated by enough
    most: float | None  # the largest difference that is not ruled out on any of them
    by_state: Mapping[str, tuple[str, ...]]  # codes by their state

    def of(self, state: str) -> tuple[str, ...]:
        """The codes of the statements in one state."""
        return self.by_state.get(state, ())

    @property
    def rated(self) -> int:
        """How many statements enough of both groups rated."""
        return sum(len(codes) for state, codes in self.by_state.items() if state != "insufficient")

    @property
    def is_asked(self) -> bool:
        """Whether the round had a statement of this kind."""
        return any(self.by_state.values())


@dataclass(frozen=True)
class Diagnosed:
    """The verdict, and everything that it was made from."""

    verdict: str
    tested: int  # statements among which chance is held down
    habit: float | None  # how much higher the second group rates anything, −1 … 1
    kinds: Mapping[str, DiagnosedKind]  # end, fact, means
    statements: Mapping[str, DiagnosedStatement]  # by code


@dataclass(frozen=True)
class DiagnosedMove:
    """How far everybody, or one headline group, moved on a statement since the round before."""

    code: str
    kind: str
    group: str  # its key
    state: str  # insufficient, moved, moved_a_little, held, unclear
    is_paired: bool  # people with themselves; else two samples
    compared: int  # people in both, or the fewer of the two samples
    shift: Fraction | None  # −1 … 1, up above 0
    adjusted_p: Fraction | None
    most: float | None  # the largest move that is not ruled out
    least: float | None  # at least so far; None where that could be chance


@dataclass(frozen=True)
class DiagnosedKindMove:
    """The same of ends, facts or means: the codes of what moved, the furthest first."""

    kind: str
    group: str
    state: str
    moved: tuple[str, ...]
