"""Points in the plane, gathered into clusters: k-means, silhouettes, and how alike two are."""

from __future__ import annotations

from dataclasses import dataclass

from discussion.analysis.arrays import ArrayLike, Floats, Indices, Mask, NDArray, np

MOST_STEPS = 100
TOGETHER = 1 << 19  # distances that are looked at together
AT_ONCE = 1 << 15  # points of all starts that go on together
FEW = 8  # centres that are looked at one by one
FARTHEST = 1e300  # of a centre that nothing is near; infinity times nothing is no number


@dataclass(frozen=True, eq=False)
class Clusters:
    """`labels`: each point's cluster from 0; `centres`: clusters × 2, none of them empty."""

    labels: Indices
    centres: Floats
    spread: float  # the weighted sum of squared distances from the centres

    @property
    def sizes(self) -> Indices:
        """How many points each cluster has."""
        return np.bincount(self.labels, minlength=len(self.centres))


def k_means(points: Floats, weights: Floats, k: int, *, starts: int, seed: int) -> Clusters:
    """The best of several starts by k-means++, by least spread.

    Points × 2, their weights above 0, and k at most the number of points. The points' order matters
    only through the seed's draws. All starts go on together, which changes none of them. Source:
    Arthur and Vassilvitskii (2007), SODA '07, 1027–1035.
    """
    return k_means_of_each(points[None], weights, k, starts=starts, seed=seed)[0]


