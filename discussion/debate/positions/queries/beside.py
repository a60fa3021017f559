"""Positions to read beside one another: by the same road for other reasons, or the reverse."""

from collections.abc import Sequence

from discussion import paths
from discussion.analysis.pairs import distances, is_same_strategy, is_same_value
from discussion.debate.positions.queries.gists import Standing
from discussion.debate.positions.queries.shapes import Neighbour
from discussion.debate.threads.queries.mapping import placed_of
from discussion.language import _

MOST_OF_A_KIND = 2


def list_neighbours(card: Standing, others: Sequence[Standing]) -> tuple[Neighbour, ...]:
    """The clearest pairs in which this position stands, as `analysis.pairs` defines them."""
    own = placed_of(card)
    rest = [(other, placed_of(other)) for other in others if other.id != card.id]
    same_value = [
        (-max(distances(own, its)), other.id, other)
        for other, its in rest
        if is_same_value(own, its)
    ]
    same_strategy = [
        (sum(distances(own, its)), other.id, other)
        for other, its in rest
        if is_same_strategy(own, its)
    ]
    return (
        *(_by_value(other) for *_rank, other in sorted(same_value, key=_rank)[:MOST_OF_A_KIND]),
        *(_by_place(other) for *_rank, other in sorted(same_strategy, key=_rank)[:MOST_OF_A_KIND]),
    )


def _rank(found: tuple[float, str, Standing]) -> tuple[float, str]:
    return found[0], found[1]


def _by_value(other: Standing) -> Neighbour:
    why = _(
        "also puts %(value)s first; %(place)s.",
        value=other.served[0].label,
        place=other.place_words[:1].lower() + other.place_words[1:],
    )
    return Neighbour(other.number, paths.position(other.id), why, "same_value")


def _by_place(other: Standing) -> Neighbour:
    why = _("at the same place, and puts %(value)s first.", value=other.served[0].label)
    return Neighbour(other.number, paths.position(other.id), why, "same_strategy")
