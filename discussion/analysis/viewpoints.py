"""Whether a room holds two or three viewpoints, whatever its groups: people who rate alike.

Found is only what is more than chance, stands on opposite sides of something, and is found again
among four fifths of the people. People are compared first by what they put above or below their own
usual answer, so that a habit of agreeing makes no viewpoint; and then by what they answered, where
two camps, far from one another, stand on opposite sides of most statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, compress
from typing import Literal

from discussion.analysis.answer_table import AnswerTable, Raters
from discussion.analysis.answered import Answered
from discussion.analysis.answers import RatedStatement, exact
from discussion.analysis.arrays import Floats, Indices, Mask, np
from discussion.analysis.clustering import adjusted_rand_index, k_means_of_each
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
    raters = Raters(sorted({who for each in statements for who in each.answers}))
    tables = {each.key: AnswerTable(raters, each.answers, points) for each in statements}
    return find_viewpoints_in(raters, tables, seed=seed, points=points, thresholds=thresholds)


def find_viewpoints_in(
    raters: Raters,
    tables: Mapping[str, AnswerTable],
    *,
    seed: int,
    points: int,
    thresholds: Thresholds = DEFAULTS,
) -> Viewpoints:
    """The same of tables by statement, whose raters are sorted; who gave no number changes nothing.

    Raises nothing of its own.
    """
    rated = {key: each for key, each in tables.items() if each.is_number.any()}
    if len(rated) < FEWEST_STATEMENTS:
        return Viewpoints("too_few_statements", 0, None)
    is_rater = np.logical_or.reduce([each.is_number for each in rated.values()])
    if np.count_nonzero(is_rater) < FEWEST_RATERS:
        return Viewpoints("too_few_raters", 0, None)
    table = np.column_stack([each.ratings for each in rated.values()])[is_rater]
    is_placed = np.count_nonzero(~np.isnan(table), axis=1) >= LEAST_RATED * len(rated)
    everybody, table = table, table[is_placed]
    if len(table) < 2 * FEWEST_HOLDERS or np.isnan(table).all(axis=0).any():
        return Viewpoints("too_few_raters", len(table), None)
    stability: float | None = None
    for is_centred in (True, False):
        labels, stability = _find(table, is_centred, points, seed, thresholds)
        if labels is not None:
            found = np.full(len(is_rater), -1, dtype=np.intp)
            found[is_rater] = _with_the_rest(everybody, is_placed, labels)
            return _viewpoints(raters, rated, found, stability, thresholds)
    return Viewpoints("none" if stability is None else "unstable", len(table), stability)


def _find(
    table: Floats, is_centred: bool, points: int, seed: int, thresholds: Thresholds
) -> tuple[Indices | None, float | None]:
    """Everybody's viewpoint; the most there may be first. None, with the last stability asked."""
    most = count_directions(table, is_centred=is_centred, seed=seed)
    stability = None
    for number in range(most if is_centred else min(most, 1), 0, -1):
        (labels,), (places,) = _cluster(table[None], number, is_centred, seed)
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


def _cluster(
    tables: Floats, number: int, is_centred: bool, seed: int
) -> tuple[list[Indices], Floats]:
    """Of tables × people × statements, one viewpoint more than directions; where people are."""
    places = np.array(
        [place(each, find_directions(each, is_centred=is_centred), number) for each in tables]
    )
    found = k_means_of_each(places, np.ones(places.shape[1]), number + 1, starts=_STARTS, seed=seed)
    labels = [_settle(each, own.labels) for each, own in zip(tables, found, strict=True)]
    return labels, places


def _with_the_rest(everybody: Floats, is_placed: Mask, labels: Indices) -> Indices:
    """The viewpoint of each of everybody, −1 for those who are left out."""
    found = np.full(len(everybody), -1, dtype=np.intp)
    found[is_placed] = labels
    if 0 < np.count_nonzero(~is_placed) < FEWEST_HOLDERS:
        found[~is_placed] = _Ratings(everybody).nearest(found)[~is_placed]
    return found


