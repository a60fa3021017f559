"""What an organisation says beside what it does, function by function, and how sure that is.

Everybody answers both questions on one scale of five stops, so the two are paired within a person:
what differs between people cancels. A *step* is one stop, 0.25 of control. Above nought is more
central in practice than is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log1p, sqrt
from statistics import median
from typing import Literal

from discussion.analysis.answers import BadRatings
from discussion.analysis.coherence import SayDo, say_do_coherence
from discussion.analysis.student import student_t

STOPS = 5
FEWEST = 10  # people who gave both answers, before anything is said of a function
STEP = 1  # of the gap: from here on what is done is not what is said
SHOWN = 0.75  # of a step: chance must be ruled out as what makes a gap more than this
ALPHA = 0.02  # of chance, over all functions of a mirror together
SURE = 0.98  # of the largest gap that is not ruled out
BORROWED = 8  # degrees of freedom that a function's variance takes from the mirror's
# No mirror's gaps are taken to vary by less than half a step: ten people who answer alike are not
# a proof that the eleventh would.
LEAST_VARIANCE = 0.25

State = Literal["out_of_step", "cannot_tell", "in_step", "not_enough"]
STATES: tuple[State, ...] = ("out_of_step", "cannot_tell", "in_step", "not_enough")
Both = tuple[int, int]  # the stops 1 … 5 that one person chose: professed, practised


@dataclass(frozen=True)
class Middle:
    """Where some people see a function: means and medians, 0 (local) … 1 (central)."""

    people: int
    professed: Fraction
    practised: Fraction
    professed_median: Fraction
    practised_median: Fraction


@dataclass(frozen=True)
class Gap:
    """One function. `gap`, `low`, `high` are in steps, −4 … 4; None where too few gave both.

    The gap lies between `low` and `high`. Where both are on one side of nought, the nearer is that
    by which it was judged out of step or not; else either is the largest that is not ruled out. So
    neither contradicts `state`.
    """

    function: str
    state: State
    people: int
    middle: Middle | None = None
    gap: Fraction | None = None
    low: float | None = None
    high: float | None = None
    deviation: float = 0.0  # of people's gaps, in steps, as it was reckoned with
    critical: float = 0.0  # standard errors by which a gap had to be more than SHOWN

    @property
    def most(self) -> float:
        """The largest gap that is not ruled out, whichever way; 4 where nothing is known."""
        return 4.0 if self.low is None or self.high is None else max(abs(self.low), abs(self.high))

    @property
    def least(self) -> float:
        """At least so far out of step; nought where both ways are open."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return 0.0
        return min(abs(self.low), abs(self.high))


@dataclass(frozen=True)
class Mirror:
    """All functions, the widest gap first inside each state, and both readings taken together."""

    functions: tuple[Gap, ...]
    together: SayDo  # of the medians over everybody, of functions that enough people know

    def in_state(self, state: State) -> tuple[Gap, ...]:
        """Those of one state, the widest first."""
        return tuple(each for each in self.functions if each.state == state)


def hold_mirror(answers: Mapping[str, Sequence[Both]], fewest: int = FEWEST) -> Mirror:
    """What is out of step, what is in step, and what cannot be told.

    `answers` are the stops (1 most local … 5 most central) of everybody who gave both, by function.

    *Out of step*: the mean gap is a step or more, and chance is ruled out as what makes it more
    than three quarters of one, at 2 in 100 over all functions together (Holm), by t of paired
    differences. *In step*: the largest gap that is not ruled out (one-sided, 98 %) is less than a
    step. *Not enough*: fewer than `fewest` gave both. Else it cannot be told. The variance of a
    function is drawn towards that of all with eight degrees of freedom. Raises BadRatings for a
    stop off the scale. Source: Smyth (2004), Stat Appl Genet Mol Biol 3(1) 3, with the freedom
    fixed; Holm (1979), Scand J Stat 6(2) 65–70; bounds as in tests of equivalence (Schuirmann
    1987); tried in `bench/practice.py`.
    """
    _check(answers)
    known = {name: both for name, both in answers.items() if len(both) >= fewest}
    deviations = _deviations(known)
    freedom = {name: len(both) - 1 + _borrowed(len(known)) for name, both in known.items()}
    criticals = _criticals(known, deviations, freedom)
    found = [
        _gap(name, known[name], deviations[name], freedom[name], *criticals[name])
        if name in known
        else Gap(name, "not_enough", len(both))
        for name, both in answers.items()
    ]
    order = {name: at for at, name in enumerate(answers)}
    found.sort(
        key=lambda each: (
            STATES.index(each.state),
            -abs(each.gap or 0),
            order[each.function],
        )
    )
    return Mirror(tuple(found), take_together({each.function: each.middle for each in found}))


