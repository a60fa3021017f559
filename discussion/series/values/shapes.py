"""What a page of values shows of the positions that name them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Use:
    """A position that serves a value, or says that it outweighs it."""

    claim: str
    language: str
    url: str
    thread_question: str
    thread_url: str
    rank: int
    gloss: str


@dataclass(frozen=True)
class Side:
    """One side of a value's page: at most forty uses, and the way to more."""

    uses: tuple[Use, ...]
    count: int
    next_url: str


@dataclass(frozen=True)
class Touched:
    """A position that the merge changes, and how its values would read afterwards."""

    url: str
    claim: str
    language: str
    thread_question: str
    served: tuple[str, ...]
    outweighed: tuple[str, ...]


@dataclass(frozen=True)
class Becomes:
    """What the merge makes of some published positions: how many, and the first forty."""

    kind: str  # replaced, folded, kept
    count: int
    positions: tuple[Touched, ...]
