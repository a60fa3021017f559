"""k-means, silhouettes and the adjusted Rand index."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.arrays import Floats
from discussion.analysis.clustering import (
    adjusted_rand_index,
    find_silhouette,
    k_means,
    settle,
)

labels = st.lists(st.integers(0, 3), min_size=2, max_size=12)
coordinates = st.integers(-20, 20).map(float)
points = st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=30, unique=True).map(
    np.array
)


def blobs(seed: int = 0) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    centres = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    which = np.repeat([0, 1, 2], [30, 20, 10])
    return centres[which] + random.normal(0, 0.5, (60, 2)), which


def test_three_blobs_are_found_from_any_seed() -> None:
    places, which = blobs()
    for seed in range(20):
        found = k_means(places, np.ones(60), 3, starts=10, seed=seed)
        assert adjusted_rand_index(found.labels, which) == 1
        assert sorted(found.sizes) == [10, 20, 30]


@given(points, st.integers(1, 5), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_each_point_lies_with_its_nearest_centre_and_each_centre_amid_its_points(
    places: Floats, k: int, seed: int
) -> None:
    weights = np.arange(1.0, len(places) + 1)
    found = k_means(places, weights, min(k, len(places)), starts=3, seed=seed)
    squares = ((places[:, None] - found.centres) ** 2).sum(axis=2)
    np.testing.assert_allclose(squares[np.arange(len(places)), found.labels], squares.min(axis=1))
    assert found.spread == pytest.approx(float(weights @ squares.min(axis=1)))
    assert (found.sizes > 0).all()
    for cluster, centre in enumerate(found.centres):
        own = found.labels == cluster
        np.testing.assert_allclose(np.average(places[own], axis=0, weights=weights[own]), centre)


def test_a_weight_counts_as_so_many_points() -> None:
    places, _which = blobs(1)
    weights = np.random.default_rng(2).integers(1, 4, 60)
    one = k_means(places, weights.astype(float), 3, starts=20, seed=0)
    many = k_means(np.repeat(places, weights, axis=0), np.ones(weights.sum()), 3, starts=20, seed=0)
    assert one.spread == pytest.approx(many.spread)
    assert adjusted_rand_index(np.repeat(one.labels, weights), many.labels) == 1


def test_a_cluster_that_nothing_is_near_is_dropped() -> None:
    places, _which = blobs()
    found = settle(places, np.ones(60), np.array([[0.0, 0.0], [10.0, 0.0], [99.0, 99.0]]))
    assert len(found.centres) == 2
    assert set(found.labels) == {0, 1}


def test_fewer_different_points_than_clusters_make_fewer_clusters() -> None:
    same = np.zeros((5, 2))
    assert len(k_means(same, np.ones(5), 3, starts=2, seed=0).centres) == 1


def test_silhouettes_worked_by_hand() -> None:
    line = np.array([[0.0, 0], [1, 0], [5, 0], [6, 0]])
    by_hand = np.mean([1 - 1 / 5.5, 1 - 1 / 4.5, 1 - 1 / 4.5, 1 - 1 / 5.5])
    assert find_silhouette(line, np.array([0, 0, 1, 1])) == pytest.approx(by_hand)
    alone = np.mean([1 - 1 / 5, 1 - 1 / 4, 0])
    assert find_silhouette(line[:3], np.array([0, 0, 1])) == pytest.approx(alone)
    assert find_silhouette(line, np.zeros(4, dtype=int)) == 0
    assert find_silhouette(np.zeros((4, 2)), np.array([0, 0, 1, 1])) == 0


@given(points, st.data())
@settings(max_examples=60)
def test_a_silhouette_is_between_minus_one_and_one_whatever_the_order(
    places: Floats, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(st.integers(0, 2), min_size=len(places), max_size=len(places)))
    named = np.unique(drawn, return_inverse=True)[1]
    value = find_silhouette(places, named)
    assert -1 <= value <= 1
    order = np.argsort(places[:, 0], kind="stable")
    assert find_silhouette(places[order], named[order]) == pytest.approx(value)
    assert find_silhouette(places * 3 - 7, named) == pytest.approx(value)


def test_the_adjusted_rand_index_of_a_published_example() -> None:
    # Hubert and Arabie's formula by hand: Σ C(n_ij, 2) = 2, rows 6, columns 5, of 15 pairs.
    assert adjusted_rand_index([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx(
        (2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15)
    )
    assert adjusted_rand_index([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-0.5)


@given(labels, st.permutations(range(4)))
def test_names_of_groups_do_not_matter(drawn: list[int], renamed: list[int]) -> None:
    assert adjusted_rand_index(drawn, [renamed[label] + 7 for label in drawn]) == 1


@given(labels, st.data())
def test_the_index_is_symmetric_and_at_most_one(drawn: list[int], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.integers(0, 3), min_size=len(drawn), max_size=len(drawn)))
    value = adjusted_rand_index(drawn, other)
    assert value == pytest.approx(adjusted_rand_index(other, drawn))
    assert -1 <= value <= 1


def test_partitions_of_nothing_of_one_and_of_different_things() -> None:
    assert adjusted_rand_index([], []) == 1
    assert adjusted_rand_index([3], [5]) == 1
    assert adjusted_rand_index([0, 0, 0], [0, 1, 2]) == 0
    with pytest.raises(ValueError, match="same things"):
        adjusted_rand_index([0], [0, 1])


def test_chance_is_about_nothing() -> None:
    random = np.random.default_rng(0)
    found = [
        adjusted_rand_index(random.integers(0, 3, 60), random.integers(0, 3, 60))
        for _ in range(200)
    ]
    assert abs(np.mean(found)) < 0.01
