"""Pairs worth reading together, and where positions cross."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.crossings import Stated, find_crossings
from discussion.analysis.pairs import (
    Placed,
    distances,
    find_pairs,
    footpath,
    is_same_strategy,
    is_same_value,
)

VALUES = ("equality", "consistency", "freedom", "belonging")
PLACES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
placed = st.builds(
    Placed,
    key=st.text("bcdfgh", min_size=4, max_size=4),
    served=st.permutations(VALUES).flatmap(
        lambda values: st.integers(1, 3).map(lambda number: tuple(values[:number]))
    ),
    places=st.dictionaries(st.sampled_from(["requirement", "who"]), PLACES),
)
rooms = st.lists(placed, max_size=14, unique_by=lambda one: one.key)

HERE = {"requirement": 0.0, "who": 0.5}


@pytest.mark.parametrize(
    ("one", "other", "strategy", "value"),
    [
        ((("equality",), HERE), (("freedom",), HERE), True, False),
        ((("equality",), HERE), (("freedom",), {"requirement": 0.25, "who": 0.25}), True, False),
        ((("equality",), HERE), (("freedom",), {"requirement": 0.5, "who": 0.5}), False, False),
        ((("equality",), HERE), (("freedom", "equality"), HERE), False, False),
        ((("equality",), HERE), (("freedom",), {"requirement": 0.0}), False, False),
        ((("equality",), {}), (("freedom",), {}), False, False),
        ((("equality",), HERE), (("equality",), HERE), False, False),
        ((("equality",), HERE), (("equality",), {"requirement": 0.5, "who": 0.5}), False, True),
        ((("equality",), HERE), (("equality",), {"requirement": 0.5}), False, True),
        ((("equality",), HERE), (("equality",), {"requirement": 0.25, "who": 0.25}), False, False),
        ((("equality", "freedom"), HERE), (("freedom", "equality"), {"who": 1.0}), False, False),
        ((("equality",), {"who": 0.0}), (("equality",), {"requirement": 1.0}), False, False),
    ],
)
def test_what_makes_a_pair(
    one: tuple[tuple[str, ...], dict[str, float]],
    other: tuple[tuple[str, ...], dict[str, float]],
    strategy: bool,
    value: bool,
) -> None:
    first, second = Placed("a", *one), Placed("b", *other)
    assert is_same_strategy(first, second) == strategy
    assert is_same_value(first, second) == value


@given(placed, placed)
def test_pairing_is_symmetric(one: Placed, other: Placed) -> None:
    assert is_same_strategy(one, other) == is_same_strategy(other, one)
    assert is_same_value(one, other) == is_same_value(other, one)
    assert not (is_same_strategy(one, other) and is_same_value(one, other))


@given(rooms, st.randoms(use_true_random=False))
def test_the_pairs_of_a_thread_do_not_depend_on_the_order(
    room: list[Placed], random: object
) -> None:
    shuffled = list(room)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert find_pairs(shuffled) == find_pairs(room)


@given(rooms)
def test_at_most_three_pairs_and_each_position_once_a_kind(room: list[Placed]) -> None:
    pairs = find_pairs(room)
    assert len(pairs) <= 3
    assert [pair.clarity for pair in pairs] == sorted((p.clarity for p in pairs), reverse=True)
    ends = Counter((pair.kind, key) for pair in pairs for key in (pair.first, pair.second))
    assert all(times == 1 for times in ends.values())
    by_key = {one.key: one for one in room}
    tests = {"same_strategy": is_same_strategy, "same_value": is_same_value}
    assert all(tests[pair.kind](by_key[pair.first], by_key[pair.second]) for pair in pairs)


@given(rooms)
def test_they_are_those_that_comparing_every_two_would_find(room: list[Placed]) -> None:
    compared = []
    for one, other in combinations(sorted(room, key=lambda each: each.key), 2):
        gaps = distances(one, other)
        if is_same_strategy(one, other):
            compared.append(("same_strategy", round(1 - sum(gaps) / len(gaps), 9), one, other))
        if is_same_value(one, other):
            compared.append(("same_value", round(max(gaps), 9), one, other))
    compared.sort(key=lambda it: (-it[1], -len(distances(*it[2:])), it[2].key, it[3].key))
    chosen: list[tuple[str, float, str, str]] = []
    for kind, clarity, one, other in compared:
        alike = [each for each in chosen if each[0] == kind]
        ends = {key for each in alike for key in each[2:]}
        if len(alike) < 2 and len(chosen) < 3 and not ends & {one.key, other.key}:
            chosen.append((kind, clarity, one.key, other.key))
    found = find_pairs(room)
    assert [(each.kind, each.clarity, each.first, each.second) for each in found] == chosen


def test_the_clearest_pair_comes_first() -> None:
    room = [
        Placed("a", ("equality",), {"requirement": 0.0}),
        Placed("b", ("equality",), {"requirement": 0.5}),
        Placed("c", ("equality",), {"requirement": 1.0}),
    ]
    assert [(pair.first, pair.second) for pair in find_pairs(room)] == [("a", "c")]


def test_a_footpath_ends_where_its_marks_stand() -> None:
    assert footpath((9, 12), (91, 88)).startswith("M9.0 12.0Q")
    assert footpath((9, 12), (91, 88)).endswith(" 91.0 88.0")


stated = st.builds(
    Stated,
    key=st.text("bcdfgh", min_size=4, max_size=4),
    served=st.sampled_from(VALUES).map(lambda value: (value,)),
    outweighed=st.sets(st.sampled_from(VALUES), max_size=2).map(tuple),
    stances=st.frozensets(
        st.tuples(st.sampled_from("xyz"),
                  st.sampled_from(["supports", "qualifies", "contradicts", "background"])),
        max_size=4,
    ),
    places=st.dictionaries(st.sampled_from(["requirement", "who"]), PLACES),
)  # fmt: skip


@given(st.lists(stated, max_size=12, unique_by=lambda one: one.key), st.randoms())
def test_crossings_do_not_depend_on_the_order(room: list[Stated], random: object) -> None:
    shuffled = list(room)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = find_crossings(room)
    assert find_crossings(shuffled) == found
    assert all(times <= 2 for times in Counter(one.kind for one in found).values())
    assert all(one.here and one.there for one in found)


def test_an_end_a_fact_and_a_means() -> None:
    room = [
        Stated("a", ("equality",), ("freedom",), frozenset({("x", "supports")}), {"who": 0.0}),
        Stated("b", ("freedom",), ("equality",), frozenset({("x", "contradicts")}), {"who": 1.0}),
        Stated("c", ("freedom",), (), frozenset({("y", "background")}), {"who": 0.5}),
    ]
    end, fact, means = find_crossings(room)
    assert (end.kind, end.about, end.other) == ("end", "equality", "freedom")
    assert (fact.kind, fact.about, fact.here, fact.there) == ("fact", "x", ("a",), ("b",))
    assert (means.kind, means.here, means.there) == ("means", ("a",), ("b",))


def test_one_position_that_cites_an_item_both_ways_crosses_with_nobody() -> None:
    both = frozenset({("x", "supports"), ("x", "qualifies")})
    assert find_crossings([Stated("a", ("equality",), (), both), Stated("b", ("freedom",))]) == ()
