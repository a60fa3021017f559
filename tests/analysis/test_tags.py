"""Emphasis on values, and coherence between levels."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.coherence import coherence_index, level_coherence
from discussion.analysis.tags import BadTags, Tagged, emphasis_gap
from tests.analysis.enrichment import TAGS_A, TAGS_B

VALUES = ("equality", "consistency", "freedom", "belonging")
tagged = st.builds(
    Tagged,
    served=st.permutations(VALUES).flatmap(
        lambda values: st.integers(0, 3).map(lambda number: tuple(values[:number]))
    ),
    is_ranked=st.booleans(),
)
positions = st.lists(tagged, max_size=7)


def test_the_tags_of_the_worked_example() -> None:
    """Our tags (the example prints none) come to the figures that it prints."""
    found = emphasis_gap(TAGS_A, TAGS_B)
    assert found.gap is not None
    assert found.shared is not None
    assert (round(float(found.gap), 3), round(float(found.shared), 3)) == (0.544, 0.456)
    assert [each.value for each in found.shared_values] == ["equality"]
    assert found.shared == min(found.shared_values[0].a, found.shared_values[0].b)
    freedom = next(each for each in found.distinctive if each.value == "pupil_freedom")
    assert (float(freedom.a), round(float(freedom.b), 3)) == (0, 0.433)
    assert found.is_apart


def test_an_emphasis_gap_by_hand() -> None:
    # a: x 1, x 1, (x 0.6, y 0.4) → x 13/15, y 2/15; b: y 1, y 1, (z, y, x) → z 1/6, y 7/9, x 1/18
    a = [Tagged(("x",)), Tagged(("x",)), Tagged(("x", "y"))]
    b = [Tagged(("y",)), Tagged(("y",)), Tagged(("z", "y", "x"))]
    found = emphasis_gap(a, b)
    assert [(each.value, each.a, each.b) for each in found.values] == [
        ("x", Fraction(13, 15), Fraction(1, 18)),
        ("y", Fraction(2, 15), Fraction(7, 9)),
        ("z", Fraction(0), Fraction(1, 6)),
    ]
    assert found.shared == Fraction(1, 18) + Fraction(2, 15)
    assert [each.value for each in found.shared_values] == ["y"]  # x is shared by 0.06 only
    assert [each.value for each in found.distinctive] == ["x", "y", "z"]


def test_unranked_values_weigh_the_same() -> None:
    assert Tagged(("x", "y"), is_ranked=False).weights() == {
        "x": Fraction(1, 2),
        "y": Fraction(1, 2),
    }
    assert Tagged(("x", "y", "z")).weights() == {
        "x": Fraction(1, 2),
        "y": Fraction(1, 3),
        "z": Fraction(1, 6),
    }


@pytest.mark.parametrize(
    ("served", "outweighed"),
    [((), ("x",)), (("x", "x"), ()), (("x",), ("x",)), (("w", "x", "y", "z"), ())],
)
def test_values_that_a_position_cannot_have_are_refused(
    served: tuple[str, ...], outweighed: tuple[str, ...]
) -> None:
    with pytest.raises(BadTags):
        Tagged(served, outweighed)


X, NONE = Tagged(("x",)), Tagged()


@pytest.mark.parametrize(
    ("a", "shortfalls", "shares"),
    [
        ([X] * 2, ("too_few_tagged",), (1, 1)),
        ([X] * 3, (), (1, 1)),
        ([X] * 3 + [NONE] * 2, (), (Fraction(3, 5), 1)),
        ([X] * 3 + [NONE] * 3, ("mostly_untagged",), (Fraction(1, 2), 1)),
        ([NONE] * 3, ("too_few_tagged", "mostly_untagged"), (0, 1)),
        ([], ("too_few_tagged",), (None, 1)),
    ],
)
def test_too_few_tags_are_not_enough_to_say(
    a: list[Tagged], shortfalls: tuple[str, ...], shares: tuple[Fraction | None, Fraction | None]
) -> None:
    found = emphasis_gap(a, [X] * 3)
    assert found.shortfalls == shortfalls
    assert found.tagged_shares == shares
    assert found.gap == (None if shortfalls else 0)
    assert found.is_sufficient is not bool(shortfalls)
    assert not found.is_apart


def test_what_is_shared_and_what_is_distinctive_begins_on_the_line() -> None:
    both = Tagged(("x", "y"), is_ranked=False)
    tenth, less = [both] + [Tagged(("y",))] * 4, [both] + [Tagged(("y",))] * 5
    assert [each.value for each in emphasis_gap(tenth, [both] * 3).shared_values] == ["y", "x"]
    assert [each.value for each in emphasis_gap(less, [both] * 3).shared_values] == ["y"]
    # 0.15 and 0.125 of the emphasis
    apart, near = [X, both] + [Tagged(("y",))] * 8, [both] + [Tagged(("y",))] * 3
    for positions_, expected in ((apart, ["x", "y"]), (near, [])):
        found = emphasis_gap(positions_, [Tagged(("y",))] * 3)
        assert [each.value for each in found.distinctive] == expected


def test_untagged_positions_do_not_thin_the_emphasis() -> None:
    assert emphasis_gap([X] * 3 + [NONE], [X] * 3).gap == 0


def test_emphasis_is_apart_from_two_fifths() -> None:
    y = Tagged(("y",))
    assert emphasis_gap([X] * 5, [X] * 3 + [y] * 2).is_apart
    assert not emphasis_gap([X] * 8, [X] * 5 + [y] * 3).is_apart


@given(positions, positions, st.sampled_from([2, 3]))
def test_emphasis_is_symmetric_bounded_and_the_same_of_copies(
    a: list[Tagged], b: list[Tagged], times: int
) -> None:
    found, turned = emphasis_gap(a, b), emphasis_gap(b[::-1], a)
    assert (found.gap, found.shared) == (turned.gap, turned.shared)
    assert [each.value for each in found.distinctive] == [each.value for each in turned.distinctive]
    if found.gap is not None and found.shared is not None:
        assert 0 <= found.gap <= 1
        assert found.gap + found.shared == 1
        assert found.shared == sum(min(each.a, each.b) for each in found.values)
        assert emphasis_gap(a * times, b * times).gap == found.gap
        assert emphasis_gap(a, a).gap == 0


def test_coherence_between_two_levels_by_hand() -> None:
    # national: x 1, 1, 1 → x 1; school: (x 0.6, y 0.4), y 1, z 1 → x 1/5, y 7/15, z 1/3
    national, school = [X] * 3, [Tagged(("x", "y")), Tagged(("y",)), Tagged(("z",))]
    found = level_coherence(national, school)
    assert found.emphasis.shared == Fraction(1, 5)
    assert found.most_different is not None
    assert (found.most_different.value, found.most_different.difference) == ("x", Fraction(-4, 5))


def test_levels_that_say_the_same_differ_in_no_value() -> None:
    found = level_coherence([X] * 3, [X] * 4)
    assert found.emphasis.shared == 1
    assert found.most_different is None
    assert level_coherence([X] * 2, [Tagged(("y",))] * 3).most_different is None


def test_of_values_that_differ_alike_the_first_by_name_is_named() -> None:
    found = level_coherence([Tagged(("y",))] * 3, [X] * 3)
    assert found.most_different is not None
    assert found.most_different.value == "x"


def test_the_index_is_the_mean_of_all_levels_or_nothing() -> None:
    y = Tagged(("y",))
    levels = {"national": [X] * 3, "trust": [X, X, y], "school": [y] * 3}
    found = coherence_index(levels)
    assert [(one, other) for one, other, _pair in found.pairs] == [
        ("national", "trust"),
        ("national", "school"),
        ("trust", "school"),
    ]
    assert [pair.emphasis.shared for *_levels, pair in found.pairs] == [
        Fraction(2, 3),
        0,
        Fraction(1, 3),
    ]
    assert found.index == Fraction(1, 3)
    assert coherence_index(levels | {"classroom": [X]}).index is None
    assert coherence_index({"national": [X] * 3}).index is None
