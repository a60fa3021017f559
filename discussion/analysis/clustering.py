"""Points in the plane, gathered into clusters: k-means, silhouettes, and how alike two are."""

from __future__ import annotations

from dataclasses import dataclass

from discussion.analysis.arrays import ArrayLike, Floats, Indices, Mask, NDArray, np

MOST_STEPS = 100
TOGETHER = 1 << 19  # distances that are looked at together


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
    drawn = np.random.default_rng(seed).random((starts, k))
    found = _settle(points, weights, _start(points, weights, drawn), 0.0)
    labels = _nearest(points, found)
    own = np.take_along_axis(found.centres, labels[:, :, None], axis=1)
    spreads = ((points - own) ** 2).sum(axis=2) @ weights
    best = int(np.argmin(spreads))
    return _clusters(points, weights, found.centres[best], labels[best])


def settle(points: Floats, weights: Floats, centres: Floats, *, tolerance: float = 0.0) -> Clusters:
    """Lloyd's steps from these centres until they stand still; a cluster left empty is dropped.

    Points and centres × 2. Still is when no centre moves further than the tolerance, a share of
    the points' extent. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2) 129–137.
    """
    found = _settle(points, weights, centres[None], tolerance)
    return _clusters(points, weights, found.centres[0], _nearest(points, found)[0])


def find_silhouette(points: Floats, labels: Indices) -> float:
    """The mean silhouette of the points, −1 … 1: how much nearer their own cluster than the next.

    A point alone in its cluster scores 0, and so does everything when there is one cluster. Takes
    memory as the square of the points. Source: Rousseeuw 1987; polis, `silhouette`.
    """
    n_clusters = int(labels.max(initial=0)) + 1
    if n_clusters < 2:
        return 0.0
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
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
class _Tried:
    """Several starts at once: their centres, starts × clusters × 2, and which of these are left."""

    centres: Floats
    is_left: Mask  # starts × clusters; a cluster that nothing is near is dropped

    def __getitem__(self, some: Indices) -> _Tried:
        return _Tried(self.centres[some], self.is_left[some])


def _start(points: Floats, weights: Floats, drawn: Floats) -> Floats:
    """Starts × k points, each drawn by its weight times its squared distance from those before.

    `drawn`: starts × k, 0 … 1. Fewer than k where there are no more different points.
    """
    nearest = np.full((len(drawn), len(points)), np.inf)
    reach = np.broadcast_to(np.cumsum(weights), nearest.shape)
    chosen: list[Floats] = []
    for one in drawn.T:
        sums = reach[:, -1:]
        if sums.min() <= 0:  # every point is drawn already
            break
        picks = (reach <= one[:, None] * sums).sum(axis=1)
        chosen.append(points[np.minimum(picks, len(points) - 1)])
        nearest = np.minimum(nearest, ((points - chosen[-1][:, None]) ** 2).sum(axis=2))
        reach = np.cumsum(weights * nearest, axis=1)
    return np.stack(chosen, axis=1)


def _settle(points: Floats, weights: Floats, centres: Floats, tolerance: float) -> _Tried:
    """Lloyd's steps of every start, starts × clusters × 2; those that stand still go no further."""
    reach = tolerance * float(np.ptp(points, axis=0).max(initial=0.0))
    found = _Tried(centres.copy(), np.ones(centres.shape[:2], dtype=bool))
    added = np.tile([weights, *(weights * axis for axis in points.T)], len(centres))
    moving = np.arange(len(centres))
    for _ in range(MOST_STEPS):
        before = found[moving]
        after = _means(added, _nearest(points, before), centres.shape[1])
        steps = np.abs(after.centres - before.centres).max(axis=2)
        is_still = np.where(before.is_left, after.is_left & (steps <= reach), True).all(axis=1)
        found.centres[moving], found.is_left[moving] = after.centres, after.is_left
        moving = moving[~is_still]
        if not len(moving):
            break
    return found


def _means(added: Floats, labels: Indices, k: int) -> _Tried:
    """The middle of each start's clusters; `labels` are starts × points.

    `added`: weights, and weights times either coordinate, the points' over again for each start.
    """
    starts = len(labels)
    bins = (labels + k * np.arange(starts)[:, None]).ravel()
    totals, *sums = (
        np.bincount(bins, each[: len(bins)], starts * k).reshape(starts, k) for each in added
    )
    is_left = totals > 0
    middle = np.stack(sums, axis=2) / np.where(is_left, totals, 1.0)[:, :, None]
    return _Tried(middle, is_left)


def _nearest(points: Floats, tried: _Tried) -> Indices:
    """Starts × points: each point's nearest centre, the first of equals."""
    starts, k = tried.is_left.shape
    labels = np.empty((starts, len(points)), dtype=np.intp)
    lengths = np.where(tried.is_left, (tried.centres**2).sum(axis=2), np.inf)
    step = max(TOGETHER // (starts * k), 1)
    for first in range(0, len(points), step):
        some = slice(first, first + step)
        # The squared distance, less what is the same for every centre.
        apart = lengths[:, None] - 2 * points[some] @ tried.centres.transpose(0, 2, 1)
        labels[:, some] = apart.argmin(axis=2)
    return labels


def _clusters(points: Floats, weights: Floats, centres: Floats, labels: Indices) -> Clusters:
    used, renumbered = np.unique(labels, return_inverse=True)
    spread = weights @ ((points - centres[labels]) ** 2).sum(axis=1)
    return Clusters(renumbered, centres[used], float(spread))


def _pairs(counts: NDArray[np.intp]) -> float:
    return float((counts * (counts - 1.0) / 2).sum())
