"""What one person's answers to several statements show together: a peak along a scale, an index.

Both are sums over people who gave a number to each of the statements, so both are told of five or
more, beside what earlier rounds told of the same kind (`together`), and of the room alone.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import compress, islice

from discussion.analysis.arrays import np
from discussion.analysis.peaks import FEWEST_OPTIONS, single_peaked_share
from discussion.analysis.reason_index import (
    FEWEST_CONSIDERATIONS,
    FEWEST_PEOPLE,
    reason_index,
)
from discussion.weighing.findings.computing.earlier import ACROSS, Sets
from discussion.weighing.findings.computing.given import GivenRound, GivenScale, GivenStatement
from discussion.weighing.findings.computing.groups import Members
from discussion.weighing.findings.computing.together import Together
from discussion.weighing.findings.content.patterns import CountedIndex, CountedPeaks

PEAK, INDEX = "peak", "index"
MOST_PAIRED = 60  # people whose pairs are compared; of more, so many are drawn by lot
SHUFFLES = 200


def find_peaks(
    given: GivenRound, people: Members, earlier: Sequence[Sets]
) -> tuple[tuple[CountedPeaks, ...], Sets]:
    """By scale on which three statements on what to do lie; and what is told of whom."""
    found: list[CountedPeaks] = []
    told: dict[str, Sets] = {}
    means = _of_kinds(given, "means")
    for scale in given.scales:
        together = Together(f"{PEAK}:{scale.slug}", means, given, earlier)
        options = _along(scale, means)
        if len(options) >= FEWEST_OPTIONS:
            found.append(_peaks(scale, options, given, people, together))
        told[scale.slug] = together.told
    return tuple(found), {wording: each for sets in told.values() for wording, each in sets.items()}


def find_index(
    given: GivenRound, people: Members, earlier: Sequence[Sets]
) -> tuple[CountedIndex, Sets]:
    """Of everybody who gave each statement a number, and not the same to all of a kind."""
    minds, wishes = _of_kinds(given, "end", "fact"), _of_kinds(given, "means")
    together = Together(INDEX, [*minds, *wishes], given, earlier)
    whole = _who_rated([*minds, *wishes], given, people)
    # In the order of a keyed hash, which is the same in every round: a lot that is drawn once.
    lot = sorted(whole, key=lambda who: given.people.get(who, who))
    varied = (who for who in lot if _varies(minds, who) and _varies(wishes, who))
    *drawn, more = (*islice(varied, MOST_PAIRED), next(varied, None))
    blank = CountedIndex("insufficient", len(minds), len(wishes))
    is_wide = len(minds) >= FEWEST_CONSIDERATIONS and len(wishes) >= FEWEST_OPTIONS
    if not is_wide or len(drawn) < max(FEWEST_PEOPLE, given.min_group):
        return blank, together.told
    if not together.judge([given.named(frozenset(drawn))]):
        return CountedIndex(ACROSS, len(minds), len(wishes)), together.told
    found = reason_index(
        [_numbers(minds, who) for who in drawn],
        [_numbers(wishes, who) for who in drawn],
        given.seed,
        shuffles=SHUFFLES,
    )
    chance = found.adjusted_chance
    return CountedIndex(
        state=found.state,
        considerations=len(minds),
        options=len(wishes),
        people=len(drawn),
        is_drawn=more is not None,
        index=_rounded(found.adjusted),
        chance=_rounded(chance.mean if chance else None),
        upper=_rounded(chance.upper if chance else None),
        p=_rounded(chance.p if chance else None),
    ), together.told


def _of_kinds(given: GivenRound, *kinds: str) -> list[GivenStatement]:
    return [each for each in given.statements if each.kind in kinds]


def _along(scale: GivenScale, means: Sequence[GivenStatement]) -> list[GivenStatement]:
    """Those that lie on it, in its order; two at one place have no order, and are left out."""
    there = [each for each in means if scale.slug in each.places]
    at = Counter(each.places[scale.slug] for each in there)
    alone = [each for each in there if at[each.places[scale.slug]] == 1]
    return sorted(alone, key=lambda each: each.places[scale.slug])


def _peaks(
    scale: GivenScale,
    options: Sequence[GivenStatement],
    given: GivenRound,
    people: Members,
    together: Together,
) -> CountedPeaks:
    codes = tuple(each.code for each in options)
    rated = _who_rated(options, given, people)
    if len(rated) < given.min_group:
        return CountedPeaks(scale.slug, scale.low, scale.high, codes, "few")
    if not together.judge([given.named(rated)]):
        return CountedPeaks(scale.slug, scale.low, scale.high, codes, ACROSS)
    found = single_peaked_share([_numbers(options, who) for who in rated], given.points)
    return CountedPeaks(
        scale=scale.slug,
        low=scale.low,
        high=scale.high,
        codes=codes,
        state="counted",
        people=found.people,
        peaked=found.peaked,
        chance=found.chance,
        p=_rounded(found.p),
    )


def _who_rated(statements: Sequence[GivenStatement], given: GivenRound, people: Members) -> Members:
    """Who gave a number to each of them."""
    is_whole = np.ones(len(given.places.place), dtype=bool)
    for each in statements:
        is_whole &= given.tables[each.code].is_number
    return people & frozenset(compress(given.places.place, is_whole.tolist()))


def _numbers(statements: Sequence[GivenStatement], who: str) -> tuple[int, ...]:
    answers = (each.answers[who] for each in statements)
    return tuple(each for each in answers if isinstance(each, int))


def _varies(statements: Sequence[GivenStatement], who: str) -> bool:
    return len(set(_numbers(statements, who))) > 1


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
