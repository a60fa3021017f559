"""What sets a group apart: the statements that it agrees to, or disagrees with, more than others.

Sources: polis, `repness.clj` and `stats.clj`. Under about twelve answers in a group these tests are
decoration: show the counts.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from discussion.analysis.tallies import Tally, without

Side = Literal["agree", "disagree"]

Z_90 = 1.2815515655446004  # one-sided, 90 %
MOST = 5


@dataclass(frozen=True)
class Stand:
    """How a group stands to one statement on one side, and how that sets it apart from others.

    `probability` and `representativeness` (a ratio) are estimates; the two tests are z-scores.
    """

    statement: int
    side: Side
    successes: int
    seen: int
    probability: float
    probability_test: float
    representativeness: float
    representativeness_test: float

    @property
    def is_significant(self) -> bool:
        """Whether both tests reach 90 %, one-sided. Source: polis, `repness.clj`."""
        return min(self.probability_test, self.representativeness_test) > Z_90

    @property
    def weight(self) -> float:
        """What Polis sorts by."""
        return (
            self.representativeness
            * self.representativeness_test
            * self.probability
            * self.probability_test
        )


def probability_of(successes: int, seen: int) -> float:
    """How likely a member of the group is to say it, with one added each way."""
    return (successes + 1) / (seen + 2)


def probability_z(successes: int, seen: int) -> float:
    """z-score of the share against a half, with one added to both counts."""
    return 2 * sqrt(seen + 1) * ((successes + 1) / (seen + 1) - 0.5)


def difference_z(successes: int, seen: int, other_successes: int, others_seen: int) -> float:
    """z-score of the group's share against the others', with one added to every count."""
    both = (successes + other_successes + 2) / (seen + others_seen + 2)
    if both == 1:
        return 0.0
    gap = (successes + 1) / (seen + 1) - (other_successes + 1) / (others_seen + 1)
    return gap / sqrt(both * (1 - both) * (1 / (seen + 1) + 1 / (others_seen + 1)))


def find_representative(
    groups: Sequence[Sequence[Tally]], *, left_out: Container[int] = (), most: int = MOST
) -> list[list[Stand]]:
    """Each group's most representative statements, what it agrees to first.

    `groups` holds each group's tallies, one a statement; statements in `left_out` are never chosen.
    A group has at most `most`, and at least one as long as there is a statement. A single group is
    representative of nothing: there is nobody to tell it from.
    """
    if len(groups) < 2:
        return [[] for _ in groups]
    return [_of_group(groups[g], without(groups, g), left_out, most) for g in range(len(groups))]


def _of_group(
    here: Sequence[Tally], there: Sequence[Tally], left_out: Container[int], most: int
) -> list[Stand]:
    pairs = [
        (_stand(number, "agree", mine, theirs), _stand(number, "disagree", mine, theirs))
        for number, (mine, theirs) in enumerate(zip(here, there, strict=True))
        if number not in left_out
    ]
    telling = [_clearer(pair) for pair in pairs if any(each.is_significant for each in pair)]
    telling.sort(key=lambda stand: (-stand.weight, stand.statement))
    head = _head(pairs, is_needed=not telling)
    chosen = head + [each for each in telling if each.statement not in {h.statement for h in head}]
    return sorted(chosen[:most], key=lambda stand: stand.side)


def _stand(number: int, side: Side, mine: Tally, theirs: Tally) -> Stand:
    if side == "disagree":
        mine, theirs = mine.turned, theirs.turned
    probability = probability_of(mine.agrees, mine.seen)
    return Stand(
        statement=number,
        side=side,
        successes=mine.agrees,
        seen=mine.seen,
        probability=probability,
        probability_test=probability_z(mine.agrees, mine.seen),
        representativeness=probability / probability_of(theirs.agrees, theirs.seen),
        representativeness_test=difference_z(mine.agrees, mine.seen, theirs.agrees, theirs.seen),
    )


def _clearer(pair: tuple[Stand, Stand]) -> Stand:
    agree, disagree = pair
    is_agree = agree.representativeness_test > disagree.representativeness_test
    return agree if is_agree else disagree


def _head(pairs: Sequence[tuple[Stand, Stand]], *, is_needed: bool) -> list[Stand]:
    """What comes first: the best agreed; without one, where one is needed, the most telling."""
    best = _best_agreed(pairs)
    if best is not None:
        return [_clearer(best)]
    stands = [_clearer(pair) for pair in pairs] if is_needed else []
    return [max(stands, key=lambda stand: stand.representativeness_test)] if stands else []


def _best_agreed(pairs: Sequence[tuple[Stand, Stand]]) -> tuple[Stand, Stand] | None:
    """The statement that best says what the group agrees to, as Polis goes through them."""
    best: tuple[Stand, Stand] | None = None
    for pair in pairs:
        if pair[0].successes + pair[1].successes and _is_better(pair[0], best and best[0]):
            best = pair
    return best


def _is_better(stand: Stand, best: Stand | None) -> bool:
    if best is None:
        is_likely = stand.representativeness > 1 and stand.probability > 0.5
        return stand.probability_test > Z_90 or is_likely
    if best.representativeness > 1:
        return stand.weight > best.weight
    return stand.probability * stand.probability_test > best.probability * best.probability_test
