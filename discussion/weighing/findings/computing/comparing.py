"""What two groups disagree about, from numbers that are shown and from published positions.

The diagnosis wants people with answers. It is given as many as the numbers say, and none where a
number is not shown: then there is not enough to say, and nothing else could be told.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from discussion.analysis.agreement import agreement, bridge, consensus, in_a_word
from discussion.analysis.answered import Answered
from discussion.analysis.answers import Answer
from discussion.analysis.cruxes import FEWEST as FEWEST_CRUX_RATERS
from discussion.analysis.diagnosis import diagnose_counted
from discussion.analysis.group_informed_consensus import small_group_consensus
from discussion.analysis.kinds import KindFinding, is_split_within
from discussion.analysis.ratings import Thresholds
from discussion.analysis.room import find_room
from discussion.analysis.statement_findings import CountedStatement as Rated
from discussion.analysis.statement_findings import StatementFinding
from discussion.analysis.tallies import Tally
from discussion.weighing.findings.computing.given import GivenTags
from discussion.weighing.findings.computing.groups import BOTH, EVERYBODY, LEANS, OTHERS, PARTITIONS
from discussion.weighing.findings.computing.tagging import compare_tags
from discussion.weighing.findings.content.compared import (
    Compared,
    ComparedCrux,
    ComparedDimension,
    ComparedStatement,
    Comparisons,
)
from discussion.weighing.findings.content.counted import (
    Cell,
    Counted,
    CountedGroup,
    NoNumbers,
    Numbers,
    Pair,
)
from discussion.weighing.findings.content.whole import RoomStatement

FEW = NoNumbers("few")


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
    compared = compare_tags(tags, counted.statements, a, b)
    limits = about.limits.thresholds(about.min_group)
    diagnosis = diagnose_counted(
        _rated(counted, a, b),
        (size_of(counted, a), size_of(counted, b)),
        seed=about.seed,
        thresholds=limits,
        grouped_by=grouped_by,
    )
    return Compared(
        a=a,
        b=b,
        grouped_by=grouped_by,
        verdict=diagnosis.verdict,
        tested=diagnosis.tested,
        dimensions={each.kind: _dimension(each) for each in diagnosis.kinds},
        statements={
            each.key: _statement(each, counted, pair, limits) for each in diagnosis.statements
        },
        cruxes=_cruxes(counted, a, b, limits),
        tags=compared.content,
        habit=diagnosis.habit,
        is_split=is_split_within(diagnosis.statements),
    )


def size_of(counted: Counted, key: str) -> int:
    """How many raters a group has; 0 where that is not shown."""
    if key == BOTH:
        return sum(size_of(counted, each) for each in _headline(counted))
    if key.startswith(f"{OTHERS}:"):
        size = size_of(counted, key.removeprefix(f"{OTHERS}:"))
        return max(size_of(counted, EVERYBODY) - size, 0) if size else 0
    group = counted.groups.get(key)
    return group.size or 0 if group else 0


def cell_of(counted: Counted, code: str, key: str) -> Cell:
    """A group's numbers for a statement, or why not; sums and differences of what is shown."""
    cells = counted.cells[code]
    if key == BOTH:
        two = [cells.get(each, FEW) for each in _headline(counted)]
        return _combined(two[0], two[1], 1) if len(two) == 2 else FEW
    if key.startswith(f"{OTHERS}:"):
        group = cells.get(key.removeprefix(f"{OTHERS}:"), FEW)
        return _combined(cells.get(EVERYBODY, FEW), group, -1)
    return cells.get(key, FEW)


def rating_counts(cell: Cell) -> tuple[int, ...] | None:
    """How many chose each point; None where that is not shown, or nobody chose any."""
    return cell.counts if isinstance(cell, Numbers) and cell.raters else None


def answers_in(cell: Cell) -> list[Answer]:
    """As many answers as a cell tells of, in order."""
    if isinstance(cell, NoNumbers):
        return []
    found: list[Answer] = []
    for point, number in enumerate(cell.counts, start=1):
        found += [point] * number
    found += ["dont_know"] * cell.dont_know
    found += ["not_for_me"] * cell.not_for_me
    return found