def take_together(middles: Mapping[str, Middle | None]) -> SayDo:
    """Coherence and drift of the functions of which both medians are known.

    Raises nothing of its own. Source: see `say_do_coherence`.
    """
    known = {name: each for name, each in middles.items() if each is not None}
    return say_do_coherence(
        {name: each.professed_median for name, each in known.items()},
        {name: each.practised_median for name, each in known.items()},
    )


def find_middle(both: Sequence[Both]) -> Middle | None:
    """Where these people see a function; None of nobody.

    Raises nothing of its own. Source: means and medians.
    """
    if not both:
        return None
    people = len(both)
    says, does = ([each[at] for each in both] for at in (0, 1))
    return Middle(
        people,
        _share(Fraction(sum(says), people)),
        _share(Fraction(sum(does), people)),
        _share(Fraction(median(says))),
        _share(Fraction(median(does))),
    )


def how_many_more(found: Gap, functions: int, most: int = 200) -> int | None:
    """How many more answers like those given would settle a function; None where none would.

    `functions` are those that were judged. Raises nothing of its own. Source: the standard error by
    number, as in `hold_mirror`; our own.
    """
    if found.state != "cannot_tell" or found.gap is None:
        return None
    is_wide = abs(found.gap) >= STEP
    aim = float(abs(found.gap)) - SHOWN if is_wide else float(STEP - abs(found.gap))
    share = 1 - ALPHA / max(functions, 1) if is_wide else SURE
    for more in range(1, most + 1):
        people = found.people + more
        bound = student_t(share, people - 1 + _borrowed(functions)) * found.deviation
        if bound / sqrt(people) < aim:
            return more
    return None


def _check(answers: Mapping[str, Sequence[Both]]) -> None:
    if any(not 1 <= stop <= STOPS for both in answers.values() for pair in both for stop in pair):
        raise BadRatings("a stop is one of 1 … 5")


def _share(stop: Fraction) -> Fraction:
    return (stop - 1) / (STOPS - 1)


def _borrowed(functions: int) -> int:
    return BORROWED if functions > 1 else 0


def _deviations(known: Mapping[str, Sequence[Both]]) -> dict[str, float]:
    """Of each function's gaps, in steps; its variance is drawn towards that of all."""
    squares = {name: _squares(both) for name, both in known.items()}
    freedom = sum(len(both) - 1 for both in known.values())
    usual = max(sum(squares.values()) / freedom, LEAST_VARIANCE) if freedom else LEAST_VARIANCE
    lent = max(_borrowed(len(known)), 1)
    return {
        name: sqrt((squares[name] + lent * usual) / (len(both) - 1 + lent))
        for name, both in known.items()
    }


def _squares(both: Sequence[Both]) -> float:
    gaps = [does - says for says, does in both]
    return sum(each * each for each in gaps) - sum(gaps) ** 2 / len(gaps)


def _criticals(
    known: Mapping[str, Sequence[Both]],
    deviations: Mapping[str, float],
    freedom: Mapping[str, int],
) -> dict[str, tuple[float, bool]]:
    """How many standard errors each gap must be above what is shown, and whether it is.

    Holm, step by step: from the surest on, until one is not sure enough; by its line the rest are
    measured too.
    """

    def beyond(name: str) -> float:
        both = known[name]
        gap = abs(sum(does - says for says, does in both)) / len(both)
        return (gap - SHOWN) / (deviations[name] / sqrt(len(both)))

    # Freedom differs little between functions; what decides the order is the chance itself.
    order = sorted(known, key=lambda name: -_scaled(beyond(name), freedom[name]))
    found: dict[str, tuple[float, bool]] = {}
    left = len(order)
    is_sure = True
    for name in order:
        critical = student_t(1 - ALPHA / left, freedom[name])
        is_sure = is_sure and beyond(name) > critical
        found[name] = (critical, is_sure)
        if is_sure:
            left -= 1
    return found


def _scaled(t: float, freedom: int) -> float:
    """A t of some freedom as a normal deviate, near enough to put several in order.

    Source: Wallace (1959), Ann Math Stat 30(4) 1121–1130.
    """
    size = sqrt(freedom * log1p(t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    return size if t >= 0 else -size


def _gap(
    name: str, both: Sequence[Both], deviation: float, freedom: int, critical: float, is_out: bool
) -> Gap:
    gap = Fraction(sum(does - says for says, does in both), len(both))
    error = deviation / sqrt(len(both))
    size = float(abs(gap))
    reach = student_t(SURE, freedom) * error
    near, far = size - critical * error, size + reach
    state: State = (
        "out_of_step" if is_out and size >= STEP else "in_step" if far < STEP else "cannot_tell"
    )
    if near < 0:  # either way: as far as is not ruled out
        near = min(size - reach, 0.0)
    ends = (near, far) if gap >= 0 else (-far, -near)
    return Gap(
        name,
        state,
        len(both),
        find_middle(both),
        gap,
        max(ends[0], -(STOPS - 1.0)),
        min(ends[1], STOPS - 1.0),
        deviation,
        critical,
    )
