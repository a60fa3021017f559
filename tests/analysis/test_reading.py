"""Whether two groups read the same evidence, and read it alike."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.reading import STANCES, Link, evidence_overlap, reading_conflict
from discussion.analysis.tags import BadTags

links = st.lists(
    st.builds(Link, st.sampled_from("pqrs"), st.sampled_from(sorted(STANCES)),
              st.sampled_from(["one", "other"])),
    max_size=8,
)  # fmt: skip


def cited(items: str, stance: str = "supports") -> list[Link]:
    """One link to each item."""
    return [Link(item, stance, "claim") for item in items]


def test_three_items_each_of_which_two_are_shared() -> None:
    found = evidence_overlap(cited("pqr"), cited("qrs"))
    assert found.share == Fraction(1, 2)
    assert (found.shared, found.only_a, found.only_b) == (("q", "r"), ("p",), ("s",))
    assert not found.is_reading_other_things


def test_background_is_not_cited() -> None:
    found = evidence_overlap(cited("pq"), cited("q") + cited("p", "background"))
    assert (found.share, found.only_a) == (Fraction(1, 2), ("p",))
    assert evidence_overlap(cited("p", "background"), []).share is None
    assert evidence_overlap([], []).share is None


@pytest.mark.parametrize(
    ("a", "b", "is_other"),
    [
        ("pqr", "stu", True),
        ("pq", "stu", False),  # two items on one side
        ("pqrstu", "uvwxyz", True),  # 1 of 11
        ("pqr", "rst", False),  # 1 of 5 is a fifth, not less
    ],
)
def test_not_reading_the_same_things(a: str, b: str, is_other: bool) -> None:
    assert evidence_overlap(cited(a), cited(b)).is_reading_other_things is is_other


def test_what_was_retracted_counts_for_nobody_and_is_named() -> None:
    found = evidence_overlap(cited("pqr"), cited("qrs"), retracted={"q", "unknown"})
    assert (found.share, found.shared, found.retracted) == (Fraction(1, 3), ("r",), ("q",))
    conflicts = reading_conflict(cited("p"), cited("p", "contradicts"), retracted=["p"])
    assert conflicts == ()


@pytest.mark.parametrize(
    ("a", "b", "conflict", "is_conflict"),
    [
        (["supports"], ["contradicts"], 1, True),
        (["supports"], ["qualifies"], Fraction(1, 2), True),
        (["supports"], ["supports"], 0, False),
        (["supports", "supports", "qualifies"], ["qualifies"], Fraction(1, 3), False),
        (["supports", "background"], ["contradicts"], Fraction(3, 4), True),
        (["contradicts"], ["supports", "contradicts"], Fraction(1, 2), True),
    ],
)
def test_the_same_evidence_read_differently(
    a: list[str], b: list[str], conflict: Fraction, is_conflict: bool
) -> None:
    first, second = ([Link("p", stance, "claim") for stance in side] for side in (a, b))
    (found,) = reading_conflict(first, second)
    assert (found.item, found.conflict, found.is_conflict) == ("p", conflict, is_conflict)


def test_evidence_is_read_differently_only_on_one_claim() -> None:
    for_, against = Link("p", "supports", "require"), Link("p", "contradicts", "choose")
    assert reading_conflict([for_], [against]) == ()


def test_an_item_that_one_side_knows_as_background_is_not_shared() -> None:
    assert reading_conflict(cited("p"), cited("p", "background")) == ()


def test_an_unknown_stance_is_refused() -> None:
    with pytest.raises(BadTags):
        Link("p", "mentions", "claim")


@given(links, links)
def test_reading_is_symmetric_bounded_and_the_same_of_copies(a: list[Link], b: list[Link]) -> None:
    overlap, turned = evidence_overlap(a, b), evidence_overlap(b[::-1], a)
    assert (overlap.share, overlap.only_a) == (turned.share, turned.only_b)
    assert overlap.share is None or 0 <= overlap.share <= 1
    found, back = reading_conflict(a, b), reading_conflict(b[::-1], a[::-1])
    assert [(each.item, each.conflict) for each in found] == [
        (each.item, each.conflict) for each in back
    ]
    assert all(0 <= each.conflict <= 1 for each in found)
    assert reading_conflict(a * 3, b * 3) == found
    assert evidence_overlap(a * 2, b * 2) == overlap
