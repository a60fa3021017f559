"""Colleagues beside each other: which groups may be shown, how far apart they are, what moved.

A group's numbers are shown from five people on, and only while no sum or difference of shown totals
is one of fewer: the same audit as for findings, function by function. Between two runs nobody can
be followed, since whose answers they are was destroyed; so a later run tells of a function afresh
only where fewer than five people, coming, going or answering for the first time, could not have
made the difference while everybody else answered as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from discussion.analysis.answered import Answered
from discussion.analysis.answers import exact
from discussion.analysis.arrays import np
from discussion.analysis.difference import Difference, find_differences
from discussion.analysis.practice import STOPS, Both
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.suppression import FEWEST, Shows, choose_shown

Beside = Literal["apart", "alike", "cannot_tell"]


@dataclass(frozen=True)
class Colleague:
    """One person: as what they were asked, in which unit, and what they answered to both."""

    role: str
    unit: str
    both: Mapping[str, Both]  # by function, where they gave both


@dataclass(frozen=True)
class Group:
    """Some of the colleagues, by what everybody knows of them."""

    kind: Literal["all", "role", "unit"]
    key: str

    def has(self, one: Colleague) -> bool:
        """Whether somebody is of it."""
        return self.kind == "all" or self.key == (one.role if self.kind == "role" else one.unit)


ALL = Group("all", "")


@dataclass(frozen=True)
class Compared:
    """Two groups on one function and one reading; in steps, the second less the first."""

    function: str
    first: str
    second: str
    state: Beside
    shift: float
    most: float  # the largest difference that is not ruled out


@dataclass(frozen=True)
class Total:
    """What whoever reads a group's numbers can reckon: how many, and both sums of stops."""

    people: int
    professed: int
    practised: int


def shown_groups(
    colleagues: Sequence[Colleague], groups: Sequence[Group], function: str
) -> dict[Group, Shows]:
    """Which groups' numbers on a function may be shown, tried in the order given.

    Raises nothing of its own. Source: see `choose_shown`.
    """
    knows = np.array([function in each.both for each in colleagues], dtype=bool)
    masks = [np.array([group.has(each) for each in colleagues], dtype=bool) for group in groups]
    return dict(zip(groups, choose_shown(masks, FEWEST, among=knows), strict=True))


def shown_sizes(colleagues: Sequence[Colleague], groups: Sequence[Group]) -> dict[Group, int]:
    """How many of each group answered, where that may be told.

    Raises nothing of its own. Source: see `choose_shown`.
    """
    masks = [np.array([group.has(each) for each in colleagues], dtype=bool) for group in groups]
    shows = choose_shown(masks, FEWEST)
    return {
        group: int(mask.sum())
        for group, mask, shown in zip(groups, masks, shows, strict=True)
        if shown == "shown"
    }


def told_count(number: int, of: int) -> tuple[int, bool]:
    """A count, and whether it is exact: where it leaves one to four, a bound is told instead.

    Of one to four themselves nought is told, as a bound. Raises nothing of its own. Source: our
    own.
    """
    if 0 < number < FEWEST:
        return 0, False
    if 0 < of - number < FEWEST:
        return max(of - FEWEST + 1, 0), False
    return number, True


def answers_of(colleagues: Iterable[Colleague], group: Group, function: str) -> list[Both]:
    """What a group's people answered, in no order that says anything.

    Raises nothing of its own. Source: none.
    """
    return sorted(
        each.both[function] for each in colleagues if function in each.both and group.has(each)
    )


def compare(
    pairs: Mapping[tuple[str, str, str], tuple[Sequence[int], Sequence[int]]],
    seed: int,
    thresholds: Thresholds = DEFAULTS,
) -> tuple[Compared, ...]:
    """How far two groups are apart in one reading, by (function, first, second), in that order.

    *Apart*: a step or more, and not by chance over all that are compared (Holm). *Alike*: less, and
    a step is ruled out. Else it cannot be told. Raises BadRatings for a group of nobody. Source:
    see `find_differences`.
    """
    counted = [(_counted(first), _counted(second)) for first, second in pairs.values()]
    found = find_differences(counted, seed, thresholds).each if counted else ()
    return tuple(
        Compared(
            *key,
            _beside(difference, thresholds),
            float(difference.shift) * (STOPS - 1),
            difference.most * (STOPS - 1),
        )
        for key, difference in zip(pairs, found, strict=True)
    )


def each_two(
    function: str, answers: Mapping[str, Sequence[int]]
) -> dict[tuple[str, str, str], tuple[Sequence[int], Sequence[int]]]:
    """Every two groups of one function, as `compare` asks for them.

    Raises nothing of its own. Source: none.
    """
    return {
        (function, first, second): (answers[first], answers[second])
        for first, second in combinations(answers, 2)
    }


def total_of(both: Sequence[Both]) -> Total:
    """What a group's mean and number tell.

    Raises nothing of its own. Source: none.
    """
    return Total(len(both), sum(each[0] for each in both), sum(each[1] for each in both))


def could_be_of_few(before: Total, after: Total, few: int = FEWEST - 1) -> bool:
    """Whether `few` people or fewer could have made one total of the other.

    Some left, some came, and everybody else answered as before: whoever assumes that would learn
    from both totals what those few answered. Where no such few exist, nobody can assume it.
    Raises nothing of its own. Source: our own, after the audit of `suppression`.
    """
    for left in range(few + 1):
        came = after.people - before.people + left
        if came < 0 or left + came > few:
            continue
        least, most = came - STOPS * left, STOPS * came - left
        if all(
            least <= change <= most
            for change in (
                after.professed - before.professed,
                after.practised - before.practised,
            )
        ):
            return True
    return False


def is_afresh(
    before: Sequence[Mapping[Group, Total]], after: Mapping[Group, Total]
) -> dict[Group, bool]:
    """Which of a later run's groups may be told of one function, beside all that was told of it.

    All are told first. Roles are told together or not at all, and so are units, with whoever is of
    none that is told: what follows from them by subtraction is one of them. Raises nothing of its
    own. Source: our own.
    """
    found: dict[Group, bool] = {}
    is_all = not any(could_be_of_few(each[ALL], after[ALL]) for each in before if ALL in each)
    for kind in ("all", "role", "unit"):
        own = [group for group in after if group.kind == kind]
        is_fresh = is_all and not any(
            could_be_of_few(earlier[group], after[group])
            for earlier in before
            for group in own
            if group in earlier
        )
        if is_fresh and kind != "all":
            is_fresh = not any(
                could_be_of_few(_rest(earlier, kind), _rest(after, kind))
                for earlier in before
                if _rest(earlier, kind).people or _rest(after, kind).people
            )
        found |= dict.fromkeys(own, is_fresh)
    return found


def _rest(told: Mapping[Group, Total], kind: str) -> Total:
    """All less those of a kind that are told."""
    own = [total for group, total in told.items() if group.kind == kind]
    every = told.get(ALL, Total(0, 0, 0))
    return Total(
        every.people - sum(each.people for each in own),
        every.professed - sum(each.professed for each in own),
        every.practised - sum(each.practised for each in own),
    )


def _counted(stops: Sequence[int]) -> Answered:
    return Answered(tuple(stops.count(stop) for stop in range(1, STOPS + 1)))


def _beside(difference: Difference, thresholds: Thresholds) -> Beside:
    if difference.gap >= exact(thresholds.gap) and difference.adjusted_p <= exact(thresholds.alpha):
        return "apart"
    bound = exact(thresholds.bound)
    if difference.gap < bound and difference.most < bound:
        return "alike"
    return "cannot_tell"