def tally_of(counted: Counted, code: str, key: str) -> Tally | None:
    """Who agrees and who disagrees, where it is shown."""
    counts = rating_counts(cell_of(counted, code, key))
    if counts is None:
        return None
    points = counted.round.points
    least = (points + 1) // 2 + 1  # agreeing; disagreeing is its mirror image
    return Tally(sum(counts[least - 1 :]), sum(counts[: points + 1 - least]), sum(counts))


def _headline(counted: Counted) -> tuple[str, ...]:
    return tuple(key for pair in counted.pairs[:1] for key in (pair.a, pair.b))


def _combined(one: Cell, other: Cell, sign: int) -> Cell:
    if isinstance(one, NoNumbers):
        return NoNumbers(one.why)
    if isinstance(other, NoNumbers):
        return NoNumbers(other.why)
    return Numbers(
        counts=tuple(x + sign * y for x, y in zip(one.counts, other.counts, strict=True)),
        up=one.up + sign * other.up,
        down=one.down + sign * other.down,
        dont_know=one.dont_know + sign * other.dont_know,
        not_for_me=one.not_for_me + sign * other.not_for_me,
    )


def _rated(counted: Counted, a: str, b: str) -> list[Rated]:
    """Nobody's answers where one of the two is not shown: then neither is compared."""
    found = []
    for each in counted.statements:
        if each.kind == "":
            continue
        two = [answered_in(cell_of(counted, each.code, key), counted) for key in (a, b)]
        if not all(one.raters for one in two):
            two = [_nobody(counted)] * 2
        room = answered_in(cell_of(counted, each.code, counted.room), counted)
        found.append(Rated(each.code, each.kind, two[0], two[1], room))
    return found


def find_room_in(counted: Counted) -> dict[str, RoomStatement]:
    """What the whole room says of each statement, with the round's declared headline groups."""
    about = counted.round
    limits = about.limits.thresholds(about.min_group)
    two = [key for key in _headline(counted) if key.split(":")[0] in PARTITIONS]
    found = {}
    for each in counted.statements:
        room, *groups = (
            answered_in(cell_of(counted, each.code, key), counted) for key in (counted.room, *two)
        )
        said = find_room(room, groups, limits)
        found[each.code] = RoomStatement(said.state, said.side)
    return found


def answered_in(cell: Cell, counted: Counted) -> Answered:
    """A cell as the analysis takes it; nobody where it is not shown."""
    if isinstance(cell, NoNumbers):
        return _nobody(counted)
    return Answered(cell.counts, cell.dont_know, cell.not_for_me)


def _nobody(counted: Counted) -> Answered:
    return Answered((0,) * counted.round.points, 0, 0)


def _dimension(found: KindFinding) -> ComparedDimension:
    return ComparedDimension(
        state=found.state,
        reasons=(),
        needed=found.needed,
        rated=found.rated,
        apart=found.apart,
        alike=found.alike,
        unclear=found.unclear,
        insufficient=found.insufficient,
        same_side=found.same_side,
        unknown=found.unknown,
        most=found.most,
    )


def _statement(
    found: StatementFinding, counted: Counted, pair: Pair, limits: Thresholds
) -> ComparedStatement:
    """What parts the two, what they have in common, and whether one is wholly higher."""
    tested = _tested(found)
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


def _tested(found: StatementFinding) -> ComparedStatement:
    difference = found.difference
    if difference is None:
        return ComparedStatement(state=found.state)
    p = difference.p
    return ComparedStatement(
        state=found.state,
        gap=difference.gap,
        p=p.value,
        p_kind=p.kind,
        at_least=p.at_least,
        relabellings=p.relabellings,
        adjusted_p=difference.adjusted_p,
        shift=float(difference.shift),
        reach=difference.reach,
        most=difference.most,
        least=difference.least,
        side=found.side,
        is_within=found.is_within,
        is_split_within=found.is_split_within,
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
