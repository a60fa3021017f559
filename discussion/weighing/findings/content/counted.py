"""What a snapshot says of its round, its statements and who answered what."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from discussion.analysis.answers import Kind
from discussion.records import later
from discussion.weighing.findings.content.patterns import CountedIndex, CountedPeaks
from discussion.weighing.rounds.fixed import Limits, StopRule

Unsaid = Literal[""]


@dataclass(frozen=True)
class CountedRound:
    """The round as it was when it closed."""

    id: str
    number: int
    cycle: int
    points: int  # of the scale
    seed: int
    limits: Limits
    min_group: int
    stop_rule: StopRule
    who_may_rate: str
    feedback: str
    opened_on: str  # ISO dates
    closed_on: str
    imported_from: str  # polis; empty: it was held here
    attribution: str
    # Whether its rule asks for another; None: it closed with its stage. Unsaid at first.
    again: bool | Literal[""] | None = later("")
    late: int | None = later(None)  # members admitted while it was open; None: grouped at the close


@dataclass(frozen=True)
class CountedGroup:
    """How many raters a group has, or why that is not shown."""

    size: int | None = later(None)
    why: str = later("")  # few, subtraction


@dataclass(frozen=True)
class Pair:
    """Two groups that are compared; `key` is the partition, or leans:M1."""

    key: str
    a: str
    b: str


@dataclass(frozen=True)
class CountedStatement:
    """A statement as it was rated."""

    code: str
    kind: Kind | Unsaid  # unsaid where nobody has sorted it
    text: str
    id: str  # of the statement
    version: int
    same: str  # equal in two rounds whose wordings mean the same
    sources: tuple[str, ...]  # public ids of positions
    confirmed: tuple[int, int, int]  # authors who found it fair, who did not, who said nothing


@dataclass(frozen=True)
class Numbers:
    """What a group answered to a statement."""

    counts: tuple[int, ...]  # by point of the scale, from 1 up
    up: int  # who agree, and call it a crux
    down: int  # who disagree, and do
    dont_know: int
    not_for_me: int

    @property
    def raters(self) -> int:
        """Who gave a number."""
        return sum(self.counts)


@dataclass(frozen=True)
class NoNumbers:
    """Why that is not shown; who does not know may be, of everybody."""

    why: str  # few, subtraction, across
    dont_know: int | None = later(None)
    not_for_me: int | None = later(None)


Cell = Numbers | NoNumbers


@dataclass(frozen=True)
class CountedLegitimacy:
    """What those who do not hold a statement say of it: whether it is reasonable."""

    holders: int
    non_holders: int
    answered: int
    yes: int
    share: Fraction  # of those who answered
    is_disputed: bool


@dataclass(frozen=True)
class JudgedGroups:
    """How groups that answers make were judged."""

    state: str  # stable, unstable, one_group
    people: int
    stability: float | None  # 0 … 1
    k: int
    silhouette: float  # −1 … 1
    as_good: tuple[int, ...] | None = later(None)  # other k that fit nearly as well; None: unasked


@dataclass(frozen=True)
class UnsoughtGroups:
    """Why nobody looked for any."""

    state: str  # too_few_people, across
    people: int | None = later(None)


@dataclass(frozen=True)
class CountedViewpoint:
    """Who shares one viewpoint, whatever their group."""

    size: int
    within: Mapping[str, CountedGroup]  # by headline group: how many of it, or why that is not told


@dataclass(frozen=True)
class CountedViewpoints:
    """Two or three viewpoints, the most held first; none unless they were found and may be told."""

    # too_few_raters, too_few_statements, none, unstable, found, not_looked_for; or what was found
    # may not be told: across, withheld
    state: str
    stability: float | None  # 0 … 1
    held: tuple[CountedViewpoint, ...]
    cells: Mapping[str, tuple[Cell, ...]]  # by code: of each viewpoint
    opposed: tuple[str, ...]  # codes that they stand on opposite sides of, the furthest apart first
    shared: tuple[str, ...]  # codes on which all are on one side


@dataclass(frozen=True)
class PolisConsensus:
    """Codes of the statements with which most agree, or disagree, for certain."""

    agree: tuple[str, ...]
    disagree: tuple[str, ...]


@dataclass(frozen=True)
class PolisProduct:
    """How surely all groups agree with a statement, and disagree: 0 … 1."""

    agree: float
    disagree: float


@dataclass(frozen=True)
class PolisStand:
    """A statement that sets a group apart: `analysis.representativeness.Stand`, with its code."""

    statement: int
    side: Literal["agree", "disagree"]
    successes: int
    seen: int
    probability: float
    probability_test: float
    representativeness: float
    representativeness_test: float
    code: str


@dataclass(frozen=True)
class Polis:
    """What Polis tells of data of its shape."""

    consensus: PolisConsensus
    product: Mapping[str, PolisProduct]  # by code
    representative: Mapping[str, tuple[PolisStand, ...]]  # by group


@dataclass(frozen=True)
class Counted:
    """A closed round, counted once and for all."""

    round: CountedRound
    answered: int  # everybody who answered anything
    raters: int  # members among them, who alone are counted
    room: str  # key of who stands for the room: everybody, or both headline groups
    groups: Mapping[str, CountedGroup]  # by key, in the order in which they were tried
    pairs: tuple[Pair, ...]  # the headline's first
    statements: tuple[CountedStatement, ...]  # in the order of the round
    cells: Mapping[str, Mapping[str, Cell]]  # by code and group
    legitimacy: Mapping[str, CountedLegitimacy]  # by code
    inferred: JudgedGroups | UnsoughtGroups
    polis: Polis | None  # of imported data alone
    # By code, of what cannot be told beside an earlier round, a word of words.MOVED; None: nobody
    # had judged it.
    moved: Mapping[str, str] | None = later(None)
    hash: str = later("")  # of the answers, under a key
    # By code and group, people who gave a number in both rounds by how far they moved, from
    # −(points − 1) up; None: nobody had compared people with themselves.
    steps: Mapping[str, Mapping[str, tuple[int, ...]]] | None = later(None)
    peaks: tuple[CountedPeaks, ...] | None = later(None)  # by scale; None: nobody had looked
    index: CountedIndex | None = later(None)  # None: nobody had asked
    viewpoints: CountedViewpoints | None = later(None)  # None: nobody had looked for them
