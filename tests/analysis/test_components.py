"""Components: the same as of the full table, by any of the three ways to them."""

import numpy as np
import pytest
from hypothesis import given, settings

from discussion.analysis import components as components_module
from discussion.analysis.arrays import Floats, Mask
from discussion.analysis.components import (
    Components,
    find_components,
    find_extremities,
    place_people,
)
from discussion.analysis.votes import Votes, choose_people
from tests.analysis.making import camps, noise, sparse_noise, tables, votes_of
from tests.analysis.test_votes import table_of

WAYS: dict[str, dict[str, float]] = {
    "pairs": {"DENSE_FROM": 2.0},
    "rows": {"DENSE_FROM": 0.0},
    "rows of few": {"DENSE_FROM": 0.0, "DENSE_CELLS": 1},
    "pairs of few": {"DENSE_FROM": 2.0, "PAIRS": 1},
    "krylov": {"MOST_FOR_GRAM": 0, "BLOCK_WIDTH": 2},
}


def nothing(votes: Votes) -> Mask:
    return np.zeros(votes.n_statements, dtype=bool)


def found_by(way: str, votes: Votes, zeroed: Mask) -> Components:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WAYS[way].items():
            patch.setattr(components_module, name, value)
        return find_components(votes, zeroed)


def plain_points(votes: Votes, zeroed: Mask) -> tuple[Floats, Floats]:
    """Steps 2 to 4 as the module tells them: with the full table, imputed."""
    full = table_of(votes)
    full[:, zeroed] = 0
    is_cast = ~np.isnan(full)
    means = np.where(is_cast, full, 0).sum(axis=0) / np.maximum(is_cast.sum(axis=0), 1)
    imputed = np.where(is_cast, full, means)
    centred = imputed - imputed.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    scale = np.sqrt(votes.n_statements / np.maximum(is_cast.sum(axis=1), 1))
    return np.where(is_cast, full - means, 0) @ axes[:2].T * scale[:, None], axes[:2]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("density", [1.0, 0.3])
def test_every_way_gives_what_the_full_table_gives(way: str, density: float) -> None:
    votes, _camp = camps(80, 30, groups=3, density=density, seed=3)
    zeroed = nothing(votes)
    zeroed[[4, 11]] = True
    components = found_by(way, votes, zeroed)
    points, axes = plain_points(votes, zeroed)
    signs = np.sign((components.axes * axes).sum(axis=1))
    np.testing.assert_allclose(components.axes, axes * signs[:, None], atol=1e-6)
    np.testing.assert_allclose(place_people(votes, components), points * signs, atol=1e-5)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_every_way_spans_as_much_of_any_table(rows: list[list[int]]) -> None:
    votes = votes_of(rows)
    _points, _axes = plain_points(votes, nothing(votes))
    ways = WAYS if len(rows[0]) > 2 else ("pairs", "rows")
    assert len(ways) >= 2
    for way in ways:
        components = found_by(way, votes, nothing(votes))
        lengths = np.linalg.norm(components.axes, axis=1)
        assert np.isclose(lengths, 1).sum() + (lengths == 0).sum() == 2
        assert np.isfinite(place_people(votes, components)).all()
        spans = [np.linalg.norm(place_all(votes, each)) for each in (components.axes, _axes)]
        assert spans[0] == pytest.approx(spans[1], abs=1e-6)


def place_all(votes: Votes, axes: Floats) -> Floats:
    full = table_of(votes)
    centred = np.where(np.isnan(full), 0, full - column_means(full))
    return centred @ axes.T


def column_means(full: Floats) -> Floats:
    is_cast = ~np.isnan(full)
    means: Floats = np.where(is_cast, full, 0).sum(axis=0) / np.maximum(is_cast.sum(axis=0), 1)
    return means


def test_more_statements_than_a_gram_matrix_is_made_for() -> None:
    votes, _camp = camps(60, 1500, groups=3, density=0.2, seed=5)
    components = find_components(votes, nothing(votes))
    _points, axes = plain_points(votes, nothing(votes))
    assert np.abs((components.axes * axes).sum(axis=1)) == pytest.approx(1, abs=1e-6)


def test_equal_components_are_both_found_without_a_gram_matrix() -> None:
    rows = [[1, -1, 0, 0], [-1, 1, 0, 0], [0, 0, 1, -1], [0, 0, -1, 1]]
    votes = votes_of(rows)
    components = found_by("krylov", votes, nothing(votes))
    assert np.linalg.norm(place_all(votes, components.axes)) == pytest.approx(np.sqrt(8))


def test_a_zeroed_statement_moves_nobody_but_counts_as_a_vote() -> None:
    votes, _camp = camps(40, 12, density=0.5, seed=1)
    zeroed = nothing(votes)
    zeroed[3] = True
    components = find_components(votes, zeroed)
    assert components.axes[:, 3].tolist() == [0, 0]
    points, _axes = plain_points(votes, zeroed)
    np.testing.assert_allclose(np.abs(place_people(votes, components)), np.abs(points), atol=1e-6)


def test_somebody_without_a_vote_stands_in_the_middle() -> None:
    votes = votes_of([[1, 1, -1], [2, 2, 2], [-1, -1, 1]])
    points = place_people(votes, find_components(votes, nothing(votes)))
    assert points[1].tolist() == [0, 0]
    assert points[0].tolist() != [0, 0]


def test_the_order_of_people_moves_nobody() -> None:
    votes, _camp = camps(50, 20, density=0.6, seed=2)
    order = np.random.default_rng(0).permutation(50)
    moved = choose_people(votes, order)
    there = place_people(moved, find_components(moved, nothing(votes)))
    here = place_people(votes, find_components(votes, nothing(votes)))
    np.testing.assert_allclose(there, here[order], atol=1e-8)


def test_a_statement_stands_where_somebody_would_who_only_agrees_to_it() -> None:
    votes = noise(30, 6, seed=4)
    components = find_components(votes, nothing(votes))
    distances = find_extremities(components)
    for statement in range(6):
        row = [[2] * statement + [1] + [2] * (5 - statement)]
        (point,) = place_people(votes_of(row), components)
        assert np.hypot(*point) == pytest.approx(distances[statement])


def test_votes_without_any_difference_have_no_direction() -> None:
    for rows in ([[1, 1, 1]] * 9, [[2, 2, 2]] * 9, [[1, -1, 0]]):
        assert not find_components(votes_of(rows), nothing(votes_of(rows))).axes.any()
    wide = sparse_noise(1, 1100, 30)
    assert not find_components(wide, nothing(wide)).axes.any()
