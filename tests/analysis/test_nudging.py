"""Marks are moved apart, in the same way whatever their order, and stay near."""

from itertools import pairwise
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.nudging import Gap, nudge, nudge_along

GAP = Gap(7.5, 8.0)
spots = st.tuples(st.sampled_from([9.0, 29.5, 50.0, 70.5, 91.0]),
                  st.sampled_from([12.0, 31.0, 50.0, 69.0, 88.0]))  # fmt: skip
keys = st.text("bcdfghjk", min_size=1, max_size=6)


@given(st.dictionaries(keys, spots, max_size=40))
def test_the_order_of_the_marks_does_not_matter(places: dict[str, tuple[float, float]]) -> None:
    backwards = dict(reversed(places.items()))
    assert nudge(places, GAP) == nudge(backwards, GAP)


@given(st.dictionaries(keys, spots, max_size=20))
def test_twenty_marks_do_not_cover_one_another_and_stay_near(
    places: dict[str, tuple[float, float]],
) -> None:
    moved = nudge(places, GAP)
    assert moved.keys() == places.keys()
    ends = list(moved.values())
    for index, (x, y) in enumerate(ends):
        assert 0 <= x <= 100
        assert 0 <= y <= 100
        for to_x, to_y in ends[:index]:
            assert hypot((x - to_x) / GAP.width, (y - to_y) / GAP.height) > 0.96
    for key, (x, y) in moved.items():
        was_x, was_y = places[key]
        assert hypot((x - was_x) / GAP.width, (y - was_y) / GAP.height) <= 4.6


@given(st.dictionaries(keys, spots, max_size=30))
def test_a_mark_alone_at_its_place_among_distant_ones_does_not_move(
    places: dict[str, tuple[float, float]],
) -> None:
    apart = {str(place): place for place in places.values()}
    assert nudge(apart, GAP) == apart


def test_hundreds_of_marks_are_moved_as_if_each_were_compared_with_all() -> None:
    places = {f"{n:03}": (9.0 + n * 37 % 83, 12.0 + n * 53 % 77) for n in range(240)}
    places |= {f"x{n}": (50.0, 50.0) for n in range(90)}  # more than find room around it
    moved = list(nudge(places, GAP).items())
    wished = {key: places[key] for key, _spot in moved}
    free = []
    for index, (key, (x, y)) in enumerate(moved):
        gaps = (hypot((x - to[0]) / GAP.width, (y - to[1]) / GAP.height) for _, to in moved[:index])
        if all(gap > 0.96 for gap in gaps):
            free.append(key)
    assert 0 < len(free) < len(moved)
    assert all(spot == wished[key] for key, spot in moved if key not in free)


def test_two_at_one_place_stand_on_either_side_of_it() -> None:
    moved = nudge({"a": (50.0, 50.0), "b": (50.0, 50.0)}, GAP)
    assert moved["a"][0] + moved["b"][0] == 100
    assert moved["a"][0] < 50 < moved["b"][0]


@given(st.dictionaries(keys, st.sampled_from([12.0, 31.0, 50.0, 69.0, 88.0]), max_size=8))
def test_marks_on_the_rim_keep_their_order_and_their_distance(places: dict[str, float]) -> None:
    moved = nudge_along(places, 8.0)
    assert moved == nudge_along(dict(reversed(places.items())), 8.0)
    ordered = sorted(moved, key=lambda key: (moved[key], key))
    assert [places[key] for key in ordered] == sorted(places.values())
    assert all(4 <= at <= 96 for at in moved.values())
    inside = [moved[key] for key in ordered if 4 < moved[key] < 96]
    assert all(b - a >= 7.8 for a, b in pairwise(inside))


def test_one_mark_on_the_rim_stays_where_it_is() -> None:
    assert nudge_along({"a": 31.0}, 8.0) == {"a": 31.0}
