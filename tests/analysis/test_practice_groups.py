"""Groups beside each other: who may be shown, and what two runs would tell together."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.practice import Both
from discussion.analysis.practice_groups import (
    ALL,
    Colleague,
    Group,
    Total,
    compare,
    could_be_of_few,
    each_two,
    is_afresh,
    shown_groups,
    shown_sizes,
    told_count,
    total_of,
)

LEADERS, STAFF = Group("role", "leader"), Group("role", "staff")
NORTH, SOUTH = Group("unit", "north"), Group("unit", "south")
GROUPS = (ALL, LEADERS, STAFF, NORTH, SOUTH)
KNOWS: dict[str, Both] = {"theatre": (2, 4)}


def _people(*numbers: tuple[str, str, int, int]) -> list[Colleague]:
    """Of each role and unit so many who know, and so many who do not."""
    return [
        Colleague(role, unit, KNOWS if at < know else {})
        for role, unit, know, others in numbers
        for at in range(know + others)
    ]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ([("leader", "north", 10, 0), ("staff", "south", 14, 0)], set(GROUPS)),
        # Four leaders: theirs are few, and the staff's less everybody's would be theirs.
        ([("leader", "north", 4, 6), ("staff", "south", 20, 0)], {ALL}),
        # Nested: everybody less the leaders are the staff, less the south's staff are three.
        (
            [("leader", "north", 10, 0), ("staff", "north", 3, 0), ("staff", "south", 12, 0)],
            {ALL, LEADERS, STAFF},
        ),
        ([("leader", "north", 2, 0), ("staff", "south", 2, 9)], set[Group]()),
    ],
)
def test_a_group_is_shown_while_no_difference_is_of_few(
    people: list[tuple[str, str, int, int]], shown: set[Group]
) -> None:
    found = shown_groups(_people(*people), GROUPS, "theatre")
    assert {group for group, how in found.items() if how == "shown"} == shown


def test_sizes_are_told_under_the_same_rule() -> None:
    people = _people(("leader", "north", 4, 0), ("staff", "south", 12, 0))
    assert shown_sizes(people, GROUPS) == {ALL: 16}


@pytest.mark.parametrize(
    ("number", "of", "told"),
    [
        (24, 24, (24, True)),
        (22, 24, (20, False)),
        (20, 24, (20, False)),
        (19, 24, (19, True)),
        (7, 24, (7, True)),
        (4, 24, (0, False)),
        (0, 24, (0, True)),
        (3, 6, (0, False)),
    ],
)
def test_a_count_whose_rest_is_few_is_a_bound(number: int, of: int, told: tuple[int, bool]) -> None:
    assert told_count(number, of) == told


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=30),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=4),
    st.integers(0, 4),
)
def test_a_few_who_come_or_go_are_always_noticed(
    before: list[Both], came: list[Both], leave: int
) -> None:
    """Whoever assumes that all others answered as before learns nothing: it is not told."""
    left = min(leave, 4 - len(came), len(before))
    after = before[left:] + came
    assert could_be_of_few(total_of(before), total_of(after))


@given(st.integers(5, 40), st.integers(0, 2**32))
def test_what_is_afresh_cannot_be_made_by_few(people: int, seed: int) -> None:
    """An attacker tries every four who may have left and come against both totals."""
    draw = random.Random(seed)
    before = Total(people, 3 * people, 3 * people)
    after = Total(people + draw.randint(-6, 6), 3 * people + draw.randint(-30, 30), 3 * people)
    if could_be_of_few(before, after):
        return
    for left in range(5):
        came = after.people - before.people + left
        if 0 <= came <= 4 - left:
            change = after.professed - before.professed
            same = after.practised - before.practised
            assert not (
                came - 5 * left <= change <= 5 * came - left
                and came - 5 * left <= same <= 5 * came - left
            )


def test_roles_are_told_together_or_not_at_all() -> None:
    before = {ALL: Total(24, 48, 60), LEADERS: Total(10, 20, 25), STAFF: Total(14, 28, 35)}
    # The leaders answered quite otherwise; of the staff one newcomer could have made the change.
    after = {ALL: Total(25, 73, 90), LEADERS: Total(10, 40, 50), STAFF: Total(15, 33, 40)}
    assert is_afresh([before], after) == {ALL: True, LEADERS: False, STAFF: False}
    moved = {ALL: Total(24, 88, 90), LEADERS: Total(10, 40, 45), STAFF: Total(14, 48, 45)}
    assert all(is_afresh([before], moved).values())


def test_every_earlier_run_counts_and_not_only_the_last() -> None:
    first, second = {ALL: Total(24, 48, 48)}, {ALL: Total(24, 90, 90)}
    assert is_afresh([first, second], {ALL: Total(25, 51, 50)}) == {ALL: False}
    assert is_afresh([second], {ALL: Total(25, 51, 50)}) == {ALL: True}


def test_groups_beside_each_other_are_apart_alike_or_cannot_be_told() -> None:
    apart = each_two("theatre", {"leader": [2] * 10, "staff": [4] * 12})
    alike = each_two("pay", {"leader": [3] * 20, "staff": [3] * 19 + [4]})
    unclear = each_two("beds", {"leader": [1, 2, 3, 4, 5], "staff": [2, 3, 4, 4, 5]})
    found = {each.function: each for each in compare({**apart, **alike, **unclear}, seed=1)}
    assert {name: each.state for name, each in found.items()} == {
        "theatre": "apart",
        "pay": "alike",
        "beds": "cannot_tell",
    }
    assert found["theatre"].shift == 2
    assert compare({}, seed=1) == ()
