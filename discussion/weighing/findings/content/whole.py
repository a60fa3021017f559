"""A snapshot's content, whole, and what its schema means."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from discussion.records import UnreadableError, later, read
from discussion.weighing.findings.content.compared import Compared, Comparisons, Two
from discussion.weighing.findings.content.counted import Counted
from discussion.weighing.findings.content.diagnosed import (
    DiagnosedKindMove,
    DiagnosedMove,
    DiagnosedRoom,
)
from discussion.weighing.findings.content.patterns import SharedReasons

SCHEMAS = {
    1: "each round was counted alone",
    2: "numbers are told only beside what earlier rounds have told",
    3: "beside what the rule before says stands what the ratings bear: docs/how-sure.md",
}
CURRENT = 3
_JUDGED_FROM = 2
_DIAGNOSED_FROM = 3


@dataclass(frozen=True)
class ChangedStatement:
    """Where its middle answer was, and is, on the scale of its round."""

    code: str
    before: Fraction
    after: Fraction
    has_settled: bool


@dataclass(frozen=True)
class HiddenChange:
    """Of a statement whose numbers would tell of a few: a word of words.MOVED."""

    code: str
    moved: str


@dataclass(frozen=True)
class CountedChange:
    """What moved since the round before."""

    before: int  # number of that round
    is_stable: bool
    rows: tuple[ChangedStatement, ...]
    hidden: tuple[HiddenChange, ...] | None = later(None)  # None: nobody had judged it
    moves: tuple[DiagnosedMove, ...] | None = later(None)  # None: nobody had asked by group
    kinds: tuple[DiagnosedKindMove, ...] | None = later(None)


@dataclass(frozen=True)
class CoherentPair:
    """How alike two levels weigh values."""

    first: str
    second: str
    coherence: Fraction | None  # 0 … 1
    value: str  # over which they differ most; a slug
    a: Fraction | None  # its weight at the first
    b: Fraction | None
    tagged: Two  # positions


@dataclass(frozen=True)
class CoherentLevels:
    """The same for all levels of a thread, or of it and those related to it."""

    scope: str  # thread, related
    threads: tuple[tuple[str, str], ...]  # slug and question, as they were
    index: Fraction | None
    pairs: tuple[CoherentPair, ...]


@dataclass(frozen=True)
class Content:
    """Everything that a snapshot says."""

    schema: int  # of SCHEMAS
    ratings: Counted
    found: Comparisons
    change: CountedChange | None  # None of a first round, or where no statement means the same
    levels: tuple[CoherentLevels, ...]
    values: Mapping[str, str]  # slug → label
    positions: int  # how many were published
    room: Mapping[str, DiagnosedRoom] | None = later(None)  # by code; None: nobody had asked
    reasons: tuple[SharedReasons, ...] | None = later(None)  # by scale; None: nobody had asked
    restated: int | None = later(None)  # fairly, by who disagrees; None: nobody had asked

    @property
    def is_judged(self) -> bool:
        """Whether its numbers were told beside what earlier rounds had told: decision 0018."""
        return self.schema >= _JUDGED_FROM

    @property
    def is_current(self) -> bool:
        """Whether it was made as snapshots are made now."""
        return self.schema >= CURRENT

    @property
    def has_diagnosis(self) -> bool:
        """Whether it says what ratings bear, and not only what the rule before took them for."""
        return self.schema >= _DIAGNOSED_FROM

    @property
    def headline(self) -> Compared | None:
        """The comparison that leads; None where no two groups can be compared."""
        return self.found.comparisons.get(self.found.headline)


def read_content(kept: Mapping[str, object]) -> Content:
    """What a snapshot's row keeps, whichever version of the site made it.

    Raises UnreadableError for a schema that this version does not know.
    """
    if kept.get("schema") not in SCHEMAS:
        raise UnreadableError(f"a snapshot of schema {kept.get('schema')!r} is not known here")
    return read(Content, kept)
