"""What is known of two groups on each statement: apart, alike, on the same side, or not enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from discussion.analysis.answered import THIRD, Answered
from discussion.analysis.answers import Kind, exact
from discussion.analysis.difference import Difference, find_differences
from discussion.analysis.habit import Habit
from discussion.analysis.ratings import Thresholds
from discussion.analysis.relabelling import Relabelled
from discussion.analysis.room import RoomFinding, find_room

MOST_DEVIATIONS = 0.85  # between groups that are called alike

StatementState = Literal["insufficient", "unknown", "same_side", "apart", "alike", "unclear"]


@dataclass(frozen=True)
class CountedStatement:
    """One statement of a round: what the two groups answered, and the whole room with them."""

    key: str
    kind: Kind
    a: Answered
    b: Answered
    room: Answered


@dataclass(frozen=True)
class StatementFinding:
    """One statement between two groups; pairs are (a, b). No difference below the fewest raters."""

    key: str
    kind: Kind
    state: StatementState
    difference: Difference | None
    side: int  # of same_side: 1 both agree, −1 both disagree; else 0
    is_within: bool  # within the bounds of alike, whatever its state
    is_split_within: bool  # each group has a third on both sides, and they are not apart
    answered: tuple[Answered, Answered]
    missing: tuple[int, int]  # raters short of the fewest
    room: RoomFinding

    @property
    def is_sufficient(self) -> bool:
        """Whether enough of both groups rated it; what nobody knows is among these."""
        return self.difference is not None

    @property
    def runs_through(self) -> bool:
        """Whether a split runs through both groups: each is split, and they answer alike."""
        return self.is_split_within and self.is_within

    @property
    def gap(self) -> Fraction | None:
        return None if self.difference is None else self.difference.gap

    @property
    def p(self) -> Relabelled | None:
        """Indicative: of this statement alone."""
        return None if self.difference is None else self.difference.p

    @property
    def adjusted_p(self) -> Fraction | None:
        """Decides: among all that were tested between the two groups."""
        return None if self.difference is None else self.difference.adjusted_p

    @property
    def most(self) -> float | None:
        """The largest difference that is not ruled out, as a share of the scale."""
        return None if self.difference is None else self.difference.most

    @property
    def least(self) -> float | None:
        """At least so far apart, as a share of the scale; None where that could be chance."""
        return None if self.difference is None else self.difference.least

    @property
    def raters(self) -> tuple[int, int]:
        return self.answered[0].raters, self.answered[1].raters

    @property
    def dont_know(self) -> tuple[int, int]:
        return self.answered[0].dont_know, self.answered[1].dont_know

    @property
    def not_for_me(self) -> tuple[int, int]:
        return self.answered[0].not_for_me, self.answered[1].not_for_me


def find_statements(
    statements: Sequence[CountedStatement], seed: int, thresholds: Thresholds
) -> tuple[tuple[StatementFinding, ...], Habit | None]:
    """What is known of each, in the order given; and the habit of agreeing between the groups.

    Tested together are all that at least `thresholds.min_group` of both groups rated, those that
    are unknown with them. Raises nothing of its own. Source: `find_differences`, and our own.
    """
    tested = [each for each in statements if max(_missing(each, thresholds)) == 0]
    found = find_differences([(each.a, each.b) for each in tested], seed, thresholds)
    by_key = {each.key: one for each, one in zip(tested, found.each, strict=True)}
    return tuple(
        _finding(each, by_key.get(each.key), found.habit, thresholds) for each in statements
    ), found.habit


def is_unknown(kind: Kind, groups: Iterable[Answered]) -> bool:
    """Whether a third or more of either group, of those asked, do not know a fact. Source: ours."""
    return kind == "fact" and any(each.asked and each.dont_know_share >= THIRD for each in groups)


def is_apart(found: Difference, habit: Habit | None, thresholds: Thresholds) -> bool:
    """Whether two groups are apart: far enough, by more than chance, and by more than habit.

    Compared exactly. Source: our own.
    """
    line = exact(thresholds.gap)
    if found.gap < line or found.adjusted_p > exact(thresholds.alpha):
        return False
    if habit is None or not found.is_shift:
        return True
    return habit.is_beyond(found.shift, line, found.chance)


def is_within(found: Difference, habit: Habit | None, thresholds: Thresholds) -> bool:
    """Whether every difference from the bound on is ruled out, with the habit and without it.

    And every one of MOST_DEVIATIONS within the groups, unless it is less than half the bound:
    where most keep to the middle, people of other views answer less than the bound apart. And one
    group is not much more of one mind than the other. Source: our own, after tests of equivalence
    (Schuirmann 1987).
    """
    bound = exact(thresholds.bound)
    if found.gap >= bound or found.most >= bound or found.is_spread_apart:
        return False
    widest = MOST_DEVIATIONS * found.view_deviation
    if found.most >= bound / 2 and float(abs(found.shift)) + found.reach > widest:
        return False
    return habit is None or habit.is_within(found.shift, found.reach, bound)


def _finding(
    each: CountedStatement,
    found: Difference | None,
    habit: Habit | None,
    thresholds: Thresholds,
) -> StatementFinding:
    groups = each.a, each.b
    state = _state(each, found, habit, thresholds)
    return StatementFinding(
        key=each.key,
        kind=each.kind,
        state=state,
        difference=found,
        side=_common_side(groups, thresholds) if state == "same_side" else 0,
        is_within=found is not None and is_within(found, habit, thresholds),
        is_split_within=found is not None and state != "apart" and all(g.is_split for g in groups),
        answered=groups,
        missing=_missing(each, thresholds),
        room=find_room(each.room, groups, thresholds),
    )


def _state(
    each: CountedStatement,
    found: Difference | None,
    habit: Habit | None,
    thresholds: Thresholds,
) -> StatementState:
    """Tried in this order: insufficient, unknown, same_side, apart, alike, unclear."""
    if found is None:
        return "insufficient"
    if is_unknown(each.kind, (each.a, each.b)):
        return "unknown"
    if _common_side((each.a, each.b), thresholds):
        return "same_side"
    if is_apart(found, habit, thresholds):
        return "apart"
    return "alike" if is_within(found, habit, thresholds) else "unclear"


def _common_side(groups: tuple[Answered, Answered], thresholds: Thresholds) -> int:
    one, other = (each.side_of(exact(thresholds.same_side)) for each in groups)
    return one if one == other else 0


def _missing(each: CountedStatement, thresholds: Thresholds) -> tuple[int, int]:
    first, second = (max(thresholds.min_group - group.raters, 0) for group in (each.a, each.b))
    return first, second
