"""Who moved between two rounds, by statement and group, with the care of a difference.

Where people answered both rounds, each is compared with themselves; else the two rounds' answers
are compared as two groups are, and that is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Literal

from discussion.analysis.answered import Answered
from discussion.analysis.answers import BadRatings, Kind, exact
from discussion.analysis.difference import BORROWED, find_differences
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.relabelling import holm
from discussion.analysis.student import student_t
from discussion.analysis.turning import sums_of, turn_about

MoveState = Literal["insufficient", "moved", "moved_a_little", "held", "unclear"]

SURE = 0.95


@dataclass(frozen=True)
class BothRounds:
    """What a group answered to one statement, of one wording, in two rounds.

    `steps`: how many moved by −(points − 1) … points − 1 points, of those with a number in both;
    without them `before` and `after` are compared as two samples.
    """

    key: str
    kind: Kind
    group: str
    before: Answered
    after: Answered
    steps: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if self.before.points != self.after.points:
            raise BadRatings("rounds of different scales are not compared")
        if self.steps is not None and len(self.steps) != 2 * self.before.points - 1:
            raise BadRatings("people move by fewer points than the scale has")


@dataclass(frozen=True)
class Move:
    """How far a group moved on one statement, as a share of the scale: −1 … 1, up above 0."""

    key: str
    kind: Kind
    group: str
    state: MoveState
    is_paired: bool  # people with themselves; else two samples
    compared: int  # people in both, or the fewer of the two samples
    shift: Fraction | None
    adjusted_p: Fraction | None
    most: float | None  # the largest move that is not ruled out
    least: float | None  # at least so far; None where that could be chance


@dataclass(frozen=True)
class KindMove:
    """What became of one kind in one group: moved if any statement did, held if all did."""

    kind: Kind
    group: str
    state: MoveState
    moved: tuple[str, ...]  # by key, the furthest first


def find_moves(
    given: Sequence[BothRounds], seed: int, thresholds: Thresholds = DEFAULTS
) -> tuple[Move, ...]:
    """Every statement's move in every group, in the order given.

    Paired from `thresholds.min_group` people in both rounds on, else two samples from as many in
    each. Moved: by `thresholds.gap` or more, and by more than chance; a little: by more than chance
    alone; held: a move of `thresholds.bound` is ruled out. Chance is held down over all that are
    tested, paired and not. Raises nothing of its own. Source: a permutation test that turns
    people's steps about (Fisher 1935), Holm, and the bounds of `find_differences`.
    """
    paired = [each for each in given if _in_both(each) >= thresholds.min_group]
    rest = [each for each in given if each not in paired and _is_enough(each, thresholds)]
    steps = [each.steps for each in paired if each.steps is not None]
    samples = [(each.before, each.after) for each in rest]
    differences = find_differences(samples, seed, thresholds).each
    ps = [turn_about(each, seed) for each in steps]
    adjusted = holm([p.value for p in ps] + [each.p.value for each in differences])
    alone = dict(
        zip(map(id, rest), zip(differences, adjusted[len(ps) :], strict=True), strict=True)
    )
    variance = _round_variance(steps)
    tested = len(adjusted)
    by_pair = {
        id(each): _bounds(own, variance, BORROWED if len(steps) > 1 else 0, p, tested, thresholds)
        for each, own, p in zip(paired, steps, adjusted, strict=False)
    }
    found = []
    for each in given:
        if id(each) in by_pair:
            found.append(_move(each, True, by_pair[id(each)], thresholds))
        elif id(each) in alone:
            one, p = alone[id(each)]
            is_shift = one.is_shift and p <= exact(thresholds.alpha)  # else it is another shape
            least = one.least if is_shift else None
            found.append(_move(each, False, _Bounds(one.shift, p, one.most, least), thresholds))
        else:
            found.append(_move(each, False, None, thresholds))
    return tuple(found)


def find_kind_moves(moves: Iterable[Move]) -> tuple[KindMove, ...]:
    """By kind and group, in their order: moved, moved a little, held, unclear, or insufficient."""
    sorted_by: dict[tuple[Kind, str], list[Move]] = {}
    for each in moves:
        sorted_by.setdefault((each.kind, each.group), []).append(each)
    return tuple(
        KindMove(kind, group, _kind_state(own), _moved(own))
        for (kind, group), own in sorted_by.items()
    )


@dataclass(frozen=True)
class _Bounds:
    shift: Fraction
    adjusted_p: Fraction
    most: float
    least: float | None


def _in_both(each: BothRounds) -> int:
    return sum(each.steps) if each.steps is not None else 0


def _is_enough(each: BothRounds, thresholds: Thresholds) -> bool:
    return min(each.before.raters, each.after.raters) >= thresholds.min_group


def _round_variance(all_steps: Sequence[Sequence[int]]) -> float:
    sums = [sums_of(each) for each in all_steps]
    freedom = sum(people - 1 for people, _total, _squares in sums)
    return float(sum(squares for _people, _total, squares in sums)) / freedom if freedom else 0.0


def _bounds(
    steps: Sequence[int],
    round_variance: float,
    borrowed: int,
    adjusted_p: Fraction,
    tested: int,
    thresholds: Thresholds,
) -> _Bounds:
    people, total, squares = sums_of(steps)
    scale = len(steps) // 2  # points − 1
    freedom = people - 1 + borrowed
    variance = (float(squares) + borrowed * round_variance) / freedom if freedom else 0.0
    error = sqrt(variance / people) / scale
    shift = Fraction(total, people * scale)
    alpha = float(exact(thresholds.alpha))
    is_known = alpha > 0 and adjusted_p <= exact(thresholds.alpha)
    sure = student_t(1 - alpha / tested, max(freedom, 1)) if is_known else 0.0
    return _Bounds(
        shift=shift,
        adjusted_p=adjusted_p,
        most=min(float(abs(shift)) + student_t(SURE, max(freedom, 1)) * error, 1.0),
        least=max(float(abs(shift)) - sure * error, 0.0) if is_known else None,
    )


def _move(each: BothRounds, is_paired: bool, found: _Bounds | None, thresholds: Thresholds) -> Move:
    return Move(
        key=each.key,
        kind=each.kind,
        group=each.group,
        state=_state(found, thresholds),
        is_paired=is_paired,
        compared=_in_both(each) if is_paired else min(each.before.raters, each.after.raters),
        shift=found.shift if found else None,
        adjusted_p=found.adjusted_p if found else None,
        most=found.most if found else None,
        least=found.least if found else None,
    )


def _state(found: _Bounds | None, thresholds: Thresholds) -> MoveState:
    if found is None:
        return "insufficient"
    if found.least is not None and found.shift:
        return "moved" if abs(found.shift) >= exact(thresholds.gap) else "moved_a_little"
    is_held = abs(found.shift) < exact(thresholds.bound) and found.most < exact(thresholds.bound)
    return "held" if is_held else "unclear"


def _kind_state(own: Sequence[Move]) -> MoveState:
    states = {each.state for each in own} - {"insufficient"}
    if not states:
        return "insufficient"
    for state in ("moved", "moved_a_little"):
        if state in states:
            return state
    return "held" if states == {"held"} else "unclear"


def _moved(own: Sequence[Move]) -> tuple[str, ...]:
    moved = [each for each in own if each.state in ("moved", "moved_a_little")]
    return tuple(each.key for each in sorted(moved, key=lambda m: (-abs(m.shift or 0), m.key)))
