"""Opinion groups, as Polis finds them: people who vote alike, from their votes alone.

1. Who is in: at least seven votes, or all if there are fewer statements; were fewer than fifteen
   in, the most active make up fifteen. Counted before anything is moderated out.
2. Statements that were moderated out, and meta statements, are zeroed, not dropped.
3. Two principal components of the mean-imputed votes of everybody, in or not.
4. Everybody's place, seen from the votes they cast, stretched the fewer these are.
5. Up to a hundred base clusters of those who are in, grown from the first hundred different places.
6. Weighted k-means over base clusters; the k with the greatest mean silhouette over them, unless it
   is given.

Polis itself goes on from the groups of the vote before and changes k only after four wins running,
so its groups depend on the order of votes: equality is not to be had, nearness is. Sources: Small
et al. 2021, doi:10.6035/recerca.5516; polis, `conversation.clj` and `clusters.clj`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from discussion.analysis.arrays import ArrayLike, Floats, Indices, Mask, np
from discussion.analysis.clustering import (
    Clusters,
    find_silhouette,
    k_means,
    k_means_of_each,
    settle,
)
from discussion.analysis.components import Components, find_components, place_people
from discussion.analysis.votes import Votes

LEAST_VOTES = 7
LEAST_PEOPLE = 15
BASE_CLUSTERS = 100
MOST_GROUPS = 5
NEARLY = 0.05  # of a silhouette
STEPS = 6 + MOST_GROUPS - 1  # at most, as they are told
BASE_CLUSTERS_PER_GROUP = 12
STARTS = 50
STILL = 1e-3  # of the extent: base clusters that move less stand still; Polis says 0.01, absolute
EXACT_UP_TO = 10_000  # people; above, those in one cell of a fine grid count as one place
GRID = 256


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """`labels`: each person's group, 0 the largest, or −1 for those who are left out.

    `k` is the number of groups: 0 when nobody is in, 1 when all who are in stand at one place.
    `silhouette` is that of this k, and `silhouettes` those of every k that was tried.
    """

    k: int
    labels: Indices
    silhouette: float
    silhouettes: Mapping[int, float]
    points: Floats  # people × 2
    components: Components

    @property
    def as_good(self) -> tuple[int, ...]:
        """Other numbers of groups that fit nearly as well, so that k is not sure.

        Those whose silhouette is within 0.05 of this k's. Source: our own; silhouettes of votes
        differ by as much from one half of the people to another.
        """
        near = self.silhouette - NEARLY
        return tuple(k for k, fit in self.silhouettes.items() if k != self.k and fit >= near)


@dataclass(frozen=True, eq=False)
class _Places:
    """Different places, in rising order: each one's weight, and the place of each person."""

    points: Floats
    weights: Floats
    of_person: Indices
    firsts: Indices = field(repr=False)  # places in the order in which their first person came


@dataclass(frozen=True, eq=False)
class _Based:
    """The base clusters of those who are in: centres, weights, and each one's among them."""

    is_in: Mask
    centres: Floats
    weights: Floats
    of_person: Indices  # of those who are in

    def label(self, groups: Clusters) -> Indices:
        """Everybody's group, the largest first; −1 for those who are left out."""
        labels = np.full(len(self.is_in), -1, dtype=np.intp)
        labels[self.is_in] = _by_size(groups, self.weights)[self.of_person]
        return labels


def find_groups(
    votes: Votes,
    *,
    moderated_out: ArrayLike = (),
    k: int | None = None,
    seed: int = 0,
    starts: int = STARTS,
    tell: Callable[[int], None] = lambda _more: None,
) -> OpinionGroups:
    """The opinion groups of those who are in; `moderated_out` are statements' numbers.

    The same votes and seed give the same groups. Up to a hundred different places the order of the
    people does not matter; beyond, it decides where base clusters begin. With k given there are
    that many groups, or as many as there are base clusters if these are fewer. Raises ValueError
    for k below 1 and for statements that are not there. Memory and time grow with the votes; as
    they are found, `tell` hears of each of STEPS steps.
    """
    if k is not None and k < 1:
        raise ValueError("there is at least one group")
    zeroed = _mask(votes, moderated_out)
    components = find_components(votes, zeroed)
    tell(1)
    points = place_people(votes, components)
    tell(1)
    based = _base(votes, points)
    if based is None:
        nobody = np.full(votes.n_people, -1, dtype=np.intp)
        return OpinionGroups(0, nobody, 0.0, {}, points, components)
    base = based.centres
    tell(2)
    tried = {}
    for number in _numbers_of_groups(len(base), k):
        tried[number] = k_means(base, based.weights, number, starts=starts, seed=seed)
        tell(1)
    silhouettes = {number: find_silhouette(base, groups.labels) for number, groups in tried.items()}
    tell(2)
    best = max(tried, key=lambda number: (silhouettes[number], -number))
    found, labels = len(tried[best].centres), based.label(tried[best])
    return OpinionGroups(found, labels, silhouettes[best], silhouettes, points, components)


