"""Viewpoints in a snapshot: who holds them is told only of five or more, in any sum of what is."""

from itertools import product
from random import Random

import pytest
from sqlalchemy.orm import Session

from discussion.weighing.findings.content.counted import CountedViewpoints, Numbers
from tests.weighing.findings.worlds import Weighed, leader, teacher

CODES = ("E1", "E2", "F1", "F2", "M1", "M2")
KINDS = dict(zip(CODES, ("end", "end", "fact", "fact", "means", "means"), strict=True))
WAYS = (1, -1, 1, 1, -1, -1)


def _camps(
    session: Session, leaders: int, teachers: int, missing: float = 0.0, noise: float = 0.0
) -> Weighed:
    """Two leaders and two teachers in turn are of one camp, whatever else they are."""
    random = Random(leaders)
    world = Weighed(session, {code: (KINDS[code], f"Statement {code}.") for code in CODES})
    world.leaders = [leader(session, world.series, at) for at in range(leaders)]
    world.teachers = [teacher(session, world.series) for _each in range(teachers)]
    for people in (world.leaders, world.teachers):
        for (at, person), (code, way) in product(enumerate(people), zip(CODES, WAYS, strict=True)):
            if random.random() >= missing:
                side = way if at // 2 % 2 else -way
                own = (4, 5) if side > 0 else (1, 2)
                says = own if random.random() >= noise else (1, 2, 3, 4, 5)
                world.rate(code, person, random.choice(says))
    return world


def _viewpoints(world: Weighed) -> CountedViewpoints:
    found = world.compute().content.ratings.viewpoints
    assert found is not None
    return found


def test_a_split_across_groups_is_told_with_how_many_of_each_hold_it(session: Session) -> None:
    found = _viewpoints(_camps(session, 16, 14))
    assert (found.state, [each.size for each in found.held]) == ("found", [16, 14])
    within = sorted(sorted(one.size or 0 for one in each.within.values()) for each in found.held)
    assert within == [[6, 8], [8, 8]]
    assert set(found.opposed) == set(CODES)
    assert found.shared == ()
    assert all(isinstance(cell, Numbers) for row in found.cells.values() for cell in row)


def test_groups_of_nearly_the_same_people_give_way_to_them(session: Session) -> None:
    """Who agrees with one statement is a camp but for a few: both would tell of these."""
    ratings = _camps(session, 22, 20, noise=0.1).compute().content.ratings
    assert ratings.viewpoints is not None
    assert ratings.viewpoints.state == "found"
    assert all(isinstance(c, Numbers) for row in ratings.viewpoints.cells.values() for c in row)
    hidden = [key for key, group in ratings.groups.items() if group.why == "subtraction"]
    assert hidden
    assert all(key.startswith(("leans:", "inferred:")) for key in hidden)
    assert all(ratings.groups[key].size for key in (ratings.pairs[0].a, ratings.pairs[0].b))


def test_four_of_a_group_within_a_viewpoint_are_not_told(session: Session) -> None:
    found = _viewpoints(_camps(session, 18, 8))
    assert found.state == "found"
    for each in found.held:
        assert min(one.size or 9 for one in each.within.values()) >= 5
        assert None in {one.size for one in each.within.values()}


def test_few_raters_have_no_viewpoints(session: Session) -> None:
    found = _viewpoints(_camps(session, 12, 10))
    assert (found.state, found.held, dict(found.cells)) == ("too_few_raters", (), {})


@pytest.mark.parametrize("missing", [0.15, 0.3])
def test_an_attacker_who_adds_viewpoints_to_groups_learns_of_no_four(
    session: Session, missing: float
) -> None:
    """All numbers of a snapshot for one statement, as sums over kinds of people nobody can part."""
    world = _camps(session, 20, 17, missing)
    content = world.compute().content
    found = content.ratings.viewpoints
    assert found is not None
    for code, row in found.cells.items():
        told = [
            cell.raters
            for cell in (*row, *content.ratings.cells[code].values())
            if isinstance(cell, Numbers)
        ]
        assert all(number >= 5 for number in told)
        whole = content.ratings.cells[code].get("everybody")
        if isinstance(whole, Numbers) and all(isinstance(cell, Numbers) for cell in row):
            rest = whole.raters - sum(cell.raters for cell in row if isinstance(cell, Numbers))
            assert rest == 0 or rest >= 5
    sizes = [each.size for each in found.held]
    assert _rest(sum(sizes), content.ratings.raters)
    for each in found.held:
        for one in each.within.values():
            assert one.size is None or (one.size >= 5 and _rest(one.size, each.size))


def _rest(part: int, whole: int) -> bool:
    return whole - part == 0 or whole - part >= 5
