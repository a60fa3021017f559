"""What changed between two rounds, all raters of each together."""

from collections.abc import Mapping
from fractions import Fraction

from discussion.analysis.spread import Spread, counted_spread, stable
from discussion.weighing.findings.computing.comparing import cell_of, rating_counts
from discussion.weighing.findings.content.counted import Counted, NoNumbers
from discussion.weighing.findings.content.whole import (
    ChangedStatement,
    CountedChange,
    HiddenChange,
)


def spread_of(counted: Counted, code: str) -> Spread | None:
    """Median and quartiles of everybody, where they are shown."""
    cell = cell_of(counted, code, counted.room)
    counts = rating_counts(cell)
    return None if counts is None else counted_spread(counts)


def find_change(before: Counted | None, after: Counted) -> CountedChange | None:
    """Statements that mean the same in both rounds; None without a round before, or none of them.

    `hidden` are those whose numbers cannot be told apart from an earlier round's. Rounds of
    different scales are not compared.
    """
    if before is None or before.round.points != after.round.points:
        return None
    was, now = _spreads(before), _spreads(after)
    found = stable(was, now)
    codes = {each.same: each.code for each in after.statements}
    rows = tuple(
        ChangedStatement(code, then, today, has_settled=same in found.settled)
        for same, code in codes.items()
        if (then := _median(was, same)) is not None and (today := _median(now, same)) is not None
    )
    told = {row.code for row in rows}
    hidden = tuple(
        HiddenChange(code, moved)
        for code, moved in (after.moved or {}).items()
        if code not in told and isinstance(cell_of(after, code, after.room), NoNumbers)
    )
    if not rows and not hidden:
        return None
    return CountedChange(
        before=before.round.number, is_stable=found.is_stable, rows=rows, hidden=hidden
    )


def _median(spreads: Mapping[str, Spread], same: str) -> Fraction | None:
    return spreads[same].median if same in spreads else None


def _spreads(counted: Counted) -> dict[str, Spread]:
    found = {each.same: spread_of(counted, each.code) for each in counted.statements}
    return {same: each for same, each in found.items() if each is not None}
