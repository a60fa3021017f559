"""Tags conclude nothing that dealing positions anew would show as well."""

import random as chance

from discussion.analysis.ratings import Thresholds
from discussion.analysis.reading import Link
from discussion.analysis.tag_chances import emphasis_chance, reading_chance
from discussion.analysis.tags import Tagged

VALUES = ("equality", "freedom", "belonging", "rigour", "care")


def _any(random: chance.Random) -> Tagged:
    return Tagged(tuple(random.sample(VALUES, 3)))


def test_five_positions_a_group_conclude_nothing_however_far_apart() -> None:
    found = emphasis_chance([Tagged(("equality",))] * 7, [Tagged(("freedom",))] * 20, seed=0)
    assert (found.positions, found.p, found.may_conclude()) == ((7, 20), None, False)


def test_values_from_one_distribution_are_seldom_concluded_to_differ() -> None:
    random = chance.Random(4)
    rooms = 60
    far = sum(
        emphasis_chance(
            [_any(random) for _ in range(8)], [_any(random) for _ in range(8)], seed
        ).may_conclude()
        for seed in range(rooms)
    )
    assert far <= 8  # one in twenty, and as much as chance allows


def test_values_that_differ_are_concluded_to_differ() -> None:
    a, b = [Tagged(("equality", "care"))] * 8, [Tagged(("freedom", "care"))] * 8
    found = emphasis_chance([*a, Tagged()], b, seed=0)
    assert found.positions == (8, 8)  # who named none is not of them
    assert found.may_conclude()
    assert not found.may_conclude(Thresholds(alpha=0.0001))
    assert emphasis_chance(b, a, seed=0) == found


def _links(many: int, stance: str, each: int = 1) -> dict[str, list[Link]]:
    return {f"{stance}{at}": [Link("report", stance, "F1")] * each for at in range(many)}


def test_readings_are_counted_by_position_and_not_by_link() -> None:
    few = reading_chance(_links(4, "supports", 9), _links(9, "contradicts"), "report", "F1", 0)
    assert (few.positions, few.p) == ((4, 9), None)
    many = reading_chance(_links(8, "supports"), _links(9, "contradicts"), "report", "F1", 0)
    assert many.may_conclude()
    same = reading_chance(_links(8, "supports"), _links(9, "supports"), "report", "F1", 0)
    assert same.p is not None
    assert not same.may_conclude()


def test_background_alone_and_other_claims_are_no_reading() -> None:
    a = _links(8, "background") | {"x": [Link("report", "supports", "F2")]}
    assert reading_chance(a, _links(9, "supports"), "report", "F1", 0).positions == (0, 9)
