"""What two groups disagree about, from numbers that are shown and from published positions.

The diagnosis wants people with answers. It is given as many as the numbers say, and none where a
number is not shown: then there is not enough to say, and nothing else could be told.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from discussion.analysis.agreement import agreement, bridge, consensus, in_a_word
from discussion.analysis.answers import RatedStatement
from discussion.analysis.cruxes import FEWEST as FEWEST_CRUX_RATERS
from discussion.analysis.earlier_diagnosis import (
    Diagnosis,
    Dimension,
    StatementFinding,
    TagFindings,
    diagnose,
)
from discussion.analysis.group_informed_consensus import small_group_consensus
from discussion.analysis.ratings import Thresholds
from discussion.weighing.findings.computing.cells import (
    answers_in,
    cell_of,
    rating_counts,
    size_of,
    tally_of,
)
from discussion.weighing.findings.computing.diagnosing import find_diagnosis
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
    diagnosis = diagnose(
        _rated(counted, a, b),
        _people("a", size_of(counted, a)),
        _people("b", size_of(counted, b)),
        seed=about.seed,
        points=about.points,
        thresholds=limits,
        tags=TagFindings(compared.emphasis, compared.readings),
        grouped_by=grouped_by,
    )
    return Compared(
        a=a,
        b=b,
        grouped_by=grouped_by,
        verdict=diagnosis.verdict,
        tested=diagnosis.tested,
        dimensions={d.kind: _dimension(d) for d in _dimensions(diagnosis)},
        statements={
            each.key: _statement(each, counted, pair, limits) for each in diagnosis.statements
        },
        cruxes=_cruxes(counted, a, b, limits),
        tags=compared.content,
        diagnosis=find_diagnosis(counted, pair, grouped_by),
    )


def _rated(counted: Counted, a: str, b: str) -> list[RatedStatement]:
    found = []
    for each in counted.statements:
        if each.kind == "":
            continue
        two = [answers_in(cell_of(counted, each.code, key)) for key in (a, b)]
        if not all(two):  # one is not shown: then neither is compared
            two = [[], []]
        answers = {
            f"{side}{number}": answer
            for side, given in zip("ab", two, strict=True)
            for number, answer in enumerate(given)
        }
        found.append(RatedStatement(each.code, each.kind, answers))
    return found


def _people(side: str, size: int) -> list[str]:
    return [f"{side}{number}" for number in range(size)]


def _dimensions(diagnosis: Diagnosis) -> tuple[Dimension, ...]:
    return diagnosis.ends, diagnosis.facts, diagnosis.means


def _dimension(found: Dimension) -> ComparedDimension:
    return ComparedDimension(
        state=found.state,
        reasons=found.reasons,
        needed=found.needed,
        rated=found.rated,
        apart=found.apart,
        alike=found.alike,
        unclear=found.unclear,
        insufficient=found.insufficient,
    )


def _statement(
    found: StatementFinding, counted: Counted, pair: Pair, limits: Thresholds
) -> ComparedStatement:
    """What parts the two, what they have in common, and whether one is wholly higher."""
    p = found.p
    tested = ComparedStatement(
        state=found.state,
        gap=found.gap,
        p=p.value if p else None,
        p_kind=p.kind if p else "",
        at_least=p.at_least if p else 0,
        relabellings=p.relabellings if p else 0,
        adjusted_p=found.adjusted_p,
    )
    two = (pair.a, pair.b)
    cells = [cell_of(counted, found.key, key) for key in two]
    counts = [some for cell in cells if (some := rating_counts(cell)) is not None]
    tallies = [tally for key in two if (tally := tally_of(counted, found.key, key)) is not None]
    if len(counts) < len(two) or len(tallies) < len(two):
        return tested
    answers, points = [answers_in(cell) for cell in cells], counted.round.points
    return replace(
        tested,
        bridge=bridge(answers, points).product,
        consensus=consensus(answers, points=points, thresholds=limits).state,
        common=small_group_consensus(tallies),
        against=small_group_consensus(tallies, against=True),
        is_one_sided=_is_one_sided(*counts),
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
