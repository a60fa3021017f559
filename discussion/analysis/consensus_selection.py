"""What everybody together agrees to, or disagrees with, more surely than not.

Source: polis, `repness.clj`, `consensus-stats` and `select-consensus-comments`.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from discussion.analysis.representativeness import MOST, Z_90, probability_of, probability_z
from discussion.analysis.tallies import Tally


@dataclass(frozen=True)
class Consensus:
    """Statements' numbers, the surest first."""

    agreed: tuple[int, ...]
    disagreed: tuple[int, ...]


def select_consensus(
    tallies: Sequence[Tally], *, left_out: Container[int] = (), most: int = MOST
) -> Consensus:
    """Statements that more than half, and significantly more, agree to; and the same against.

    `tallies` are those of everybody, in a group or not, one a statement; those in `left_out` are
    never chosen. At most `most` each way, by probability times z; of equals the earlier statement.
    """
    kept = {number: tally for number, tally in enumerate(tallies) if number not in left_out}
    turned = {number: tally.turned for number, tally in kept.items()}
    return Consensus(_surest(kept, most), _surest(turned, most))


def _surest(tallies: dict[int, Tally], most: int) -> tuple[int, ...]:
    weights = {
        number: probability_of(tally.agrees, tally.seen) * probability_z(tally.agrees, tally.seen)
        for number, tally in tallies.items()
        if probability_of(tally.agrees, tally.seen) > 0.5
        and probability_z(tally.agrees, tally.seen) > Z_90
    }
    return tuple(sorted(weights, key=lambda number: (-weights[number], number))[:most])
