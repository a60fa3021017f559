"""What is known of ends, facts and means, and the verdict that follows from all three."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from discussion.analysis.answers import BadRatings, Kind
from discussion.analysis.statement_findings import StatementFinding, StatementState

KindState = Literal["insufficient", "apart", "agreed", "alike", "unclear"]
Verdict = Literal[
    "agreement",
    "same_course_for_different_reasons",
    "same_course_despite_facts",
    "about_ends",
    "about_facts",
    "about_ends_and_facts",
    "about_means",
    "split_within_groups",
    "answered_alike",
    "partly_known",
    "not_enough_to_say",
]

FEWEST_RATED: dict[Kind, int] = {"end": 2, "fact": 2, "means": 1}
FEWEST_ALIKE = 2

_STATES: frozenset[KindState] = frozenset({"insufficient", "apart", "agreed", "alike", "unclear"})
_AGREED: frozenset[KindState] = frozenset({"agreed"})
_APART: frozenset[KindState] = frozenset({"apart"})
_SETTLED: frozenset[KindState] = frozenset({"agreed", "alike"})
_NOT_APART = _STATES - _APART
# means, ends, facts; the first row that fits.
_COURSES: tuple[
    tuple[frozenset[KindState], frozenset[KindState], frozenset[KindState], Verdict], ...
]
_COURSES = (
    (_AGREED, _APART, _STATES, "same_course_for_different_reasons"),
    (_AGREED, _NOT_APART, _APART, "same_course_despite_facts"),
    (_APART, _APART, _SETTLED, "about_ends"),
    (_APART, _SETTLED, _APART, "about_facts"),
    (_APART, _APART, _APART, "about_ends_and_facts"),
    (_APART, _SETTLED, _SETTLED, "about_means"),
)


@dataclass(frozen=True)
class KindFinding:
    """What is known of one kind, and from which statements (by key)."""

    kind: Kind
    state: KindState
    needed: int  # statements rated by enough
    most: float | None  # the largest difference that is not ruled out on any of its statements
    by_state: tuple[tuple[StatementState, tuple[str, ...]], ...]

    def of(self, state: StatementState) -> tuple[str, ...]:
        """The statements in one state, by key."""
        return dict(self.by_state).get(state, ())

    @property
    def apart(self) -> tuple[str, ...]:
        return self.of("apart")

    @property
    def same_side(self) -> tuple[str, ...]:
        return self.of("same_side")

    @property
    def alike(self) -> tuple[str, ...]:
        return self.of("alike")

    @property
    def unknown(self) -> tuple[str, ...]:
        return self.of("unknown")

    @property
    def unclear(self) -> tuple[str, ...]:
        return self.of("unclear")

    @property
    def insufficient(self) -> tuple[str, ...]:
        return self.of("insufficient")

    @property
    def rated(self) -> int:
        """How many statements enough raters of both groups rated."""
        return sum(len(keys) for state, keys in self.by_state if state != "insufficient")


def find_kind(kind: Kind, statements: Iterable[StatementFinding]) -> KindFinding:
    """What is known of one kind, of the round's statements.

    Tried in this order: insufficient with fewer than two that enough rated (one of means); apart
    if any is; agreed if both groups are on the same side of every one; alike if every one is within
    the bounds, at least two, and none unknown; else unclear. Raises nothing. Source: our own.
    """
    own = [each for each in statements if each.kind == kind]
    keys: dict[StatementState, list[str]] = {}
    for each in own:
        keys.setdefault(each.state, []).append(each.key)
    rated = [each for each in own if each.is_sufficient]
    return KindFinding(
        kind=kind,
        state=_state(kind, rated),
        needed=FEWEST_RATED[kind],
        most=max((each.most for each in rated if each.most is not None), default=None),
        by_state=tuple((state, tuple(found)) for state, found in keys.items()),
    )


def verdict(
    means: KindState, ends: KindState, facts: KindState, *, is_consensus: bool, is_split: bool
) -> Verdict:
    """What a disagreement is about, from what is known of means, ends and facts.

    `is_consensus`: the room agrees on every rated statement. `is_split`: each group is itself split
    on what was rated (`is_split_within`). Total: every combination has one verdict. Raises
    BadRatings for a state that is none. Source: our own, after Dryzek & Niemeyer (2006),
    doi:10.1111/j.1540-5907.2006.00206.x, and Sunstein's incompletely theorised agreements (1995).
    """
    states = means, ends, facts
    if not set(states) <= _STATES:
        raise BadRatings(f"{means!r}, {ends!r}, {facts!r}: one of these is no state")
    for row in _COURSES:
        if all(state in fits for state, fits in zip(states, row[:3], strict=True)):
            return row[3]
    if "apart" in states:
        return "partly_known"
    if set(states) == _AGREED and is_consensus:
        return "agreement"
    if is_split:
        return "split_within_groups"
    if set(states) <= _SETTLED:
        return "answered_alike"
    return "partly_known" if set(states) & _SETTLED else "not_enough_to_say"


def is_split_within(statements: Sequence[StatementFinding]) -> bool:
    """Whether each of two groups is itself split on what the round is about.

    So it is on half of what enough of both rated, or on every means, of at least two. Source: ours.
    """
    rated = [each for each in statements if each.is_sufficient]
    means = [each for each in rated if each.kind == "means"]
    split = sum(each.is_split_within for each in rated)
    is_of_means = len(means) > 1 and all(each.is_split_within for each in means)
    return is_of_means or (split > 0 and 2 * split >= len(rated))


def _state(kind: Kind, rated: Sequence[StatementFinding]) -> KindState:
    states = {each.state for each in rated}
    if len(rated) < FEWEST_RATED[kind]:
        return "insufficient"
    if "apart" in states:
        return "apart"
    if states == {"same_side"}:
        return "agreed"
    is_within = all(each.is_within for each in rated) and "unknown" not in states
    return "alike" if is_within and len(rated) >= FEWEST_ALIKE else "unclear"
