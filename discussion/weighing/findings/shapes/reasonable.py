"""What is found reasonable, and what changed since the round before."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Legitimacy:
    """Not mine, but reasonable: what those who do not hold a statement say of it."""

    code: str
    kind: str
    text: str
    holders: int
    non_holders: int
    answered: int
    yes: int
    share: float | None
    bar: float  # the test set beforehand: 0.75
    is_disputed: bool
    is_respected: bool
    says: str  # "13 of 15 who do not hold it find it reasonable"
    against_bar: str  # "just below the 75% mark"; empty where nobody answered


@dataclass(frozen=True)
class Meta:
    """Meta-consensus: how much of what is disputed is found reasonable; None of nothing."""

    normative: float | None
    epistemic: float | None
    preference_range: float | None
    rows: tuple[Legitimacy, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """One statement in this round and the one before, all raters together."""

    code: str
    text: str
    before: float | None  # medians
    after: float | None
    has_settled: bool
    says: str


@dataclass(frozen=True)
class Move:
    """How far one group moved on one kind: −1 … 1 of the scale, above 0 towards agreeing."""

    group: str  # title
    state: str  # moved, moved_a_little, held, unclear, insufficient, not_shown
    says: str
    shift: float | None
    least: float | None  # at least so far
    most: float | None  # the largest move that is not ruled out
    among: str = ""  # "The same 40 people"; empty: not compared with themselves


@dataclass(frozen=True)
class KindMoves:
    """One kind: everybody, and each of the two groups."""

    kind: str
    title: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Change:
    """What changed since the round before."""

    before: int  # number of the round
    is_stable: bool
    stop_rule: str  # in words, as it was fixed
    rows: tuple[Moved, ...]
    says: tuple[str, ...]
    kinds: tuple[KindMoves, ...] = ()  # by the rule before nobody asked by group
