"""Common ground: a statement that every group agrees to, and not only the largest."""

from collections.abc import Sequence
from math import prod

from discussion.analysis.tallies import Tally

LEAST_ANSWERS = 3  # of a group, to count in the small-group form
LEAST_GROUPS = 2


def group_informed_consensus(groups: Sequence[Tally], *, against: bool = False) -> float:
    """Polis' form: Π (agrees + 1) / (seen + 2) over groups, between 0 and 1.

    For data of Polis' shape, in which a pass is a vote. `against` looks for what every group
    disagrees with. The product falls with the number of groups, so values compare only within one
    partition. Raises ValueError without groups. Source: polis, `conversation.clj`.
    """
    if not groups:
        raise ValueError("there is no consensus between no groups")
    return prod((tally.agrees + 1) / (tally.seen + 2) for tally in _sided(groups, against))


def small_group_consensus(groups: Sequence[Tally], *, against: bool = False) -> float | None:
    """The geometric mean over groups of: likely to agree, times unlikely to disagree; 0 … 1.

    With a half added to each count, so that three answers say something. Only groups with three
    answers or more count; with fewer than two such groups there are not enough responses: None.
    Source: our own, after Polis' form; a half added is Krichevsky and Trofimov's (1981) estimate.
    """
    counted = [tally for tally in _sided(groups, against) if tally.seen >= LEAST_ANSWERS]
    if len(counted) < LEAST_GROUPS:
        return None
    return float(prod(_ease(tally) for tally in counted) ** (1 / len(counted)))


def _ease(tally: Tally) -> float:
    agree = (tally.agrees + 0.5) / (tally.seen + 1)
    disagree = (tally.disagrees + 0.5) / (tally.seen + 1)
    return agree * (1 - disagree)


def _sided(groups: Sequence[Tally], against: bool) -> list[Tally]:
    return [tally.turned if against else tally for tally in groups]
