"""What people do not hold and yet find reasonable: agreement about what is disputed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from discussion.analysis.answers import (
    BadRatings,
    Kind,
    Number,
    RatedStatement,
    Reasonable,
    exact,
    sides_of,
)

FEWEST = 5  # holders, and non-holders


@dataclass(frozen=True)
class Legitimacy:
    """One statement: who holds it, who does not, and what those say of it."""

    key: str
    kind: Kind
    holders: int
    non_holders: int
    answered: int  # non-holders who said yes, no or not sure
    yes: int
    fewest: int = FEWEST

    @property
    def share(self) -> Fraction | None:
        """λ: of those who answered; None of too few."""
        return Fraction(self.yes, self.answered) if self.answered >= max(self.fewest, 1) else None

    @property
    def is_disputed(self) -> bool:
        """Whether enough hold it and enough do not."""
        return min(self.holders, self.non_holders) >= self.fewest


@dataclass(frozen=True)
class MetaConsensus:
    """Shares of the disputed statements of a kind that are found reasonable; None of none."""

    normative: Fraction | None  # NMC: ends
    epistemic: Fraction | None  # EMC: facts
    preference_range: Fraction | None  # PMC: means
    statements: tuple[Legitimacy, ...]


def meta_consensus(
    statements: Iterable[RatedStatement],
    *,
    points: int = 5,
    theta: Number = 0.75,
    fewest: int = FEWEST,
) -> MetaConsensus:
    """How much of what is disputed is found reasonable by at least `theta` of its non-holders.

    A holder agrees with a statement; a non-holder rated it and does not agree. It is disputed with
    at least `fewest` of both. λ is the share of yes among non-holders who answered the second
    question; holders' answers to it do not count. A disputed statement of which fewer than `fewest`
    non-holders answered has no λ and counts for nothing. Raises BadRatings for ratings off the
    scale and for answers other than yes, no and not_sure. Source: Dryzek &
    Niemeyer (2006), doi:10.1111/j.1540-5907.2006.00206.x.
    """
    found = tuple(_legitimacy(each, points, fewest) for each in statements)
    return MetaConsensus(
        normative=_share(found, "end", exact(theta)),
        epistemic=_share(found, "fact", exact(theta)),
        preference_range=_share(found, "means", exact(theta)),
        statements=found,
    )


def _legitimacy(statement: RatedStatement, points: int, fewest: int) -> Legitimacy:
    if set(statement.reasonable.values()) - set(get_args(Reasonable)):
        raise BadRatings("whether it is reasonable is answered with yes, no or not_sure")
    sides = sides_of(statement.answers, points)
    non_holders = [rater for rater, each in sides.items() if each < 1]
    said = [statement.reasonable[each] for each in non_holders if each in statement.reasonable]
    holders = len(sides) - len(non_holders)
    return Legitimacy(
        statement.key,
        statement.kind,
        holders=holders,
        non_holders=len(non_holders),
        answered=len(said),
        yes=said.count("yes"),
        fewest=fewest,
    )


def _share(found: Iterable[Legitimacy], kind: Kind, theta: Fraction) -> Fraction | None:
    shares = [
        each.share
        for each in found
        if each.kind == kind and each.is_disputed and each.share is not None
    ]
    return Fraction(sum(each >= theta for each in shares), len(shares)) if shares else None
