"""How long deciding took: for half of the items, for nine in ten, and whether within its time.

A *percentile* here is the nearest rank: of n times in order, the one at place ceil(p n). So "half
were decided within 9 hours" is true of the items as they are, for even and odd n alike, and
nothing is interpolated. Vectors: of 1, 2, 3, 4 the half is 2 and the nine in ten 4; of 1 to 10 they
are 5 and 9; of one time, both are it.

All times are whole seconds since 1970-01-01 00:00 UTC, a Thursday. Shifts say from which second on
clocks are how far from UTC: days and months begin where the clocks say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from discussion.analysis.arrays import np

DAY = 86_400
THURSDAY = 3  # Monday is 0
EVERY = ""  # every kind, or every month


class Span(NamedTuple):
    """One item: its kind, which of the rules holds for it, and how long it waited."""

    kind: str
    rule: int
    since: int
    until: int


@dataclass(frozen=True)
class Pace:
    """How long the items of one kind and month waited."""

    count: int
    half: int  # seconds within which half were decided
    most: int  # and nine in ten
    in_time: int  # how many were decided within their time


def paces_of(
    spans: Sequence[Span],
    rules: Sequence[Sequence[int]],
    shifts: Sequence[tuple[int, int]] = ((0, 0),),
) -> dict[tuple[str, str], Pace]:
    """The pace by kind and month of the decision ("2026-11"), and over every kind or month.

    A rule says, for what began to wait on a Monday, on a Tuesday and so on, within how many
    seconds it was due. Source: the nearest rank, above.
    """
    if not spans:
        return {}
    kinds = sorted({span.kind for span in spans})
    at = {kind: index for index, kind in enumerate(kinds)}
    table = np.array([(at[one.kind], one.rule, one.since, one.until) for one in spans])
    kind, rule, since, until = table.T
    waited = np.maximum(until - since, 0)
    weekday = (_shifted(since, shifts) // DAY + THURSDAY) % 7
    is_in_time = waited <= np.array(rules)[rule, weekday]
    month = _shifted(until, shifts).astype("datetime64[s]").astype("datetime64[M]")
    return {
        (name, when): _pace(waited[chosen], is_in_time[chosen])
        for name, of_kind in _groups(kind, kinds)
        for when, chosen in _within(of_kind, month)
    }


def _shifted(seconds: Any, shifts: Sequence[tuple[int, int]]) -> Any:
    """What the clocks showed; before the first shift they are taken to have stood as then."""
    begins, offsets = np.array(shifts).T
    return seconds + offsets[np.maximum(np.searchsorted(begins, seconds, side="right") - 1, 0)]


def _groups(kind: Any, kinds: Sequence[str]) -> Iterator[tuple[str, Any]]:
    yield EVERY, np.arange(len(kind))
    for index, name in enumerate(kinds):
        yield name, np.flatnonzero(kind == index)


def _within(chosen: Any, month: Any) -> Iterator[tuple[str, Any]]:
    yield EVERY, chosen
    own = month[chosen]
    for one in np.unique(own):
        yield str(one), chosen[own == one]


def _pace(waited: Any, is_in_time: Any) -> Pace:
    ordered = np.sort(waited)
    count = len(ordered)
    half, most = (int(ordered[-(-count * part // 10) - 1]) for part in (5, 9))
    return Pace(count, half, most, int(is_in_time.sum()))
