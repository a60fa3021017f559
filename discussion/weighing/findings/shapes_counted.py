"""What a snapshot says of its round, its statements and what changed, read from the JSON in which
it is kept and never altered. What snapshots of an earlier kind do not say has the value that says
nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Kept = Mapping[str, Any]  # as `computing/` makes it


@dataclass(frozen=True)
class CountedStatement:
    """A statement as it was rated."""

    code: str
    kind: str  # end, fact, means; "" where nobody has sorted it
    text: str
    sources: tuple[str, ...]  # public ids of positions
    confirmed: tuple[int, int, int]  # authors who found it fair, who did not, who said nothing


@dataclass(frozen=True)
class CountedLegitimacy:
    """What those who do not hold a statement say of it: whether it is reasonable."""

    holders: int
    non_holders: int
    answered: int
    yes: int
    share: Fraction | None  # of those who answered
    is_disputed: bool


@dataclass(frozen=True)
class ChangedStatement:
    """Where its middle answer was, and is, on the scale of its round."""

    code: str
    before: Fraction
    after: Fraction
    has_settled: bool


@dataclass(frozen=True)
class CountedChange:
    """What moved since the round before."""

    before: int  # number of that round
    is_stable: bool
    rows: tuple[ChangedStatement, ...]
    hidden: tuple[tuple[str, str], ...]  # code, and of words.MOVED, of what tells of a few


@dataclass(frozen=True)
class CoherentPair:
    """How alike two levels weigh values."""

    first: str
    second: str
    coherence: Fraction | None  # 0 … 1
    value: str  # over which they differ most; a slug
    a: Fraction | None  # its weight at the first
    b: Fraction | None


@dataclass(frozen=True)
class CoherentLevels:
    """The same for all levels of a thread, or of it and those related to it."""

    scope: str  # thread, related
    threads: tuple[str, ...]  # slugs as they were
    index: Fraction | None
    pairs: tuple[CoherentPair, ...]


def read_statement(kept: Kept) -> CountedStatement:
    fair, mend, silent = kept.get("confirmed", (0, 0, 0))
    return CountedStatement(
        code=kept["code"],
        kind=kept["kind"],
        text=kept["text"],
        sources=tuple(kept.get("sources", ())),
        confirmed=(fair, mend, silent),
    )


def read_legitimacy(kept: Kept) -> CountedLegitimacy:
    return CountedLegitimacy(
        holders=kept["holders"],
        non_holders=kept["non_holders"],
        answered=kept["answered"],
        yes=kept["yes"],
        share=_exactly(kept["share"]),
        is_disputed=kept["is_disputed"],
    )


def read_change(kept: Kept | None) -> CountedChange | None:
    """None of a first round, and where no statement means the same in both."""
    if not kept:
        return None
    return CountedChange(
        before=kept["before"],
        is_stable=kept["is_stable"],
        rows=tuple(
            ChangedStatement(
                each["code"],
                Fraction(each["before"]),
                Fraction(each["after"]),
                each["has_settled"],
            )
            for each in kept["rows"]
        ),
        hidden=tuple((each["code"], each["moved"]) for each in kept.get("hidden", ())),
    )


def read_levels(kept: Kept) -> CoherentLevels:
    return CoherentLevels(
        scope=kept["scope"],
        threads=tuple(slug for slug, _question in kept["threads"]),
        index=_exactly(kept["index"]),
        pairs=tuple(
            CoherentPair(
                first=each["first"],
                second=each["second"],
                coherence=_exactly(each["coherence"]),
                value=each["value"],
                a=_exactly(each["a"]),
                b=_exactly(each["b"]),
            )
            for each in kept["pairs"]
        ),
    )


def _exactly(kept: str | None) -> Fraction | None:
    return None if kept is None else Fraction(kept)
