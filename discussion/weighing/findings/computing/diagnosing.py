"""What two groups' numbers bear to be said of them, from what is shown and from nothing else.

A statement whose numbers are not shown of both has none: then there is not enough to say of it.
"""

from discussion.analysis.answered import Answered
from discussion.analysis.cruxes import crux_state
from discussion.analysis.diagnosis import Diagnosis, diagnose_counted
from discussion.analysis.difference import Difference
from discussion.analysis.kinds import KindFinding
from discussion.analysis.ratings import Thresholds
from discussion.analysis.settling import find_settling
from discussion.analysis.statement_findings import CountedStatement, StatementFinding
from discussion.weighing.findings.computing.cells import cell_of, size_of
from discussion.weighing.findings.content.counted import Cell, Counted, NoNumbers, Pair
from discussion.weighing.findings.content.diagnosed import (
    Diagnosed,
    DiagnosedDifference,
    DiagnosedKind,
    DiagnosedRoom,
    DiagnosedSettling,
    DiagnosedStatement,
)


def find_diagnosis(counted: Counted, pair: Pair, grouped_by: str | None) -> Diagnosed:
    """One pair of groups, as a snapshot keeps it."""
    about = counted.round
    limits = about.limits.thresholds(about.min_group)
    found = diagnose_counted(
        _rated(counted, pair),
        (size_of(counted, pair.a), size_of(counted, pair.b)),
        seed=about.seed,
        thresholds=limits,
        grouped_by=grouped_by,
    )
    return Diagnosed(
        verdict=found.verdict,
        tested=found.tested,
        habit=found.habit,
        kinds={each.kind: _kind(each) for each in found.kinds},
        statements={
            each.key: _statement(each, found, _crux(counted, each.key, pair), limits)
            for each in found.statements
        },
    )


def answered_in(cell: Cell, points: int) -> Answered:
    """What a cell tells; of nobody where it tells nothing."""
    if isinstance(cell, NoNumbers):
        return Answered((0,) * points)
    return Answered(cell.counts, cell.dont_know, cell.not_for_me)


def _rated(counted: Counted, pair: Pair) -> list[CountedStatement]:
    points, nobody = counted.round.points, Answered((0,) * counted.round.points)
    found = []
    for each in counted.statements:
        if each.kind == "":
            continue
        a, b = (answered_in(cell_of(counted, each.code, key), points) for key in (pair.a, pair.b))
        if not a.asked or not b.asked:  # one is not shown: then neither is compared
            a = b = nobody
        room = answered_in(cell_of(counted, each.code, counted.room), points)
        found.append(CountedStatement(each.code, each.kind, a, b, room))
    return found


def _crux(counted: Counted, code: str, pair: Pair) -> str:
    """What marks say, of both groups together; imported answers have none."""
    here, there = (cell_of(counted, code, key) for key in (pair.a, pair.b))
    if counted.round.imported_from:
        return "not_asked"
    if isinstance(here, NoNumbers) or isinstance(there, NoNumbers):
        return "too_few_marks"
    return crux_state(here.up + there.up, here.down + there.down, here.raters + there.raters)


def _kind(found: KindFinding) -> DiagnosedKind:
    return DiagnosedKind(found.state, found.needed, found.most, dict(found.by_state))


def _statement(
    found: StatementFinding, among: Diagnosis, crux: str, limits: Thresholds
) -> DiagnosedStatement:
    settling = find_settling(found, among.tested, limits)
    return DiagnosedStatement(
        state=found.state,
        side=found.side,
        is_within=found.is_within,
        is_split_within=found.is_split_within,
        difference=_difference(found.difference) if found.difference else None,
        crux=crux,
        room=DiagnosedRoom(found.room.state, found.room.side),
        settling=_settling(settling.state, settling.towards, settling.more),
    )


def _settling(state: str, towards: str, more: tuple[int, int]) -> DiagnosedSettling:
    """Of what too few have rated, how many are missing would tell how many there are."""
    return DiagnosedSettling(state, towards, (0, 0) if state == "unrated" else more)


def _difference(found: Difference) -> DiagnosedDifference:
    return DiagnosedDifference(
        gap=found.gap,
        shift=found.shift,
        p=found.p.value,
        p_kind=found.p.kind,
        at_least=found.p.at_least,
        relabellings=found.p.relabellings,
        adjusted_p=found.adjusted_p,
        most=found.most,
        least=found.least,
    )
