"""Viewpoints are found where people are of two or three minds, and nowhere else."""

import numpy as np
import pytest
from numpy.typing import NDArray

from discussion.analysis.answers import RatedStatement
from discussion.analysis.viewpoints import Viewpoints, find_viewpoints

Table = NDArray[np.int64]


def _look(table: Table, seed: int = 0) -> Viewpoints:
    """People × statements; 0 for no number."""
    rated = [
        RatedStatement(f"S{at}", "end", {f"p{who:03}": int(r) for who, r in enumerate(column) if r})
        for at, column in enumerate(table.T)
    ]
    return find_viewpoints(rated, seed=seed)


def _rate(view: NDArray[np.float64], seed: int) -> Table:
    random = np.random.default_rng(seed)
    rated = np.clip(np.rint(3 + view + random.normal(size=view.shape)), 1, 5).astype(int)
    rated[random.random(rated.shape) < 0.2] = 0
    return rated


def _camps(people: int, ways: list[list[float]]) -> NDArray[np.float64]:
    """Everybody in turn holds one of these views of the statements."""
    return np.array([ways[at % len(ways)] for at in range(people)])


MIXED = [1.5, -1.5, 1.5, 1.5, -1.5, -1.5]
ONE_WAY = [1.5] * 6
TWO = [MIXED, [-each for each in MIXED]]
THREE = [
    [1.8, 1.8, -1.8, -1.8, 0, 0, 1.8, -1.8, 2.4],
    [-1.8, 1.8, 1.8, 0, -1.8, 1.8, -1.8, 0, 2.4],
    [0, -1.8, 0, 1.8, 1.8, -1.8, 0, 1.8, 2.4],
]


@pytest.mark.parametrize("ways", [TWO, [ONE_WAY, [-each for each in ONE_WAY]]])
def test_two_camps_of_fifteen_are_found_whichever_way_they_part(ways: list[list[float]]) -> None:
    for seed in range(4):
        found = _look(_rate(_camps(30, ways), seed), seed)
        assert (found.state, len(found.holders)) == ("found", 2)
        even = {f"p{who:03}" for who in range(0, 30, 2)}
        assert min(len(own ^ even) for own in found.holders) <= 1
        assert (found.stability or 0) >= 0.9


def test_three_viewpoints_with_what_parts_them_and_what_they_share() -> None:
    found = _look(_rate(_camps(60, THREE), 1))
    assert (found.state, len(found.holders)) == ("found", 3)
    thirds = [{f"p{who:03}" for who in range(first, 60, 3)} for first in range(3)]
    assert all(any(len(own & third) >= 19 for own in found.holders) for third in thirds)
    assert [each.key for each in found.common] == ["S8"]
    assert found.common[0].shared == 1
    parting = found.distinguishing
    assert {each.key for each in parting} >= {"S0", "S1", "S3"}
    assert [each.gap for each in parting] == sorted((each.gap for each in parting), reverse=True)
    for each in found.statements:
        assert [
            one.raters <= len(own) for one, own in zip(each.answered, found.holders, strict=True)
        ]


def test_people_of_one_mind_chance_and_habits_are_no_viewpoints() -> None:
    random = np.random.default_rng(5)
    for seed in range(6):
        people = 30 if seed % 2 else 100
        assert _look(random.integers(1, 6, (people, 8)), seed).state != "found"
        habits = random.normal(0, 0.6, (people, 1)) + random.uniform(-1, 1, 8)
        assert _look(_rate(habits, seed), seed).state != "found"


def test_a_camp_of_four_is_not_shown() -> None:
    views = _camps(30, TWO)
    views[:] = MIXED
    views[:4] = TWO[1]
    assert _look(_rate(views, 0)).state != "found"


def test_fewer_people_or_statements_are_not_asked() -> None:
    table = _rate(_camps(30, TWO), 0)
    assert _look(table[:, :5]).state == "too_few_statements"
    assert _look(table[:23]).state == "too_few_raters"
    nobody = np.zeros((40, 8), dtype=int)
    assert _look(nobody).state == "too_few_statements"


def test_neither_the_order_of_people_nor_their_groups_matter() -> None:
    table = _rate(_camps(40, TWO), 3)
    rated = [
        RatedStatement(f"S{at}", "end", {f"p{who:03}": int(r) for who, r in enumerate(column) if r})
        for at, column in enumerate(table.T)
    ]
    turned = [
        RatedStatement(each.key, each.kind, dict(reversed(list(each.answers.items()))))
        for each in rated
    ]
    assert find_viewpoints(turned, seed=0).holders == find_viewpoints(rated, seed=0).holders


def test_people_who_rated_little_are_in_no_viewpoint_unless_they_are_few() -> None:
    table = _rate(_camps(60, TWO), 2)
    table[:4, 1:] = 0
    table[:4, 0] = 5
    few = _look(table)
    assert (few.state, few.placed) == ("found", 60)  # left out, four would be told by subtraction
    assert any({"p000", "p001", "p002", "p003"} <= own for own in few.holders)
    table[4:7, 1:] = 0
    table[4:7, 0] = 5
    found = _look(table)
    assert (found.state, found.placed) == ("found", 53)
    assert not any("p000" in own for own in found.holders)