def label_again(
    tables: Iterable[Votes], *, moderated_out: ArrayLike = (), k: int, seed: int, starts: int
) -> list[Indices]:
    """The labels that `find_groups` gives each of several tables with this k, all found together.

    Raises ValueError for statements that are not there.
    """
    labels: list[Indices] = []
    of_size: dict[int, list[tuple[int, _Based]]] = {}  # by base clusters: with each one's place
    for votes in tables:
        components = find_components(votes, _mask(votes, moderated_out))
        based = _base(votes, place_people(votes, components))
        if based is not None:
            of_size.setdefault(len(based.centres), []).append((len(labels), based))
        labels.append(np.full(votes.n_people, -1, dtype=np.intp))
    for size, many in of_size.items():
        centres = np.stack([based.centres for _place, based in many])
        weights = np.stack([based.weights for _place, based in many])
        found = k_means_of_each(centres, weights, min(k, size), starts=starts, seed=seed)
        for (place, based), groups in zip(many, found, strict=True):
            labels[place] = based.label(groups)
    return labels


def find_clusterable(votes: Votes) -> Mask:
    """Who takes part in the grouping: step 1. Somebody without any vote never does.

    Of those equally active who make up fifteen, those who came first.
    """
    cast = votes.per_person
    is_in = (cast >= min(LEAST_VOTES, votes.n_statements)) & (cast > 0)
    missing = LEAST_PEOPLE - int(is_in.sum())
    if missing > 0:
        others = np.flatnonzero(~is_in & (cast > 0))
        is_in[others[np.argsort(-cast[others], kind="stable")][:missing]] = True
    return is_in


def _mask(votes: Votes, moderated_out: ArrayLike) -> Mask:
    numbers = np.asarray(moderated_out, dtype=np.intp)
    if numbers.size and not (numbers.min() >= 0 and numbers.max() < votes.n_statements):
        raise ValueError("there is no such statement")
    zeroed = np.zeros(votes.n_statements, dtype=bool)
    zeroed[numbers] = True
    return zeroed


def _places(points: Floats) -> _Places:
    """The different places at which people stand; of very many people, the cells of a grid."""
    low, extent = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1e-300)
    near = points if len(points) <= EXACT_UP_TO else np.floor((points - low) / extent * GRID)
    keys = near[:, 0] + 1j * near[:, 1]
    _, firsts, of_person = np.unique(keys, return_index=True, return_inverse=True)
    weights = np.bincount(of_person).astype(np.float64)
    means = [np.bincount(of_person, axis) / weights for axis in points.T]
    exact = points[firsts] if len(points) <= EXACT_UP_TO else np.column_stack(means)
    return _Places(exact, weights, of_person, np.argsort(firsts))


def _base(votes: Votes, points: Floats) -> _Based | None:
    """None where nobody is in."""
    is_in = find_clusterable(votes)
    if not is_in.any():
        return None
    places = _places(points[is_in])
    base = _base_clusters(places)
    weights: Floats = np.bincount(base.labels, places.weights).astype(np.float64)
    return _Based(is_in, base.centres, weights, base.labels[places.of_person])


def _base_clusters(places: _Places) -> Clusters:
    """Where people stand, in at most a hundred clusters that begin at the first people's places."""
    if len(places.points) <= BASE_CLUSTERS:
        return Clusters(np.arange(len(places.points)), places.points, 0.0)
    starts = places.points[places.firsts[:BASE_CLUSTERS]]
    return settle(places.points, places.weights, starts, tolerance=STILL)


def _numbers_of_groups(n_base: int, k: int | None) -> range:
    """Which k are tried."""
    if k is not None or n_base == 1:
        only = min(k or 1, n_base)
        return range(only, only + 1)
    return range(2, min(MOST_GROUPS, 2 + n_base // BASE_CLUSTERS_PER_GROUP, n_base) + 1)


def _by_size(groups: Clusters, weights: Floats) -> Indices:
    """Each base cluster's group, counted from that with the most people; then by their place."""
    people = np.bincount(groups.labels, weights)
    order = np.lexsort((groups.centres[:, 1], groups.centres[:, 0], -people))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[groups.labels]
