"""A snapshot's content, whole, and what its schema means."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from discussion.records import UnreadableError, later, read
from discussion.weighing.findings.content.compared import Compared, Comparisons, Two
from discussion.weighing.findings.content.counted import Counted

SCHEMAS = {
    1: "each round was counted alone",
    2: "numbers are told only beside what earlier rounds have told",
    3: "alike only where a difference is ruled out; tags decide nothing; the room is told first",
}
CURRENT = 3
_JUDGED_FROM = 2
_BOUNDED_FROM = 3


@dataclass(frozen=True)
class RoomStatement:
    """What all who rated a statement say of it, and every headline group with them."""

    state: str  # consensus, split, mixed, insufficient
    side: int  # of a consensus: 1 to agree, −1 to disagree; else 0


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
    room: Mapping[str, RoomStatement] | None = later(None)  # by code

    @property
    def is_judged(self) -> bool:
        """Whether its numbers were told beside what earlier rounds had told: decision 0018."""
        return self.schema >= _JUDGED_FROM

    @property
    def is_bounded(self) -> bool:
        """Whether it is held to the rule of `docs/how-sure.md`; else to the one before."""
        return self.schema >= _BOUNDED_FROM

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
