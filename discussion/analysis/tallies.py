"""What a group said of one statement, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from discussion.analysis.arrays import ArrayLike
from discussion.analysis.votes import Votes, count_votes


@dataclass(frozen=True)
class Tally:
    """`seen` counts everybody who answered: who agreed, who disagreed, and who did neither."""

    agrees: int
    disagrees: int
    seen: int

    def __post_init__(self) -> None:
        if min(self.agrees, self.disagrees) < 0 or self.agrees + self.disagrees > self.seen:
            raise ValueError("nobody answers twice, and nobody less than once")

    @property
    def passes(self) -> int:
        """Who did neither."""
        return self.seen - self.agrees - self.disagrees

    @property
    def turned(self) -> Tally:
        """The same with agreeing and disagreeing changed about."""
        return Tally(self.disagrees, self.agrees, self.seen)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.agrees + other.agrees, self.disagrees + other.disagrees, self.seen + other.seen
        )


def tally_votes(votes: Votes, labels: ArrayLike, n_groups: int) -> list[list[Tally]]:
    """Groups × statements: each group's tallies; people with the label −1 are left out."""
    counts = count_votes(votes, labels, n_groups).tolist()
    return [
        [
            Tally(agrees, disagrees, disagrees + passes + agrees)
            for disagrees, passes, agrees in statements
        ]
        for statements in counts
    ]


def tally_everybody(votes: Votes) -> list[Tally]:
    """What all together said: a tally a statement."""
    (everybody,) = tally_votes(votes, list(repeat(0, votes.n_people)), 1)
    return everybody


def without(groups: Sequence[Sequence[Tally]], group: int) -> list[Tally]:
    """What everybody outside one group said: a tally a statement, of groups × statements."""
    others = [tallies for number, tallies in enumerate(groups) if number != group]
    nobody = Tally(0, 0, 0)
    return [sum(tallies, nobody) for tallies in zip(*others, strict=True)]