def k_means_of_each(
    tables: Floats, weights: Floats, k: int, *, starts: int, seed: int
) -> list[Clusters]:
    """The same of several tables of as many points: tables × points × 2.

    Weights of all alike, or tables × points.
    """
    weights = np.broadcast_to(weights, tables.shape[:2])
    drawn = np.random.default_rng(seed).random((starts, k))
    step = max(AT_ONCE // (starts * tables.shape[1]), 1)  # what is at hand is counted quicker
    found = []
    for first in range(0, len(tables), step):
        some = slice(first, first + step)
        found += _best_of(tables[some], weights[some], drawn)
    return found


def _best_of(tables: Floats, weights: Floats, drawn: Floats) -> list[Clusters]:
    """Of each table, the start with the least spread; `drawn` are starts × k."""
    starts = len(drawn)
    places = _Places.of(*(np.repeat(each, starts, axis=0) for each in (tables, weights)))
    tried = _settle(places, _start(places, np.tile(drawn, (len(tables), 1))), 0.0)
    labels = _nearest(places, tried)
    own = np.take_along_axis(tried.centres, labels[None], axis=2)
    squares = _squares(places.points, own).reshape(len(tables), starts, -1)
    spreads = np.array([each @ heavy for each, heavy in zip(squares, weights, strict=True)])
    best = spreads.argmin(axis=1) + starts * np.arange(len(tables))
    return [
        _clusters(each, heavy, tried.centres[:, at].T, labels[at])
        for each, heavy, at in zip(tables, weights, best.tolist(), strict=True)
    ]


def settle(points: Floats, weights: Floats, centres: Floats, *, tolerance: float = 0.0) -> Clusters:
    """Lloyd's steps from these centres until they stand still; a cluster left empty is dropped.

    Points and centres × 2. Still is when no centre moves further than the tolerance, a share of
    the points' extent. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2) 129–137.
    """
    places = _Places.of(points[None], weights[None])
    found = _settle(places, centres.T[:, None], tolerance)
    return _clusters(points, weights, found.centres[:, 0].T, _nearest(places, found)[0])


def find_silhouette(points: Floats, labels: Indices) -> float:
    """The mean silhouette of the points, −1 … 1: how much nearer their own cluster than the next.

    A point alone in its cluster scores 0, and so does everything when there is one cluster. Takes
    memory as the square of the points. Source: Rousseeuw 1987; polis, `silhouette`.
    """
    n_clusters = int(labels.max(initial=0)) + 1
    if n_clusters < 2:
        return 0.0
    apart = np.sqrt(_squares(points.T[:, :, None], points.T[:, None]))
    members = np.eye(n_clusters)[labels]  # points × clusters
    sizes = members.sum(axis=0)
    sums = apart @ members
    own = members.astype(bool)
    within = sums[own] / np.maximum(sizes[labels] - 1, 1)
    beside = np.where(own, np.inf, sums / np.maximum(sizes, 1)).min(axis=1)
    longer = np.maximum(within, beside)
    scores = np.divide(beside - within, longer, out=np.zeros_like(longer), where=longer > 0)
    return float(np.where(sizes[labels] > 1, scores, 0.0).mean())


def adjusted_rand_index(one: ArrayLike, other: ArrayLike) -> float:
    """How alike two partitions of the same things are: 1 the same, about 0 as by chance.

    Labels may be any numbers. Two partitions that both put everything together, or everything
    apart, are the same: 1. Raises ValueError for different lengths. Source: Hubert and Arabie 1985.
    """
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError("both partitions must be of the same things")
    rows, columns = (np.unique(each, return_inverse=True)[1] for each in (first, second))
    cells = rows * (int(columns.max(initial=0)) + 1) + columns
    together = _pairs(np.unique(cells, return_counts=True)[1])
    in_first, in_second = _pairs(np.bincount(rows)), _pairs(np.bincount(columns))
    pairs = len(first) * (len(first) - 1) / 2
    expected = in_first * in_second / pairs if pairs else 0.0
    most = (in_first + in_second) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


@dataclass(frozen=True, eq=False)
class _Places:
    """The points of several starts, which may be others for each, in the forms that steps need."""

    points: Floats  # 2 × starts × points
    beside: Floats  # starts × 3 × points: a point and a one
    added: Floats  # 3 × starts × points: the weight, and either coordinate times it

    @classmethod
    def of(cls, points: Floats, weights: Floats) -> _Places:
        """Of starts × points × 2, and starts × points."""
        axes = np.ascontiguousarray(points.transpose(2, 0, 1))
        weighed = np.stack([weights, *(weights * axes)])
        return cls(axes, np.stack([*axes, np.ones(axes.shape[1:])], axis=1), weighed)

    def __getitem__(self, some: Mask) -> _Places:
        return _Places(self.points[:, some], self.beside[some], self.added[:, some])


@dataclass(frozen=True, eq=False)
class _Tried:
    """Several starts at once: their centres, 2 × starts × clusters, and which of these are left."""

    centres: Floats
    is_left: Mask  # starts × clusters; a cluster that nothing is near is dropped


def _start(places: _Places, drawn: Floats) -> Floats:
    """2 × starts × k points, each drawn by its weight times its squared distance from those before.

    `drawn`: starts × k, 0 … 1. Fewer than k where there are no more different points.
    """
    points, weights = places.points, places.added[0]
    nearest = np.full(weights.shape, np.inf)
    reach = np.cumsum(weights, axis=1)
    chosen: list[Floats] = []
    for one in drawn.T:
        sums = reach[:, -1]
        if sums.max() <= 0:  # every point is drawn already
            break
        picks = np.count_nonzero(reach <= (one * sums)[:, None], axis=1)
        picks = np.minimum(picks, points.shape[2] - 1)
        chosen.append(points[:, np.arange(len(picks)), picks])
        nearest = np.minimum(nearest, _squares(points, chosen[-1][:, :, None]))
        reach = np.cumsum(weights * nearest, axis=1)
    return np.stack(chosen, axis=2)


def _settle(places: _Places, centres: Floats, tolerance: float) -> _Tried:
    """Lloyd's steps of every start, 2 × starts × clusters; those that stand still go no further."""
    reach = tolerance * np.ptp(places.points, axis=2).max(axis=0, initial=0.0)
    found = _Tried(centres.copy(), np.ones(centres.shape[1:], dtype=bool))
    moving = np.arange(centres.shape[1])
    for _ in range(MOST_STEPS):
        before = _Tried(found.centres[:, moving], found.is_left[moving])
        after = _means(places, _nearest(places, before), centres.shape[2])
        steps = np.abs(after.centres - before.centres).max(axis=0)
        has_settled = after.is_left & (steps <= reach[moving, None])
        is_still = np.asarray(np.where(before.is_left, has_settled, True).all(axis=1))
        found.centres[:, moving], found.is_left[moving] = after.centres, after.is_left
        if is_still.all():
            break
        if is_still.any():
            moving, places = moving[~is_still], places[~is_still]
    return found


def _means(places: _Places, labels: Indices, k: int) -> _Tried:
    """The middle of each start's clusters; `labels` are starts × points."""
    starts = len(labels)
    bins = (labels + k * np.arange(starts)[:, None]).ravel()
    totals, *sums = (
        np.bincount(bins, each.ravel(), starts * k).reshape(starts, k) for each in places.added
    )
    is_left = totals > 0
    return _Tried(np.array(sums) / np.where(is_left, totals, 1.0), is_left)


def _nearest(places: _Places, tried: _Tried) -> Indices:
    """Starts × points: each point's nearest centre, the first of equals."""
    starts, k = tried.is_left.shape
    labels: Indices = np.empty(places.points.shape[1:], dtype=np.intp)
    # The squared distance, less what is the same for every centre: a product of three columns.
    lengths = np.where(tried.is_left, (tried.centres**2).sum(axis=0), FARTHEST)
    towards = np.stack([*(-2 * tried.centres), lengths], axis=2)
    step = max(TOGETHER // (starts * k), 1)
    for first in range(0, labels.shape[1], step):
        some = slice(first, first + step)
        own = places.beside[:, :, some]
        if k <= FEW:
            labels[:, some] = _first_of_few(towards @ own)
        else:
            labels[:, some] = (own.mT @ towards.mT).argmin(axis=2)
    return labels


def _first_of_few(apart: Floats) -> Indices:
    """Where each is least along the middle axis, the first of equals; quicker for a few."""
    least = apart[:, 0].copy()
    found = np.zeros(least.shape, dtype=np.intp)
    for number in range(1, apart.shape[1]):
        found[apart[:, number] < least] = number
        np.minimum(least, apart[:, number], out=least)
    return found


def _squares(points: Floats, others: Floats) -> Floats:
    """Squared distances; both split by coordinate first."""
    found: Floats = (points[0] - others[0]) ** 2 + (points[1] - others[1]) ** 2
    return found


def _clusters(points: Floats, weights: Floats, centres: Floats, labels: Indices) -> Clusters:
    used, renumbered = np.unique(labels, return_inverse=True)
    spread = weights @ ((points - centres[labels]) ** 2).sum(axis=1)
    return Clusters(renumbered, centres[used], float(spread))


def _pairs(counts: NDArray[np.intp]) -> float:
    return float((counts * (counts - 1.0) / 2).sum())
