"""Whether a room holds two or three viewpoints, whatever its groups: people who rate alike.

Found is only what is more than chance, stands on opposite sides of something, and is found again
among four fifths of the people. People are compared first by what they put above or below their own
usual answer, so that a habit of agreeing makes no viewpoint; and then by what they answered, where
two camps, far from one another, stand on opposite sides of most statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from discussion.analysis.answered import Answered, count_answers
from discussion.analysis.answers import Answer, RatedStatement, exact
from discussion.analysis.arrays import Floats, Indices, Mask, np
from discussion.analysis.clustering import adjusted_rand_index, k_means
from discussion.analysis.parallel import count_directions, find_directions, place
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.relabelling import gap_between

ViewpointState = Literal["too_few_raters", "too_few_statements", "none", "unstable", "found"]

FEWEST_RATERS = 24
FEWEST_STATEMENTS = 6
FEWEST_HOLDERS = 5
LEAST_RATED = 0.5  # of the statements, to be placed
OPPOSED = 2  # statements on which viewpoints stand on opposite sides
MOST_OPPOSED = 0.6  # of the statements, where no habit is left out
CLEFT = 3.8  # standard deviations between two camps, there; halves of one crowd are 2.7 apart
SUBSAMPLES = 40
SUBSAMPLE = 0.8
LARGEST_SUBSAMPLE = 500
HABIT = 0.15  # of the variance within a viewpoint
_STARTS = 6
_MOST_STEPS = 20


@dataclass(frozen=True)
class ViewpointStatement:
    """One statement as the viewpoints rate it, in their order: people by point."""

    key: str
    answered: tuple[Answered, ...]
    gap: float  # the largest between two of them, 0 … 1
    is_opposed: bool  # most of one agree, and most of another disagree
    shared: int  # 1 where all agree, by the consensus share of each; −1 where all disagree; else 0


@dataclass(frozen=True)
class Viewpoints:
    """`holders`: the raters of each, the most first; none, and no statements, unless found."""

    state: ViewpointState
    placed: int  # people who rated enough
    stability: float | None  # None where it was not asked
    holders: tuple[frozenset[str], ...] = ()
    statements: tuple[ViewpointStatement, ...] = ()

    @property
    def distinguishing(self) -> tuple[ViewpointStatement, ...]:
        """What the viewpoints stand on opposite sides of; the furthest apart first."""
        opposed = (each for each in self.statements if each.is_opposed)
        return tuple(sorted(opposed, key=lambda each: (-each.gap, each.key)))

    @property
    def common(self) -> tuple[ViewpointStatement, ...]:
        """What all viewpoints share."""
        return tuple(each for each in self.statements if each.shared)


def find_viewpoints(
    statements: Sequence[RatedStatement],
    *,
    seed: int,
    points: int = 5,
    thresholds: Thresholds = DEFAULTS,
) -> Viewpoints:
    """Two or three viewpoints of a round's raters, or why there are none.

    `statements` are all of the round, with everybody's answers; placed are those who gave a number
    to half of them, and the rest where they are fewer than five: left out, they would be told by
    subtraction. From 24 raters and six statements on; of at least five holders each; stable
    where the median adjusted Rand index on 40 subsamples of four fifths is `thresholds.viewpoint`
    or more. Who holds what must still go through the audit of what may be shown. Raises
    BadRatings for ratings off the scale. Source: parallel analysis (see `count_directions`),
    k-means on the components; the rules for what is shown are our own, see docs/how-sure.md.
    """
    counted = {each.key: count_answers(each.answers.values(), points) for each in statements}
    rated = [each for each in statements if counted[each.key].raters]
    who = sorted(
        {
            w
            for each in rated
            for w, said in each.answers.items()
            if not isinstance(said, str | None)
        }
    )
    if len(rated) < FEWEST_STATEMENTS:
        return Viewpoints("too_few_statements", 0, None)
    if len(who) < FEWEST_RATERS:
        return Viewpoints("too_few_raters", 0, None)
    table = _table(rated, who)
    is_placed = np.count_nonzero(~np.isnan(table), axis=1) >= LEAST_RATED * len(rated)
    everybody, table = table, table[is_placed]
    if len(table) < 2 * FEWEST_HOLDERS or np.isnan(table).all(axis=0).any():
        return Viewpoints("too_few_raters", len(table), None)
    stability: float | None = None
    for is_centred in (True, False):
        labels, stability = _find(table, is_centred, points, seed, thresholds)
        if labels is not None:
            holders = _holders(_with_the_rest(everybody, is_placed, labels), who)
            told = tuple(_told(each, holders, points, thresholds) for each in rated)
            return Viewpoints("found", sum(map(len, holders)), stability, holders, told)
    return Viewpoints("none" if stability is None else "unstable", len(table), stability)


def _find(
    table: Floats, is_centred: bool, points: int, seed: int, thresholds: Thresholds
) -> tuple[Indices | None, float | None]:
    """Everybody's viewpoint; the most there may be first. None, with the last stability asked."""
    most = count_directions(table, is_centred=is_centred, seed=seed)
    stability = None
    for number in range(most if is_centred else min(most, 1), 0, -1):
        labels, places = _cluster(table, number, is_centred, seed)
        sizes = np.bincount(labels)
        if len(sizes) <= number or sizes.min() < FEWEST_HOLDERS:
            continue
        if not _is_opposed(table, labels, points, is_centred=is_centred):
            continue
        if not is_centred and _cleft(places[:, 0], labels) < CLEFT:
            continue
        stability = _stability(table, labels, number, is_centred, seed)
        if stability >= exact(thresholds.viewpoint):
            return labels, stability
    return None, stability


