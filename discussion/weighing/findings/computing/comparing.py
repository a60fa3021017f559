"""What two groups disagree about, from numbers that are shown and from published positions."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from discussion.analysis.agreement import agreement, bridge, consensus, in_a_word
from discussion.analysis.cruxes import FEWEST as FEWEST_CRUX_RATERS
from discussion.analysis.group_informed_consensus import small_group_consensus
from discussion.analysis.ratings import Thresholds
from discussion.analysis.room import find_room
from discussion.weighing.findings.computing.cells import (
    cell_of,
    rating_counts,
    tally_of,
)
from discussion.weighing.findings.computing.diagnosing import answered_in, find_diagnosis
from discussion.weighing.findings.computing.given import GivenTags
from discussion.weighing.findings.computing.groups import EVERYBODY, LEANS, OTHERS, PARTITIONS
from discussion.weighing.findings.computing.tagging import compare_tags
from discussion.weighing.findings.content.compared import (
    Compared,
    ComparedCrux,
    ComparedDimension,
    ComparedStatement,
    Comparisons,
)
from discussion.weighing.findings.content.counted import (
    Counted,
    CountedGroup,
    NoNumbers,
    Pair,
)
from discussion.weighing.findings.content.diagnosed import (
    DiagnosedKind,
    DiagnosedRoom,
    DiagnosedStatement,
)


def find_in(counted: Counted, tags: GivenTags) -> Comparisons:
    """Every comparison of a counted round: of its pairs, and of each group with all others."""
    pairs = counted.pairs + tuple(
        Pair(f"as:{key}", key, f"{OTHERS}:{key}")
        for key, group in counted.groups.items()
        if is_declared(key, group) and counted.room == EVERYBODY
    )
    return Comparisons(
        headline=counted.pairs[0].key if counted.pairs else "",
        comparisons={pair.key: compare(counted, tags, pair) for pair in pairs},
    )


def is_declared(key: str, group: CountedGroup) -> bool:
    """Whether people declared to be of it, and its size is shown: it can be compared by itself."""
    return group.size is not None and key.split(":")[0] in PARTITIONS


def compare(counted: Counted, tags: GivenTags, pair: Pair) -> Compared:
    """One pair of groups: the diagnosis, with everything that it was made from."""
    about, a, b = counted.round, pair.a, pair.b
    grouped_by = pair.key.split(":")[1] if pair.key.startswith(f"{LEANS}:") else None
    compared = compare_tags(tags, counted, a, b)
    limits = about.limits.thresholds(about.min_group)
    diagnosis = find_diagnosis(counted, pair, grouped_by)
    return Compared(
        a=a,
        b=b,
        grouped_by=grouped_by,
        verdict=diagnosis.verdict,
        tested=diagnosis.tested,
        dimensions={kind: _dimension(each) for kind, each in diagnosis.kinds.items()},
        statements={
            code: _statement(code, each, counted, pair, limits)
            for code, each in diagnosis.statements.items()
        },
        cruxes=_cruxes(counted, a, b, limits),
        tags=compared.content,
        diagnosis=diagnosis,
    )


def find_room_in(counted: Counted) -> dict[str, DiagnosedRoom]:
    """What the whole room says of each statement, with the round's declared headline groups."""
    about = counted.round
    limits = about.limits.thresholds(about.min_group)
    two = [key for pair in counted.pairs[:1] for key in (pair.a, pair.b)]
    declared = [key for key in two if key.split(":")[0] in PARTITIONS]
    found = {}
    for each in counted.statements:
        room, *groups = (
            answered_in(cell_of(counted, each.code, key), about.points)
            for key in (counted.room, *declared)
        )
        said = find_room(room, groups, limits)
        found[each.code] = DiagnosedRoom(said.state, said.side)
    return found


def _dimension(found: DiagnosedKind) -> ComparedDimension:
    return ComparedDimension(
        state=found.state,
        reasons=(),
        needed=found.needed,
        rated=found.rated,
        apart=found.of("apart"),
        alike=found.of("alike"),
        unclear=found.of("unclear"),
        insufficient=found.of("insufficient"),
    )


def _statement(
    code: str, found: DiagnosedStatement, counted: Counted, pair: Pair, limits: Thresholds
) -> ComparedStatement:
    """What parts the two, what they have in common, and whether one is wholly higher."""
    tested = _tested(found)
    two = (pair.a, pair.b)
    cells = [cell_of(counted, code, key) for key in two]
    counts = [some for cell in cells if (some := rating_counts(cell)) is not None]
    tallies = [tally for key in two if (tally := tally_of(counted, code, key)) is not None]
    if len(counts) < len(two) or len(tallies) < len(two):
        return tested
    answers = [answered_in(cell, counted.round.points) for cell in cells]
    return replace(
        tested,
        bridge=bridge(answers).product,
        consensus=consensus(answers, limits).state,
        common=small_group_consensus(tallies),
        against=small_group_consensus(tallies, against=True),
        is_one_sided=_is_one_sided(*counts),
    )


def _tested(found: DiagnosedStatement) -> ComparedStatement:
    known = found.difference
    if known is None:
        return ComparedStatement(state=found.state)
    return ComparedStatement(
        state=found.state,
        gap=known.gap,
        p=known.p,
        p_kind=known.p_kind,
        at_least=known.at_least,
        relabellings=known.relabellings,
        adjusted_p=known.adjusted_p,
    )


def _is_one_sided(first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether one group's ratings lie wholly higher: then the gap is the distance of the means."""
    sizes = sum(first), sum(second)
    above = [
        sum(first[: n + 1]) * sizes[1] - sum(second[: n + 1]) * sizes[0] for n in range(len(first))
    ]
    return all(each >= 0 for each in above) or all(each <= 0 for each in above)


def _cruxes(counted: Counted, a: str, b: str, limits: Thresholds) -> tuple[ComparedCrux, ...]:
    """Where both sides say that another view of it would change their position; strongest first."""
    found = []
    fewest = max(limits.min_group, FEWEST_CRUX_RATERS)
    for each in counted.statements:
        here, there = (cell_of(counted, each.code, key) for key in (a, b))
        if isinstance(here, NoNumbers) or isinstance(there, NoNumbers):
            continue
        if min(here.raters, there.raters) < fewest:
            continue
        pairs = here.up * there.down + here.down * there.up
        if pairs:
            possible = here.raters * there.raters
            found.append(
                ComparedCrux(
                    code=each.code,
                    pairs=pairs,
                    possible=possible,
                    share=Fraction(pairs, possible),
                    sides=(here.up, here.down, there.up, there.down),
                )
            )
    return tuple(sorted(found, key=lambda crux: (-crux.share, crux.code)))


def agreement_in(counts: Sequence[int]) -> tuple[Fraction, str]:
    """Whether a group is of one mind, as a number and a word."""
    found = agreement(counts)
    return found, in_a_word(found)
