"""The table of statements between two groups, and what is known of each kind."""

from dataclasses import dataclass

from discussion.weighing.findings.shapes.groups import Cell, Link
from discussion.weighing.findings.shapes.ledger import Sure


@dataclass(frozen=True)
class Row:
    """One statement between the two groups that are compared."""

    code: str  # E1
    kind: str  # end, fact, means; empty: imported and not sorted
    text: str
    sources: tuple[Link, ...]  # the positions it was drawn from
    cells: tuple[Cell, ...]  # of the groups, in their order
    everybody: Cell
    chosen: Cell | None  # of the group that the page is read for
    dont_know: str  # of everybody: "24"
    gap: float | None
    gap_words: str  # "0.55", "none"
    p: float | None
    p_words: str  # "1 in 126", "1 in 5,000 drawn"
    p_kind: str  # exact, sampled
    adjusted_p: float | None
    adjusted_p_words: str
    state: str  # apart, same_side, alike, unknown, unclear, insufficient
    state_words: str
    is_one_sided: bool  # one group is wholly higher: then the gap is the distance of the means
    is_left_out: bool  # it made the groups
    opens: tuple[str, ...]  # how its numbers were got, in sentences
    sure: Sure | None = None  # how far apart they can be; None by the rule before


@dataclass(frozen=True)
class KindRows:
    """The rows of one kind, in order."""

    kind: str
    title: str  # Ends
    says: str  # what matters
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Dimension:
    """What is known of ends, facts or means."""

    kind: str
    title: str
    state: str
    state_words: str
    says: str  # "One of two statements"
    reasons: tuple[str, ...]  # in sentences
    needed: int
    rated: int
    apart: tuple[str, ...]  # codes
    alike: tuple[str, ...]
    unclear: tuple[str, ...]
    insufficient: tuple[str, ...]
