"""What is known of each kind, how far apart the groups can be, and what would settle it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sure:
    """How far two groups are apart, as far as that is known: shares of the scale, 0 … 1."""

    gap: float | None  # the difference that was found; None: nothing was
    least: float | None  # at least so far; None where that could be chance
    most: float | None  # the largest that is not ruled out
    mark: float  # from here on they are apart
    found: str  # the gap in words, never on the line that it is under
    says: str  # the same in words: "0.36 to 0.67", "up to 0.31", "anything"


@dataclass(frozen=True)
class LedgerLine:
    """One kind."""

    kind: str
    title: str  # Ends
    state: str  # apart, agreed, alike, unclear, unknown, insufficient; empty: not asked
    state_words: str
    drawn: str  # code of the statement that is drawn: the surest apart, else the least known
    sure: Sure
    known: tuple[str, ...]  # by statement, with their codes
    settle: tuple[str, ...]  # how many more answers from whom, or that no number would
