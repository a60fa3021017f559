"""Double cruxes: where both sides say that another view of this would change their position."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from discussion.analysis.answers import (
    Answer,
    BadRatings,
    RatedStatement,
    check_groups,
    numeric,
    side,
)

FEWEST = 5
FEWEST_ASKED = 10  # who answered the question, before nobody's marking it means anything

CruxState = Literal["not_asked", "too_few_marks", "one_side_only", "double_crux", "no_crux"]


@dataclass(frozen=True)
class DoubleCrux:
    """`pairs` of the `possible` ones cross; `share` is DC, None when a group has no raters."""

    share: Fraction | None
    pairs: int
    possible: int


def double_crux(
    a: Iterable[tuple[Answer, bool]], b: Iterable[tuple[Answer, bool]], points: int = 5
) -> DoubleCrux:
    """The share of pairs across two groups who stand on opposite sides and both call it a crux.

    Each person is a rating 1 … points and whether it is a crux; who did not rate counts neither
    above nor below the line. Raises BadRatings for ratings off the scale. Source: the
    double crux of the Center for Applied Rationality; the share is our own.
    """
    first, second = _crux_sides(a, points), _crux_sides(b, points)
    pairs = first.count(1) * second.count(-1) + first.count(-1) * second.count(1)
    possible = len(first) * len(second)
    return DoubleCrux(Fraction(pairs, possible) if possible else None, pairs, possible)


def crux_state(agree: int, disagree: int, answered: int, *, is_asked: bool = True) -> CruxState:
    """What marks on one statement say: whether another view of it would change positions.

    `agree` and `disagree` are the people on each side who say that it would, `answered` all who
    rated the statement where the question stood. A side that holds it has five at least: a double
    crux needs both; with one, the other has fewer than five, and that is how it is to be said. No
    crux only where the question was asked, ten answered, and neither side has five. Raises
    BadRatings for fewer than nobody, and for more marks than answers. Source: our own.
    """
    if min(agree, disagree) < 0 or agree + disagree > answered:
        raise BadRatings("marks are of people who answered")
    if not is_asked:
        return "not_asked"
    holding = (agree >= FEWEST) + (disagree >= FEWEST)
    if holding:
        return "double_crux" if holding == 2 else "one_side_only"
    return "no_crux" if answered >= FEWEST_ASKED else "too_few_marks"


def find_double_cruxes(
    statements: Iterable[RatedStatement],
    a: Collection[str],
    b: Collection[str],
    *,
    points: int = 5,
    fewest: int = FEWEST,
) -> tuple[tuple[str, DoubleCrux], ...]:
    """The statements, by key, that are a double crux for two groups; the strongest first.

    Only those that at least `fewest` of each group rated. Nothing found is an important finding:
    this dispute will not move on facts. Raises BadRatings for a rater in both groups and for
    ratings off the scale. Source: see `double_crux`.

    Waits for findings that list them beside one group's cruxes.
    """
    check_groups(a, b)
    found = []
    for each in statements:
        here, there = (
            [(each.answers.get(rater), rater in each.cruxes) for rater in sorted(set(group))]
            for group in (a, b)
        )
        crux = double_crux(here, there, points)
        if crux.pairs and min(_raters(here, points), _raters(there, points)) >= fewest:
            found.append((each.key, crux))
    return tuple(sorted(found, key=lambda pair: (-(pair[1].share or 0), pair[0])))


def _raters(group: Iterable[tuple[Answer, bool]], points: int) -> int:
    return len(numeric((answer for answer, _is_crux in group), points))


def _crux_sides(group: Iterable[tuple[Answer, bool]], points: int) -> list[int]:
    """Each rater's side, 0 for who does not call it a crux."""
    return [
        side(rating, points) if is_crux else 0
        for answer, is_crux in group
        for rating in numeric((answer,), points)
    ]
