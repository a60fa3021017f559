"""What two groups disagree about: ends, facts or means. A total function of ratings and tags."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from discussion.analysis.answers import (
    Answer,
    BadRatings,
    Kind,
    RatedStatement,
    answers_of,
    check_groups,
    numeric,
)
from discussion.analysis.ratings import (
    DEFAULTS,
    PermutationP,
    State,
    Thresholds,
    benjamini_hochberg,
    gap,
    permutation_p,
    state,
)
from discussion.analysis.reading import ReadingConflict
from discussion.analysis.tags import EmphasisGap

Verdict = Literal[
    "agreement",
    "agreement_for_different_reasons",
    "agreement_despite_facts",
    "about_ends",
    "about_facts",
    "about_ends_and_facts",
    "about_means",
    "partly_known",
    "agreement_reasons_unknown",
    "not_enough_to_say",
]
Reason = Literal[
    "too_few_rated",
    "statements_apart",
    "emphasis_apart",
    "read_differently",
    "mostly_alike",
    "neither_apart_nor_mostly_alike",
]

FEWEST_RATED: dict[Kind, int] = {"end": 2, "fact": 2, "means": 1}
FEWEST_ALIKE = 2

_ALIKE: frozenset[State] = frozenset({"alike"})
_APART: frozenset[State] = frozenset({"apart"})
_ANY: frozenset[State] = frozenset({"alike", "apart", "unclear", "insufficient"})
# means, ends, facts; the first row that fits. The last rows fit whatever is left.
_VERDICTS: tuple[tuple[frozenset[State], frozenset[State], frozenset[State], Verdict], ...] = (
    (_ALIKE, _ALIKE, _ALIKE, "agreement"),
    (_ALIKE, _APART, _ANY, "agreement_for_different_reasons"),
    (_ALIKE, _ALIKE, _APART, "agreement_despite_facts"),
    (_APART, _APART, _ALIKE, "about_ends"),
    (_APART, _ALIKE, _APART, "about_facts"),
    (_APART, _APART, _APART, "about_ends_and_facts"),
    (_APART, _ALIKE, _ALIKE, "about_means"),
    (_APART, _ANY, _ANY, "partly_known"),
    (_ALIKE, _ANY, _ANY, "agreement_reasons_unknown"),
    (_ANY, _ANY, _ANY, "not_enough_to_say"),
)


@dataclass(frozen=True)
class StatementFinding:
    """One statement between two groups; pairs are (a, b). No gap or p below the fewest raters."""

    key: str
    kind: Kind
    state: State
    gap: Fraction | None
    p: PermutationP | None  # indicative: of this statement alone
    adjusted_p: Fraction | None  # decides: within the round
    raters: tuple[int, int]
    dont_know: tuple[int, int]
    not_for_me: tuple[int, int]
    missing: tuple[int, int]  # raters short of the fewest


@dataclass(frozen=True)
class Dimension:
    """What is known of one kind of statement, why, and from which statements (by key)."""

    kind: Kind
    state: State
    reasons: tuple[Reason, ...]
    needed: int  # statements rated by enough
    apart: tuple[str, ...]
    alike: tuple[str, ...]
    unclear: tuple[str, ...]
    insufficient: tuple[str, ...]

    @property
    def rated(self) -> int:
        """How many statements enough raters of both groups rated."""
        return len(self.apart) + len(self.alike) + len(self.unclear)


@dataclass(frozen=True)
class Diagnosis:
    """The verdict, and everything that it was made from."""

    verdict: Verdict
    means: Dimension
    ends: Dimension
    facts: Dimension
    statements: tuple[StatementFinding, ...]
    tested: int  # statements among which false discoveries are held down
    emphasis: EmphasisGap | None
    readings: tuple[ReadingConflict, ...]
    groups: tuple[int, int]
    grouped_by: str | None  # the statement that made the groups, and is left out
    thresholds: Thresholds
    points: int
    seed: int


def verdict(means: State, ends: State, facts: State) -> Verdict:
    """What a disagreement is about, from what is known of means, ends and facts.

    Total: every combination of the four states has one verdict. Raises BadRatings for a state that
    is none of them. Source: our own, after
    Dryzek & Niemeyer (2006), doi:10.1111/j.1540-5907.2006.00206.x, and Sunstein's incompletely
    theorised agreements (1995).
    """
    for row in _VERDICTS:
        if means in row[0] and ends in row[1] and facts in row[2]:
            return row[3]
    raise BadRatings(f"{means!r}, {ends!r}, {facts!r}: one of these is no state")


@dataclass(frozen=True)
class TagFindings:
    """What the tags of two groups' positions say: values weighed, evidence read."""

    emphasis: EmphasisGap | None = None
    readings: tuple[ReadingConflict, ...] = ()


NO_TAGS = TagFindings()


