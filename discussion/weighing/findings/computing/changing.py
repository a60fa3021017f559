"""What changed between two rounds: for all raters together, and for the headline groups."""

from collections.abc import Mapping
from fractions import Fraction

from discussion.analysis.moving import BothRounds, Move, find_kind_moves, find_moves
from discussion.analysis.spread import Spread, counted_spread, stable
from discussion.weighing.findings.computing.cells import cell_of, rating_counts
from discussion.weighing.findings.computing.diagnosing import answered_in
from discussion.weighing.findings.content.counted import Counted, NoNumbers
from discussion.weighing.findings.content.diagnosed import DiagnosedKindMove, DiagnosedMove
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
    moves = _find_moves(before, after)
    return CountedChange(
        before=before.round.number,
        is_stable=found.is_stable,
        rows=rows,
        hidden=hidden,
        moves=tuple(_move(each, _unseen(each, after)) for each in moves),
        kinds=tuple(
            DiagnosedKindMove(each.kind, each.group, each.state, each.moved)
            for each in find_kind_moves(moves)
        ),
    )


def _find_moves(before: Counted, after: Counted) -> tuple[Move, ...]:
    """Everybody's, and the headline groups': of the same people where that may be told.

    Else as two samples, where both rounds show their numbers.
    """
    earlier = {each.same: each.code for each in before.statements}
    points = after.round.points
    headline = after.pairs[0] if after.pairs else None
    groups = dict.fromkeys((after.room, *((headline.a, headline.b) if headline else ())))
    given = []
    for each in after.statements:
        if each.kind == "" or each.same not in earlier:
            continue
        for group in groups:
            was = cell_of(before, earlier[each.same], before.room if group == after.room else group)
            now = cell_of(after, each.code, group)
            steps = _steps(before, after, each.code, group)
            if steps is None and (isinstance(was, NoNumbers) or isinstance(now, NoNumbers)):
                continue
            two = answered_in(was, points), answered_in(now, points)
            given.append(BothRounds(each.code, each.kind, group, *two, steps))
    limits = after.round.limits.thresholds(after.round.min_group)
    return find_moves(given, after.round.seed, limits)


def _steps(before: Counted, after: Counted, code: str, group: str) -> tuple[int, ...] | None:
    """Of people who were compared with themselves, as nobody is with imported answers."""
    if before.round.imported_from:
        return None
    return (after.steps or {}).get(code, {}).get(group)


def _unseen(found: Move, after: Counted) -> float:
    """The move that a few could have made unseen, one step each.

    That nobody moved is not told apart from it.
    """
    about = after.round
    if not found.is_paired or not found.compared:
        return 0.0
    return min((about.min_group - 1) / (found.compared * (about.points - 1)), 1.0)


def _move(found: Move, unseen: float) -> DiagnosedMove:
    return DiagnosedMove(
        code=found.key,
        kind=found.kind,
        group=found.group,
        state=found.state,
        is_paired=found.is_paired,
        compared=found.compared,
        shift=found.shift,
        adjusted_p=found.adjusted_p,
        most=None if found.most is None else max(found.most, unseen),
        least=found.least,
    )


def _median(spreads: Mapping[str, Spread], same: str) -> Fraction | None:
    return spreads[same].median if same in spreads else None


def _spreads(counted: Counted) -> dict[str, Spread]:
    found = {each.same: spread_of(counted, each.code) for each in counted.statements}
    return {same: each for same, each in found.items() if each is not None}
