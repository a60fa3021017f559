"""Coherence: between what is said and what is done, and between levels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from statistics import median

from discussion.analysis.answers import BadRatings, Number, exact
from discussion.analysis.tags import Emphasis, EmphasisGap, Tagged, emphasis_gap

FEWEST_FUNCTIONS = 3
FEWEST_PEOPLE = 5


@dataclass(frozen=True)
class Mismatch:
    """One function: `difference` is enacted less professed, in parts of the scale (−1 … 1)."""

    function: str
    difference: Fraction


@dataclass(frozen=True)
class SayDo:
    """`coherence` 0 … 1, `drift` −1 … 1 (above 0: more central in practice); None if too few."""

    coherence: Fraction | None
    drift: Fraction | None
    mismatches: tuple[Mismatch, ...]  # the largest first
    left_out: tuple[str, ...]  # functions with one reading only


@dataclass(frozen=True)
class LevelCoherence:
    """Two levels: `emphasis.shared` is their coherence; the value that differs most, if any."""

    emphasis: EmphasisGap
    most_different: Emphasis | None


@dataclass(frozen=True)
class LevelIndex:
    """Each two levels, in the order given; `index` is the mean, None unless all can be said."""

    pairs: tuple[tuple[str, str, LevelCoherence], ...]
    index: Fraction | None


def say_do_coherence(professed: Mapping[str, Number], enacted: Mapping[str, Number]) -> SayDo:
    """Whether an organisation does what it says: 1 − the mean distance between both readings.

    Both are readings by function, 0 (decided locally) … 1 (decided centrally); functions with one
    reading only are left out, and named. Drift is the mean of enacted − professed. None below three
    functions. Of several people, give `median_readings`. Raises BadRatings for a reading outside
    0 … 1. Source: our own, after what Building Trusts (2018) compared.
    """
    mismatches = role_gap(professed, enacted)
    left_out = tuple(sorted(professed.keys() ^ enacted.keys()))
    number = len(mismatches)
    if number < FEWEST_FUNCTIONS:
        return SayDo(None, None, mismatches, left_out)
    differences = [each.difference for each in mismatches]
    apart = sum((abs(each) for each in differences), Fraction(0)) / number
    drift = sum(differences, Fraction(0)) / number
    return SayDo(1 - apart, drift, mismatches, left_out)


def role_gap(one: Mapping[str, Number], other: Mapping[str, Number]) -> tuple[Mismatch, ...]:
    """How far two roles (leaders, staff) read each function apart; the largest first.

    `one` and `other` are readings 0 … 1 by function, as `median_readings` gives them; functions
    that only one of them reads are left out. Raises BadRatings for a reading outside 0 … 1. Source:
    our own.
    """
    first, second = _readings(one), _readings(other)
    found = [
        Mismatch(function, second[function] - first[function])
        for function in first.keys() & second.keys()
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.difference), each.function)))


def median_readings(
    people: Iterable[Mapping[str, Number]], fewest: int = FEWEST_PEOPLE
) -> dict[str, Fraction]:
    """The median reading of each function by people of one role, where at least `fewest` read it.

    Raises BadRatings for a reading outside 0 … 1. Source: our own.
    """
    readings: dict[str, list[Fraction]] = {}
    for person in people:
        for function, reading in _readings(person).items():
            readings.setdefault(function, []).append(reading)
    return {
        function: Fraction(median(found))
        for function, found in sorted(readings.items())
        if len(found) >= fewest
    }


def level_coherence(one: Iterable[Tagged], other: Iterable[Tagged]) -> LevelCoherence:
    """How much emphasis on values positions at two levels share, and where they differ most.

    `one` and `other` are the positions at each level. The value that differs most is None when
    none differs or too little is tagged; ties go to its name. Raises nothing of its own. Source:
    our own; see `emphasis_gap`.
    """
    emphasis = emphasis_gap(one, other)
    different = [each for each in emphasis.values if each.difference]
    if not emphasis.is_sufficient or not different:
        return LevelCoherence(emphasis, None)
    most = min(different, key=lambda each: (-abs(each.difference), each.value))
    return LevelCoherence(emphasis, most)


def coherence_index(levels: Mapping[str, Iterable[Tagged]]) -> LevelIndex:
    """The coherence of each two levels, and the mean of them.

    `levels` are positions by level, in the order to show. Raises nothing of its own. Source:
    our own.
    """
    positions = {level: tuple(each) for level, each in levels.items()}
    pairs = tuple(
        (one, other, level_coherence(positions[one], positions[other]))
        for one, other in combinations(positions, 2)
    )
    shared = [pair.emphasis.shared for _one, _other, pair in pairs]
    known = [each for each in shared if each is not None]
    is_whole = bool(known) and len(known) == len(shared)
    return LevelIndex(pairs, sum(known, Fraction(0)) / len(known) if is_whole else None)


def _readings(readings: Mapping[str, Number]) -> dict[str, Fraction]:
    found = {function: exact(reading) for function, reading in readings.items()}
    if any(not 0 <= reading <= 1 for reading in found.values()):
        raise BadRatings("a reading lies between 0 and 1")
    return found
