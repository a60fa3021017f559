"""Short lists that speak for most people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings
from discussion.analysis.shortlist import proportional_shortlist

rooms = st.dictionaries(
    st.text("vwxyz", min_size=1, max_size=4), st.frozensets(st.sampled_from("abcdef")), max_size=9
)


def test_a_minority_is_spoken_for_before_a_majority_twice() -> None:
    """By hand: a 6, then b 6/2 = 3 and c 4: c, and only then b."""
    approvals = {f"many{i}": "ab" for i in range(6)} | {f"few{i}": "c" for i in range(4)}
    found = proportional_shortlist(approvals, 5)
    assert [(each.item, each.gain, each.approved_by) for each in found.items] == [
        ("a", Fraction(6), 6),
        ("c", Fraction(4), 4),
        ("b", Fraction(3), 6),
    ]
    assert (found.spoken_for, found.people) == (10, 10)
    assert proportional_shortlist(approvals, 1).spoken_for == 6


def test_what_many_have_twice_counts_a_third_next_time() -> None:
    found = proportional_shortlist({"x": "abc", "y": "abc", "z": "abc"}, 3)
    assert [each.gain for each in found.items] == [3, Fraction(3, 2), 1]
    assert [each.item for each in found.items] == ["a", "b", "c"]


def test_nobody_approves_nothing() -> None:
    assert proportional_shortlist({}, 5).items == ()
    found = proportional_shortlist({"x": "", "y": "a"}, 5)
    assert ([each.item for each in found.items], found.spoken_for, found.people) == (["a"], 1, 2)
    assert proportional_shortlist({"x": "a"}, 0).items == ()
    with pytest.raises(BadRatings):
        proportional_shortlist({}, -1)


@given(rooms, st.integers(0, 6))
def test_the_list_knows_no_order_and_gains_less_each_time(
    approvals: dict[str, frozenset[str]], size: int
) -> None:
    found = proportional_shortlist(approvals, size)
    assert found == proportional_shortlist(dict(reversed(approvals.items())), size)
    items, gains = [each.item for each in found.items], [each.gain for each in found.items]
    assert len(items) == len(set(items)) == min(size, len(frozenset().union(*approvals.values())))
    assert gains == sorted(gains, reverse=True)
    assert found.spoken_for <= found.people == len(approvals)


@given(rooms, st.integers(0, 6), st.sampled_from([2, 3]))
def test_copies_of_everybody_choose_the_same(
    approvals: dict[str, frozenset[str]], size: int, times: int
) -> None:
    copies = {f"{key}.{copy}": each for key, each in approvals.items() for copy in range(times)}
    once, again = proportional_shortlist(approvals, size), proportional_shortlist(copies, size)
    assert [each.item for each in once.items] == [each.item for each in again.items]
