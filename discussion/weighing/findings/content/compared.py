"""One comparison of a snapshot: two groups beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from discussion.records import later

Two = tuple[int, int]  # of the one group, and of the other


@dataclass(frozen=True)
class ComparedDimension:
    """Ends, facts or means: whether the two are apart, over which statements, by their codes."""

    state: str  # apart, agreed, alike, unclear, insufficient
    reasons: tuple[str, ...]  # of the rule before
    needed: int
    rated: int
    apart: tuple[str, ...]
    alike: tuple[str, ...]
    unclear: tuple[str, ...]
    insufficient: tuple[str, ...]
    same_side: tuple[str, ...] = later(())
    unknown: tuple[str, ...] = later(())
    most: float | None = later(None)  # the largest difference not ruled out on any of them, 0 … 1

    @property
    def is_asked(self) -> bool:
        """Whether the round had a statement of this kind."""
        return bool(self.rated or self.insufficient)


@dataclass(frozen=True)
class ComparedStatement:
    """What the ratings of two groups say of one statement."""

    state: str = "insufficient"  # apart, same_side, alike, unknown, unclear
    gap: Fraction | None = None  # 0 … 1
    p: Fraction | None = None
    p_kind: str = ""  # exact, sampled
    at_least: int = 0  # relabellings whose gap is as wide
    relabellings: int = 0
    adjusted_p: Fraction | None = None
    bridge: Fraction | None = None
    consensus: str = "insufficient"  # agree, disagree, …
    common: float | None = None  # how surely both agree
    against: float | None = None  # how surely both disagree
    is_one_sided: bool | None = later(None)  # one group is wholly higher; None: it is not shown
    shift: float | None = later(None)  # of the means, −1 … 1; above 0: the second is higher
    reach: float | None = later(None)  # how far the shift is known, one-sided at 95 %
    most: float | None = later(None)  # the largest difference that is not ruled out, 0 … 1
    least: float | None = later(None)  # at least so far apart; None where that could be chance
    side: int = later(0)  # of same_side: 1 both agree, −1 both disagree
    is_within: bool = later(default=False)  # within the bounds of alike, whatever its state
    is_split_within: bool = later(default=False)  # each group is itself split on it


@dataclass(frozen=True)
class ComparedCrux:
    """Pairs of people, one of each group, of whom both say that their position depends on it."""

    code: str
    pairs: int
    possible: int
    share: Fraction
    sides: tuple[int, int, int, int]  # agreeing and disagreeing here, then there


@dataclass(frozen=True)
class ComparedEmphasis:
    """How much weight the positions of each group give to each value."""

    gap: Fraction | None = None
    shared: Fraction | None = None
    values: tuple[tuple[str, Fraction, Fraction], ...] = ()  # slug, weight here, weight there
    shared_values: tuple[str, ...] = ()
    distinctive: tuple[str, ...] = ()
    tagged: Two = (0, 0)
    positions: Two = (0, 0)
    shortfalls: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparedSources:
    """Which items of evidence both cite, by public id, and which only one does."""

    share: Fraction | None = None
    shared: tuple[str, ...] = ()
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    is_reading_other_things: bool = False


@dataclass(frozen=True)
class ComparedReading:
    """One item that both cite on one claim: −1 against it … 1 in support, in the mean."""

    item: str
    claim: str
    conflict: Fraction
    a: Fraction
    b: Fraction
    is_conflict: bool


@dataclass(frozen=True)
class ComparedTags:
    """What positions show of the two groups; nothing where bylines do not tell the groups."""

    why_not: str = ""  # not_told, made_by_values
    emphasis: ComparedEmphasis | None = None
    overlap: ComparedSources | None = None
    readings: tuple[ComparedReading, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Two groups beside each other."""

    a: str
    b: str
    grouped_by: str | None  # code of the statement that the groups were made from
    verdict: str
    tested: int
    dimensions: Mapping[str, ComparedDimension]  # by kind: end, fact, means
    statements: Mapping[str, ComparedStatement]  # by code
    cruxes: tuple[ComparedCrux, ...]
    tags: ComparedTags = ComparedTags()
    habit: float | None = later(None)  # how much higher the second rates anything, −1 … 1
    is_split: bool = later(default=False)  # each group is itself split on what the round is about


@dataclass(frozen=True)
class Comparisons:
    """Every comparison by its key, and which of them leads; empty where no two groups can be."""

    headline: str
    comparisons: Mapping[str, Compared]
