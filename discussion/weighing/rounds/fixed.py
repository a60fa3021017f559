"""What is fixed with a round, and what was counted of it, as rows and snapshots keep them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.records import later


@dataclass(frozen=True)
class Limits:
    """The thresholds that were fixed with the round, shares of 0 … 1 as they were typed."""

    gap: float = 0.25  # from which groups are apart
    alike: float | None = later(None)  # up to which they were alike, by the rule before
    alpha: float = 0.05  # how likely chance may be
    consensus: float = 0.75  # how many make a consensus
    # Unsaid of rounds from before the rule that has them: then they are as usual.
    bound: float | None = later(None)  # what is to be ruled out before groups are called alike
    same_side: float | None = later(None)  # how many of each group, to agree whatever the gap
    viewpoint: float | None = later(None)  # how alike viewpoints are found again

    def whole(self) -> "Limits":
        """With what was unsaid as usual."""
        usual = {
            name: getattr(DEFAULTS, name) for name in ("alike", "bound", "same_side", "viewpoint")
        }
        unsaid = {name: each for name, each in usual.items() if getattr(self, name) is None}
        return replace(self, **unsaid)

    def thresholds(self, min_group: int) -> Thresholds:
        """As the analysis takes them. Raises BadRatings for what does not fit together."""
        whole = self.whole()
        shares = {each.name: getattr(whole, each.name) for each in fields(whole)}
        return Thresholds(**shares, min_group=min_group)


@dataclass(frozen=True)
class StopRule:
    """When rounds of a cycle end, as it was fixed with the first."""

    kind: str = later("")  # of words.STOP_RULES
    rounds: int | None = later(None)  # at most; None: one

    @property
    def most(self) -> int:
        """How many rounds there may be."""
        return self.rounds or 1

    @property
    def is_by_stability(self) -> bool:
        """Whether rounds end once answers have stopped changing."""
        return self.kind == "stable"


@dataclass(frozen=True)
class Need:
    """Of a wording while its round is open, in steps of five: what is still to be answered."""

    answers: int = 0
    gap: float = 0.0  # 0 … 1, how many families of roles are missing


@dataclass(frozen=True)
class Counts:
    """What was counted of a round's answers, which is less than anybody gave."""

    needs: Mapping[str, Need] | None = later(None)  # by id of a wording; while it is open
    raters: int | None = later(None)  # admitted members who answered; once it has closed
    again: bool | None = later(None)  # whether its rule asks for another; None: nobody asked it


NOTHING = Counts()
