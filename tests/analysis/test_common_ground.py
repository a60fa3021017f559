"""Common ground, what sets groups apart, and what to show next: to the digits of their sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis.consensus_selection import Consensus, select_consensus
from discussion.analysis.group_informed_consensus import (
    group_informed_consensus,
    small_group_consensus,
)
from discussion.analysis.opinion_groups import find_groups
from discussion.analysis.representativeness import (
    Stand,
    difference_z,
    find_representative,
    probability_of,
    probability_z,
)
from discussion.analysis.statement_priority import (
    draw_statement,
    find_gap,
    need_priority,
    polis_priority,
)
from discussion.analysis.tallies import Tally, tally_everybody, tally_votes
from tests.analysis.test_opinion_groups import conversation_of
from tests.polis.conversations import CONVERSATIONS, read_conversation

tallies = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)).map(
    lambda counts: Tally(counts[0], counts[1], sum(counts))
)

# What red-dwarf 0.4 selects on the same votes, with k = 2: by side; and by group, the larger first.
CONSENSUS = {
    "biodiversity": ([81, 23, 45, 42, 24], [205, 128, 79, 96, 40]),
    "land-bank": ([54, 55, 136, 20, 78], [67, 65, 118, 10, 28]),
}
REPRESENTATIVE = {
    "biodiversity": [{"17+", "22+", "26+", "242+", "79-"}, {"79+", "61+", "40+", "242-", "308-"}],
    "land-bank": [{"9+", "72+", "48+", "99+", "148-"}, {"138+", "148+", "88-", "72-", "9-"}],
}


def test_polis_form_of_group_informed_consensus() -> None:
    assert group_informed_consensus([Tally(3, 1, 4), Tally(2, 2, 5)]) == pytest.approx(
        0.285714, abs=5e-7
    )
    assert group_informed_consensus([Tally(3, 1, 4)], against=True) == pytest.approx(2 / 6)
    with pytest.raises(ValueError, match="no groups"):
        group_informed_consensus([])


def test_small_group_form_of_group_informed_consensus() -> None:
    groups = [Tally(3, 1, 4), Tally(2, 2, 5)]
    assert small_group_consensus(groups) == pytest.approx(0.345105, abs=5e-7)
    turned = [tally.turned for tally in groups]
    assert small_group_consensus(groups, against=True) == small_group_consensus(turned)
    assert small_group_consensus([*groups, Tally(2, 0, 2)]) == small_group_consensus(groups)
    assert small_group_consensus([Tally(3, 0, 3), Tally(2, 0, 2)]) is None


@given(st.lists(tallies, min_size=1, max_size=5), st.booleans())
def test_consensus_is_a_share_whatever_the_order_of_groups(
    groups: list[Tally], against: bool
) -> None:
    value = group_informed_consensus(groups, against=against)
    assert 0 < value < 1
    assert group_informed_consensus(groups[::-1], against=against) == pytest.approx(value)
    small = small_group_consensus(groups, against=against)
    assert small is None or 0 < small < 1


@given(st.lists(tallies, min_size=2, max_size=5))
def test_one_who_changes_from_no_to_yes_raises_consensus(groups: list[Tally]) -> None:
    first = groups[0]
    if not first.disagrees:
        return
    better = [Tally(first.agrees + 1, first.disagrees - 1, first.seen), *groups[1:]]
    assert group_informed_consensus(better) > group_informed_consensus(groups)
    small, more = small_group_consensus(groups), small_group_consensus(better)
    assert small is None or more is None or first.seen < 3 or more > small


def test_representativeness_to_the_digits() -> None:
    assert probability_of(3, 4) == pytest.approx(0.666667, abs=5e-7)
    assert probability_z(3, 4) == pytest.approx(1.341641, abs=5e-7)
    assert probability_of(3, 4) / probability_of(1, 6) == pytest.approx(2.666667, abs=5e-7)
    assert difference_z(3, 4, 1, 6) == pytest.approx(1.756620, abs=5e-7)
    assert difference_z(4, 4, 6, 6) == 0


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_same_consensus_statements_as_red_dwarf(name: str) -> None:
    votes, out, _published = conversation_of(name)
    names = [int(each) for each in read_conversation(name)[0].statements]
    chosen = select_consensus(tally_everybody(votes), left_out=frozenset(out))
    assert [names[at] for at in chosen.agreed] == CONSENSUS[name][0]
    assert [names[at] for at in chosen.disagreed] == CONSENSUS[name][1]


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_nine_in_ten_of_the_representative_statements_of_red_dwarf(name: str) -> None:
    votes, out, _published = conversation_of(name)
    names = read_conversation(name)[0].statements
    groups = find_groups(votes, moderated_out=out, k=2)
    found = find_representative(
        tally_votes(votes, groups.labels, groups.k), left_out=frozenset(out)
    )
    ours = [{f"{names[s.statement]}{'+-'[s.side == 'disagree']}" for s in each} for each in found]
    shared = sum(len(a & b) for a, b in zip(ours, REPRESENTATIVE[name], strict=True))
    assert [len(each) for each in ours] == [5, 5]
    assert shared >= 9


@given(st.lists(st.lists(tallies, min_size=4, max_size=4), min_size=2, max_size=4))
def test_every_group_has_one_to_five_statements_agreed_ones_first(
    groups: list[list[Tally]],
) -> None:
    for stands in find_representative(groups, left_out={2}):
        assert 1 <= len(stands) <= 5
        assert [stand.side for stand in stands] == sorted(stand.side for stand in stands)
        numbers = [stand.statement for stand in stands]
        assert len(set(numbers)) == len(numbers)
        assert 2 not in numbers
    assert find_representative(groups, left_out=set(range(4))) == [[] for _ in groups]


def test_what_only_sets_apart_by_a_no_is_representative_too() -> None:
    here = [Tally(0, 30, 30), Tally(1, 28, 30)]
    there = [Tally(28, 2, 30), Tally(0, 29, 30)]
    stands: list[Stand] = find_representative([here, there])[0]
    assert [(stand.statement, stand.side) for stand in stands] == [(0, "disagree")]
    assert stands[0].is_significant


def test_a_group_alone_is_representative_of_nothing() -> None:
    assert find_representative([[Tally(9, 0, 9)]]) == [[]]
    assert find_representative([]) == []


def test_consensus_needs_more_than_half_and_significance() -> None:
    everybody = [Tally(9, 1, 10), Tally(6, 4, 10), Tally(2, 0, 2), Tally(0, 20, 20), Tally(0, 0, 0),
                 Tally(90, 10, 100)]  # fmt: skip
    assert select_consensus(everybody) == Consensus((5, 0, 2), (3,))
    assert select_consensus(everybody, left_out={5}, most=1) == Consensus((0,), (3,))
    assert select_consensus([]) == Consensus((), ())


@pytest.mark.parametrize(
    ("agrees", "passes", "seen", "extremity", "expected"),
    [(1, 0, 1, 0, 12.529726), (20, 3, 20, 0, 1.372383), (18, 3, 20, 1, 4.493699),
     (0, 0, 0, 0, 5.0625)],
)  # fmt: skip
def test_polis_priority_to_the_digits(
    agrees: int, passes: int, seen: int, extremity: float, expected: float
) -> None:
    value = polis_priority(agrees, passes, seen, extremity=extremity)
    assert value == pytest.approx(expected, abs=5e-7)


def test_meta_statements_come_first() -> None:
    assert polis_priority(0, 0, 0, is_meta=True) == 49


def test_need_leaves_agreement_out_and_counts_groups_that_said_little() -> None:
    assert need_priority(0, 0, gap=1.0) == pytest.approx(0.5 * 9 * 2)
    assert need_priority(1, 5, gap=0.25) == pytest.approx((1 - 2 / 7) * 5 * 1.25)
    assert find_gap([0, 2, 3, 10]) == 0.5
    assert find_gap([]) == 0


def test_statements_are_drawn_in_proportion_to_their_priority() -> None:
    priorities = {"a": 0.0, "b": 1.0, "c": 3.0, "d": None}
    drawn = [draw_statement(priorities, seed=seed) for seed in range(2_000)]
    shares = {key: drawn.count(key) / 2_000 for key in priorities}
    assert shares["a"] == 0
    assert shares["c"] == pytest.approx(0.6, abs=0.05)
    assert shares["d"] == pytest.approx(shares["b"], abs=0.05)
    backwards = dict(reversed(priorities.items()))
    assert [draw_statement(backwards, seed=seed) for seed in range(50)] == drawn[:50]


def test_drawing_from_nothing_from_zeros_and_from_what_is_no_priority() -> None:
    assert draw_statement({}, seed=0) is None
    assert draw_statement({"a": 0.0, "b": 0.0}, seed=0) in {"a", "b"}
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="priority"):
            draw_statement({"a": wrong}, seed=0)