def _cluster(table: Floats, number: int, is_centred: bool, seed: int) -> tuple[Indices, Floats]:
    """One viewpoint more than directions; and where everybody stands in these."""
    places = place(table, find_directions(table, is_centred=is_centred), number)
    found = k_means(places, np.ones(len(places)), number + 1, starts=_STARTS, seed=seed)
    return _settle(table, found.labels), places


def _with_the_rest(everybody: Floats, is_placed: Mask, labels: Indices) -> Indices:
    """The viewpoint of each of everybody, −1 for those who are left out."""
    found = np.full(len(everybody), -1, dtype=np.intp)
    found[is_placed] = labels
    if 0 < np.count_nonzero(~is_placed) < FEWEST_HOLDERS:
        found[~is_placed] = _away(everybody, found).argmin(axis=0)[~is_placed]
    return found


def _settle(table: Floats, labels: Indices) -> Indices:
    """Everybody with the viewpoint whose means are nearest to what they rated, till nobody changes.

    A habit of each one's own is allowed for, as far as habits usually go: a shift of all ratings,
    normal with HABIT of the variance that is left. A viewpoint that nobody would hold stays out.
    """
    for _ in range(_MOST_STEPS):
        again = _away(table, labels).argmin(axis=0)
        if np.array_equal(again, labels):
            break
        labels = again
    return labels


def _away(table: Floats, labels: Indices) -> Floats:
    """Viewpoints × people: how far each person's ratings are from the means of its holders."""
    seen = ~np.isnan(table)
    rated = np.nan_to_num(table)
    room = rated.sum(axis=0) / seen.sum(axis=0)
    allowed = HABIT / (1 + HABIT * seen.sum(axis=1))
    away = []
    for each in np.unique(labels[labels >= 0]):
        own = labels == each
        many = seen[own].sum(axis=0)
        means = np.where(many > 0, rated[own].sum(axis=0) / np.maximum(many, 1), room)
        left = np.where(seen, rated - means, 0.0)
        away.append((left**2).sum(axis=1) - allowed * left.sum(axis=1) ** 2)
    return np.array(away)


def _stability(table: Floats, labels: Indices, number: int, is_centred: bool, seed: int) -> float:
    """The median adjusted Rand index with the same found anew in subsamples."""
    random = np.random.default_rng(seed)
    size = min(round(SUBSAMPLE * len(table)), LARGEST_SUBSAMPLE)
    found = []
    for _ in range(SUBSAMPLES):
        some = np.sort(random.choice(len(table), size, replace=False))
        if np.isnan(table[some]).all(axis=0).any():
            continue
        again, _places = _cluster(table[some], number, is_centred, seed)
        found.append(adjusted_rand_index(again, labels[some]))
    return float(np.median(found)) if found else 0.0


def _is_opposed(table: Floats, labels: Indices, points: int, *, is_centred: bool) -> bool:
    """Whether viewpoints stand on opposite sides of enough, each by most of its holders."""
    agree, disagree = points // 2 + (points % 2) + 1, points // 2
    opposed = 0
    for column in table.T:
        seen = ~np.isnan(column)
        sides = set()
        for label in range(int(labels.max()) + 1):
            own = column[seen & (labels == label)]
            sides |= {1} if np.count_nonzero(own >= agree) > len(own) / 2 else set()
            sides |= {-1} if np.count_nonzero(own <= disagree) > len(own) / 2 else set()
        opposed += len(sides) == 2
    return opposed >= (OPPOSED if is_centred else MOST_OPPOSED * table.shape[1])


def _cleft(places: Floats, labels: Indices) -> float:
    """The distance between two camps in standard deviations within them: Ashman's D (1994)."""
    one, other = (places[labels == label] for label in (0, 1))
    within = np.sqrt((one.var() + other.var()) / 2)
    return float(abs(one.mean() - other.mean()) / within) if within else np.inf


def _table(statements: Sequence[RatedStatement], who: Sequence[str]) -> Floats:
    """People × statements; NaN for whatever is no number. The answers were looked at before."""
    at = {rater: row for row, rater in enumerate(who)}
    table = np.full((len(who), len(statements)), np.nan)
    for column, each in enumerate(statements):
        rated = {
            at[w]: said for w, said in each.answers.items() if not isinstance(said, str | None)
        }
        table[list(rated), column] = list(rated.values())
    return table


def _holders(labels: Indices, who: Sequence[str]) -> tuple[frozenset[str], ...]:
    found: dict[int, set[str]] = {}
    for label, rater in zip(labels.tolist(), who, strict=True):
        if label < 0:
            continue
        found.setdefault(label, set()).add(rater)
    ordered = sorted(found.values(), key=lambda each: (-len(each), min(each)))
    return tuple(frozenset(each) for each in ordered)


def _told(
    each: RatedStatement,
    holders: Sequence[frozenset[str]],
    points: int,
    thresholds: Thresholds,
) -> ViewpointStatement:
    answered = tuple(_of(each.answers, own, points) for own in holders)
    rated = [one for one in answered if one.raters]
    gaps = [gap_between(a.counts, b.counts) for a, b in combinations(rated, 2)]
    sides = {one.side_of(exact(thresholds.consensus)) for one in answered}
    leans = {int(2 * one.agree > one.raters) - int(2 * one.disagree > one.raters) for one in rated}
    return ViewpointStatement(
        key=each.key,
        answered=answered,
        gap=float(max(gaps, default=0)),
        is_opposed={1, -1} <= leans,
        shared=sides.pop() if len(sides) == 1 else 0,
    )


def _of(answers: Mapping[str, Answer], own: frozenset[str], points: int) -> Answered:
    return count_answers((answers.get(rater) for rater in own), points)