def _settle(table: Floats, labels: Indices) -> Indices:
    """Everybody with the viewpoint whose means are nearest to what they rated, till nobody changes.

    A habit of each one's own is allowed for, as far as habits usually go: a shift of all ratings,
    normal with HABIT of the variance that is left. A viewpoint that nobody would hold stays out.
    """
    ratings = _Ratings(table)
    for _ in range(_MOST_STEPS):
        again = ratings.nearest(labels)
        if np.array_equal(again, labels):
            break
        labels = again
    return labels


class _Ratings:
    """People × statements, and sums of these that every step needs."""

    def __init__(self, table: Floats) -> None:
        is_seen = ~np.isnan(table)
        self._rated = np.where(is_seen, table, 0.0)
        self._seen = is_seen.astype(np.float64)
        self._sums = self._rated.sum(axis=1)[:, None]
        self._usual = self._rated.sum(axis=0) / self._seen.sum(axis=0)
        self._allowed = (HABIT / (1 + HABIT * self._seen.sum(axis=1)))[:, None]

    def nearest(self, labels: Indices) -> Indices:
        """To the means of whose holders each person's ratings are nearest, the first of equals.

        The squares of what is left of ratings less means, but for the ratings' own, which are the
        same for every viewpoint.
        """
        holds = (labels == np.unique(labels[labels >= 0])[:, None]).astype(np.float64)
        many = holds @ self._seen
        means = np.where(many > 0, holds @ self._rated / np.maximum(many, 1), self._usual).T
        shift = self._sums - self._seen @ means
        away = self._seen @ means**2 - 2 * self._rated @ means - self._allowed * shift**2
        return np.asarray(away.argmin(axis=1))


def _stability(table: Floats, labels: Indices, number: int, is_centred: bool, seed: int) -> float:
    """The median adjusted Rand index with the same found anew in subsamples."""
    random = np.random.default_rng(seed)
    size = min(round(SUBSAMPLE * len(table)), LARGEST_SUBSAMPLE)
    drawn = [np.sort(random.choice(len(table), size, replace=False)) for _each in range(SUBSAMPLES)]
    whole = [some for some in drawn if not np.isnan(table[some]).all(axis=0).any()]
    if not whole:
        return 0.0
    again, _places = _cluster(table[np.array(whole)], number, is_centred, seed)
    found = [adjusted_rand_index(own, labels[some]) for own, some in zip(again, whole, strict=True)]
    return float(np.median(found))


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


def _viewpoints(
    raters: Raters,
    rated: Mapping[str, AnswerTable],
    labels: Indices,
    stability: float | None,
    thresholds: Thresholds,
) -> Viewpoints:
    """`labels`: the viewpoint of each of the raters, who are sorted; −1 for none."""
    own = [labels == each for each in range(int(labels.max()) + 1)]
    masks = sorted(
        (each for each in own if each.any()), key=lambda each: (-each.sum(), each.argmax())
    )
    people = list(raters.place)
    holders = tuple(frozenset(compress(people, each.tolist())) for each in masks)
    told = tuple(_told(key, each, masks, thresholds) for key, each in rated.items())
    return Viewpoints("found", sum(map(len, holders)), stability, holders, told)


def _told(
    key: str, table: AnswerTable, holders: Sequence[Mask], thresholds: Thresholds
) -> ViewpointStatement:
    answered = tuple(table.count(own).answered for own in holders)
    rated = [one for one in answered if one.raters]
    gaps = [gap_between(a.counts, b.counts) for a, b in combinations(rated, 2)]
    sides = {one.side_of(exact(thresholds.consensus)) for one in answered}
    leans = {int(2 * one.agree > one.raters) - int(2 * one.disagree > one.raters) for one in rated}
    return ViewpointStatement(
        key=key,
        answered=answered,
        gap=float(max(gaps, default=0)),
        is_opposed={1, -1} <= leans,
        shared=sides.pop() if len(sides) == 1 else 0,
    )
