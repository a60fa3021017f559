"""Who moved between two rounds: people with themselves, or two samples."""

from fractions import Fraction
from itertools import product

import pytest

from discussion.analysis.answered import Answered
from discussion.analysis.answers import BadRatings, Kind
from discussion.analysis.moving import BothRounds, find_kind_moves, find_moves
from discussion.analysis.ratings import Thresholds
from discussion.analysis.turning import turn_about

SAME = Answered((2, 6, 8, 6, 2))


def paired(key: str, *steps: int, kind: Kind = "fact", group: str = "room") -> BothRounds:
    """People by how far they moved, from −4 up."""
    return BothRounds(key, kind, group, SAME, SAME, steps)


STILL = (0, 0, 0, 2, 40, 2, 0, 0, 0)
UP = (0, 0, 0, 1, 6, 20, 13, 0, 0)
A_LITTLE = (0, 0, 0, 0, 30, 14, 0, 0, 0)


def test_people_who_moved_far_a_little_or_not() -> None:
    far, little, still = find_moves(
        [paired("F1", *UP), paired("F2", *A_LITTLE), paired("F3", *STILL)], seed=0
    )
    assert [far.state, little.state, still.state] == ["moved", "moved_a_little", "held"]
    assert far.shift == Fraction(45, 160)  # of forty people and four steps
    assert (far.is_paired, far.compared) == (True, 40)


def test_a_move_on_the_line_has_moved() -> None:
    up = (0, 0, 0, 0, 0, 20, 0, 0, 0)
    (found,) = find_moves([paired("F1", *up)], seed=0)
    assert (found.shift, found.state) == (Fraction(1, 4), "moved")
    (found,) = find_moves([paired("F1", *up)], seed=0, thresholds=Thresholds(gap=0.26))
    assert found.state == "moved_a_little"


def test_few_who_moved_are_unclear_and_four_are_too_few() -> None:
    (found,) = find_moves([paired("F1", 0, 0, 1, 0, 2, 1, 1, 1, 0)], seed=0)
    assert found.state == "unclear"
    assert (found.most or 0) > 0.25
    few = BothRounds(
        "F1", "fact", "room", Answered((0, 2, 0, 2, 0)), SAME, (0,) * 4 + (4,) + (0,) * 4
    )
    (found,) = find_moves([few], seed=0)
    assert (found.state, found.shift, found.most) == ("insufficient", None, None)


def test_without_people_in_both_rounds_the_two_samples_are_compared() -> None:
    after = Answered((0, 0, 2, 6, 16))
    given = BothRounds("F1", "fact", "room", Answered((16, 6, 2, 0, 0)), after)
    (found,) = find_moves([given], seed=0)
    assert (found.state, found.is_paired, found.compared) == ("moved", False, 24)
    assert found.shift == Fraction(19, 24)  # up
    few = BothRounds("F2", "fact", "room", SAME, after, (0, 0, 0, 0, 3, 0, 0, 0, 0))
    assert not find_moves([few], seed=0)[0].is_paired


def test_chance_is_held_down_over_everything_that_is_compared() -> None:
    one = paired("F1", 0, 0, 0, 0, 12, 6, 0, 0, 0)
    (alone,) = find_moves([one], seed=0)
    among = find_moves([one, *(paired(f"F{at}", *STILL) for at in range(2, 12))], seed=0)[0]
    assert alone.state == "moved_a_little"
    assert among.state == "held"
    assert (alone.adjusted_p or 1) < (among.adjusted_p or 0)


def test_a_kind_moved_in_a_group_if_any_of_its_statements_did() -> None:
    moves = find_moves(
        [
            paired("F1", *STILL, group="a"),
            paired("F2", *UP, group="a"),
            paired("F1", *STILL, group="b"),
            paired("F2", *STILL, group="b"),
            BothRounds("E1", "end", "a", Answered((1, 0, 0, 0, 0)), SAME),
        ],
        seed=0,
    )
    found = {(each.kind, each.group): each for each in find_kind_moves(moves)}
    assert found["fact", "a"].state in ("moved", "moved_a_little")
    assert found["fact", "a"].moved == ("F2",)
    assert (found["fact", "b"].state, found["fact", "b"].moved) == ("held", ())
    assert found["end", "a"].state == "insufficient"


def test_an_exact_p_is_that_of_every_way_of_turning_people_about() -> None:
    steps, moved = (1, 0, 5, 3, 0), [-2, 1, 1, 1]
    far = sum(
        abs(sum(s * m for s, m in zip(signs, moved, strict=True))) >= 1
        for signs in product((1, -1), repeat=4)
    )
    found = turn_about(steps, 0)
    assert (found.kind, found.value) == ("exact", Fraction(far, 16))
    assert turn_about(steps[::-1], 0) == found


def test_many_who_moved_are_drawn_and_nobody_who_moved_is_chance() -> None:
    assert turn_about((0, 0, 0, 30, 0), 0).value == Fraction(1, 5001)
    assert turn_about((0, 15, 3, 15, 0), 0).value == 1
    assert turn_about((0, 0, 9, 0, 0), 0).value == 1


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(BadRatings, match="scales"):
        BothRounds("F1", "fact", "room", SAME, Answered((1, 2)))
    with pytest.raises(BadRatings, match="points"):
        BothRounds("F1", "fact", "room", SAME, SAME, (1, 2, 3))
