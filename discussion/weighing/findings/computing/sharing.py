"""Which reasons positions on both sides of a scale give: values they serve, by where they stand.

Made from published positions alone, as their readers see them on the map and on their cards: no
answer of a round and no group of people is in it, so nothing of it has to be kept from anybody.
"""

from collections.abc import Iterable, Sequence

from discussion.analysis.reasons import appeal
from discussion.weighing.findings.computing.given import GivenPosition, GivenScale, GivenTags
from discussion.weighing.findings.content.patterns import SharedReason, SharedReasons

MIDDLE = 0.5


def find_shared_reasons(tags: GivenTags) -> tuple[SharedReasons, ...]:
    """By scale of the thread on which any position stands."""
    found = []
    for scale in tags.scales:
        there = [each for each in tags.positions if scale.slug in each.places]
        if there:
            found.append(_shared(scale, there))
    return tuple(found)


def _shared(scale: GivenScale, there: Sequence[GivenPosition]) -> SharedReasons:
    at = [each.places[scale.slug] for each in there]
    served = {value for each in there for value in each.served}
    rows = [
        _reason(value, [p for each, p in zip(there, at, strict=True) if value in each.served])
        for value in served
    ]
    return SharedReasons(
        scale=scale.slug,
        low=scale.low,
        high=scale.high,
        positions=dict(zip(("low", "middle", "high"), _sides(at), strict=True)),
        reasons=tuple(
            sorted(
                (row for row in rows if row.low and row.high),
                key=lambda row: (-row.positions, row.value),
            )
        ),
    )


def _reason(value: str, at: Sequence[float]) -> SharedReason:
    found = appeal(2 * place - 1 for place in at)
    return SharedReason(value, found.people, *_sides(at), round(found.spread, 6))


def _sides(at: Iterable[float]) -> tuple[int, int, int]:
    """How many stand below the middle, on it, and above."""
    places = list(at)
    low, high = (sum(sign * (place - MIDDLE) > 0 for place in places) for sign in (-1, 1))
    return low, len(places) - low - high, high
