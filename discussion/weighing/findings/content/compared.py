"""One comparison of a snapshot: two groups beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from discussion.records import later
from discussion.weighing.findings.content.diagnosed import Diagnosed

Two = tuple[int, int]  # of the one group, and of the other


@dataclass(frozen=True)
class ComparedDimension:
    """Ends, facts or means: whether the two are apart, over which statements, by their codes."""

    state: str  # apart, alike, unclear, insufficient
    reasons: tuple[str, ...]
    needed: int
    rated: int
    apart: tuple[str, ...]
    alike: tuple[str, ...]
    unclear: tuple[str, ...]
    insufficient: tuple[str, ...]


@dataclass(frozen=True)
class ComparedStatement:
    """What the ratings of two groups say of one statement."""

    state: str = "insufficient"
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
    p: Fraction | None = later(None)  # over positions; None of few
    may_conclude: bool | None = later(None)  # None: nobody had asked


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
    p: Fraction | None = later(None)  # over positions that cite it; None of few
    may_conclude: bool | None = later(None)  # None: nobody had asked


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
    diagnosis: Diagnosed | None = later(None)  # None: nobody had asked what they bear


@dataclass(frozen=True)
class Comparisons:
    """Every comparison by its key, and which of them leads; empty where no two groups can be."""

    headline: str
    comparisons: Mapping[str, Compared]