def diagnose(
    statements: Iterable[RatedStatement],
    a: Collection[str],
    b: Collection[str],
    *,
    seed: int,
    points: int = 5,
    thresholds: Thresholds = DEFAULTS,
    tags: TagFindings = NO_TAGS,
    grouped_by: str | None = None,
) -> Diagnosis:
    """What two groups disagree about, with every number and reason that led there.

    `statements` are all those of one round of a thread; `a` and `b` the raters of the two groups,
    who need not have rated everything; others' answers are not looked at, but must be on the scale
    of `points`. `tags` come from the groups' positions. `grouped_by` is the
    means statement by which the groups were made: left out, and of no weight to the others.
    A statement is apart by its p adjusted among all that enough of both groups rated. Raises
    BadRatings for a rater in both groups, ratings off the scale, a key used twice, and for a
    `grouped_by` that is none of the means. Source: our own.
    """
    check_groups(a, b)
    all_statements = tuple(statements)
    _check_statements(all_statements, points, grouped_by)
    entering = [each for each in all_statements if each.key != grouped_by]
    found = _find(entering, (a, b), seed, points, thresholds)
    is_emphasis_apart = tags.emphasis is not None and tags.emphasis.is_apart
    is_read_differently = any(each.is_conflict for each in tags.readings)
    means = _dimension("means", found)
    ends = _dimension("end", found, ("emphasis_apart",) if is_emphasis_apart else ())
    facts = _dimension("fact", found, ("read_differently",) if is_read_differently else ())
    return Diagnosis(
        verdict=verdict(means.state, ends.state, facts.state),
        means=means,
        ends=ends,
        facts=facts,
        statements=found,
        tested=sum(each.p is not None for each in found),
        emphasis=tags.emphasis,
        readings=tags.readings,
        groups=(len(set(a)), len(set(b))),
        grouped_by=grouped_by,
        thresholds=thresholds,
        points=points,
        seed=seed,
    )


def _check_statements(
    statements: Sequence[RatedStatement], points: int, grouped_by: str | None
) -> None:
    kinds = {each.key: each.kind for each in statements}
    if len(kinds) < len(statements):
        raise BadRatings("a statement is there twice")
    if grouped_by is not None and kinds.get(grouped_by) != "means":
        raise BadRatings("groups are made by a means statement of the round")
    for each in statements:
        numeric(each.answers.values(), points)


def _find(
    statements: Sequence[RatedStatement],
    groups: tuple[Collection[str], Collection[str]],
    seed: int,
    points: int,
    thresholds: Thresholds,
) -> tuple[StatementFinding, ...]:
    answers = {
        each.key: (answers_of(groups[0], each.answers), answers_of(groups[1], each.answers))
        for each in statements
    }
    # One seed for all: then nothing depends on the order of the statements.
    ps = {
        key: permutation_p(here, there, points, seed)
        for key, (here, there) in answers.items()
        if max(_missing(here, there, points, thresholds)) == 0
    }
    adjusted = dict(zip(ps, benjamini_hochberg(p.value for p in ps.values()), strict=True))
    return tuple(
        _finding(
            each, *answers[each.key], ps.get(each.key), adjusted.get(each.key), points, thresholds
        )
        for each in statements
    )


def _finding(
    statement: RatedStatement,
    here: tuple[Answer, ...],
    there: tuple[Answer, ...],
    p: PermutationP | None,
    adjusted: Fraction | None,
    points: int,
    thresholds: Thresholds,
) -> StatementFinding:
    decides = Fraction(1) if adjusted is None else adjusted
    return StatementFinding(
        key=statement.key,
        kind=statement.kind,
        state=state(here, there, decides, points=points, thresholds=thresholds),
        gap=None if p is None else gap(here, there, points),
        p=p,
        adjusted_p=adjusted,
        raters=(len(numeric(here, points)), len(numeric(there, points))),
        dont_know=(here.count("dont_know"), there.count("dont_know")),
        not_for_me=(here.count("not_for_me"), there.count("not_for_me")),
        missing=_missing(here, there, points, thresholds),
    )


def _missing(
    here: tuple[Answer, ...], there: tuple[Answer, ...], points: int, thresholds: Thresholds
) -> tuple[int, int]:
    first, second = (
        max(thresholds.min_group - len(numeric(each, points)), 0) for each in (here, there)
    )
    return first, second


def _dimension(
    kind: Kind, found: Iterable[StatementFinding], tags: tuple[Reason, ...] = ()
) -> Dimension:
    """The state of one kind: tags can part those of whom enough is known, and nobody else."""
    keys: dict[State, list[str]] = {"apart": [], "alike": [], "unclear": [], "insufficient": []}
    for each in found:
        if each.kind == kind:
            keys[each.state].append(each.key)
    parted: tuple[Reason, ...] = (*(("statements_apart",) if keys["apart"] else ()), *tags)
    known, reasons = _known(kind, keys, parted)
    return Dimension(
        kind=kind,
        state=known,
        reasons=reasons,
        needed=FEWEST_RATED[kind],
        apart=tuple(keys["apart"]),
        alike=tuple(keys["alike"]),
        unclear=tuple(keys["unclear"]),
        insufficient=tuple(keys["insufficient"]),
    )


def _known(
    kind: Kind, keys: dict[State, list[str]], parted: tuple[Reason, ...]
) -> tuple[State, tuple[Reason, ...]]:
    """Tried in this order: insufficient, apart, alike, unclear."""
    alike = len(keys["alike"])
    rated = len(keys["apart"]) + alike + len(keys["unclear"])
    if rated < FEWEST_RATED[kind]:
        return "insufficient", ("too_few_rated",)
    if parted:
        return "apart", parted
    if rated >= FEWEST_ALIKE and 2 * alike >= rated:
        return "alike", ("mostly_alike",)
    return "unclear", ("neither_apart_nor_mostly_alike",)
