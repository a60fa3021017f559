"""What a series decides before it opens: from where on anything is said of ratings."""

from dataclasses import dataclass
from fractions import Fraction

from discussion.analysis.answers import BadRatings, Number, exact


@dataclass(frozen=True)
class Thresholds:
    """What a series decides before it opens: shares of 0 … 1, and the fewest raters of a group.

    `gap`: from here on apart; `bound`: what must be ruled out of a difference before it is called
    alike; `alpha`: of chance; `consensus`: of the room and of each group on one side; `same_side`:
    of each of two groups, to be said as agreement; `viewpoint`: how alike viewpoints are found
    again, as an adjusted Rand index. `alike` decides nothing any more; rounds were fixed with it.
    Raises BadRatings for shares that are none, for alike above gap, for a consensus or a same side
    of half or less, and for groups of nobody. Source: our own; for the consensus see
    `agreement.consensus`.
    """

    gap: Number = 0.25
    alike: Number = 0.15
    alpha: Number = 0.05
    consensus: Number = 0.75
    min_group: int = 5
    bound: Number = 0.25
    same_side: Number = 0.75
    viewpoint: Number = 0.9

    def __post_init__(self) -> None:
        shares = (self.gap, self.alike, self.alpha, self.bound, self.viewpoint)
        are_shares = all(0 <= exact(each) <= 1 for each in shares)
        if not are_shares or exact(self.alike) > exact(self.gap):
            raise BadRatings("a threshold is a share, and alike is not above gap")
        if not all(Fraction(1, 2) < exact(each) <= 1 for each in (self.consensus, self.same_side)):
            raise BadRatings("a consensus is more than half, and at most all")
        if self.min_group < 1:
            raise BadRatings("a group has at least one rater")


DEFAULTS = Thresholds()
