"""Points in the plane, gathered into clusters: k-means, silhouettes, and how alike two are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discussion.analysis.votes import Floats, Indices

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
    only through the seed's draws. Source: Arthur and Vassilvitskii (2007), SODA '07, 1027–1035.
    """
    random = np.random.default_rng(seed)
    tried = [settle(points, weights, _start(points, weights, k, random)) for _ in range(starts)]
    return min(tried, key=lambda one: one.spread)


def settle(points: Floats, weights: Floats, centres: Floats, *, tolerance: float = 0.0) -> Clusters:
    """Lloyd's steps from these centres until they stand still; a cluster left empty is dropped.

    Points and centres × 2. Still is when no centre moves further than the tolerance, a share of
    the points' extent. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2) 129–137.
    """
    reach = tolerance * float(np.ptp(points, axis=0).max(initial=0.0))
    for _ in range(MOST_STEPS):
        labels = _nearest(points, centres)
        totals = np.bincount(labels, weights, minlength=len(centres))
        sums = [np.bincount(labels, weights * axis, minlength=len(centres)) for axis in points.T]
        kept = totals > 0
        moved = np.column_stack([each[kept] / totals[kept] for each in sums])
        still = len(moved) == len(centres) and np.abs(moved - centres).max() <= reach
        centres = moved
        if still:
            break
    used, labels = np.unique(_nearest(points, centres), return_inverse=True)
    squares = ((points - centres[used][labels]) ** 2).sum(axis=1)
    return Clusters(labels, centres[used], float(weights @ squares))


def find_silhouette(points: Floats, labels: Indices) -> float:
    """The mean silhouette of the points, −1 … 1: how much nearer their own cluster than the next.

    A point alone in its cluster scores 0, and so does everything when there is one cluster. Takes
    memory as the square of the points. Source: Rousseeuw 1987; polis, `silhouette`.
    """
    n_clusters = int(labels.max(initial=0)) + 1
    if n_clusters < 2:
        return 0.0
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
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


def _start(points: Floats, weights: Floats, k: int, random: np.random.Generator) -> Floats:
    """k points, each drawn by its weight times its squared distance from those drawn before."""
    chances = weights
    nearest = np.full(len(points), np.inf)
    chosen: list[int] = []
    for _ in range(k):
        reach = np.cumsum(chances)
        if reach[-1] <= 0:  # every point is drawn already
            break
        pick = int(np.searchsorted(reach, random.random() * reach[-1], "right"))
        chosen.append(min(pick, len(points) - 1))
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chances = weights * nearest
    return points[chosen]


def _nearest(points: Floats, centres: Floats) -> Indices:
    """Each point's nearest centre, the first of equals."""
    labels = np.empty(len(points), dtype=np.intp)
    lengths = (centres**2).sum(axis=1)
    step = max(TOGETHER // len(centres), 1)
    for first in range(0, len(points), step):
        some = slice(first, first + step)
        # The squared distance, less what is the same for every centre.
        labels[some] = (lengths - 2 * points[some] @ centres.T).argmin(axis=1)
    return labels


def _pairs(counts: NDArray[np.intp]) -> float:
    return float((counts * (counts - 1.0) / 2).sum())
