"""The votes table: gathered in any order, the latest vote counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.analysis import votes as votes_module
from discussion.analysis.arrays import Floats
from discussion.analysis.tallies import Tally, tally_everybody, tally_votes, without
from discussion.analysis.votes import (
    Votes,
    choose_people,
    count_votes,
    find_first_statements,
    gather_votes,
)
from tests.analysis.making import tables, votes_of

single = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(-1, 1), st.integers(0, 5)),
    max_size=30,
)


def table_of(votes: Votes) -> Floats:
    full = np.full((votes.n_people, votes.n_statements), np.nan)
    who = np.repeat(np.arange(votes.n_people), votes.per_person)
    full[who, votes.statements] = votes.values
    return full


@given(single)
def test_the_latest_vote_in_a_cell_counts(given_votes: list[tuple[int, int, int, int]]) -> None:
    expected = np.full((5, 4), np.nan)
    for who, what, vote, _when in sorted(given_votes, key=lambda each: each[3]):
        expected[who, what] = vote
    columns = [[each[at] for each in given_votes] for at in range(4)]
    votes = gather_votes(*columns[:3], n_people=5, n_statements=4, moments=columns[3])
    np.testing.assert_array_equal(table_of(votes), expected)


@given(single)
def test_without_moments_the_last_given_counts(
    given_votes: list[tuple[int, int, int, int]],
) -> None:
    expected = np.full((5, 4), np.nan)
    for who, what, vote, _when in given_votes:
        expected[who, what] = vote
    columns = [[each[at] for each in given_votes] for at in range(3)]
    votes = gather_votes(*columns, n_people=5, n_statements=4)
    np.testing.assert_array_equal(table_of(votes), expected)
    firsts = [
        min((what for who, what, *_ in given_votes if who == person), default=4)
        for person in range(5)
    ]
    assert find_first_statements(votes).tolist() == firsts


@pytest.mark.parametrize(
    ("people", "statements", "values"),
    [([5], [0], [1]), ([-1], [0], [1]), ([0], [4], [1]), ([0], [0], [2]), ([0], [0], [0.5]),
     ([0], [0], [float("nan")]), ([0, 1], [0], [1]), ([[0]], [[0]], [[1]])],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    people: list[int], statements: list[int], values: list[int]
) -> None:
    with pytest.raises(ValueError, match=r"person|statement|vote|length"):
        gather_votes(people, statements, values, n_people=5, n_statements=4)


@given(tables, st.data())
def test_groups_are_counted_vote_by_vote(rows: list[list[int]], data: st.DataObject) -> None:
    labels = data.draw(st.lists(st.integers(-1, 2), min_size=len(rows), max_size=len(rows)))
    counts = count_votes(votes_of(rows), labels, 3)
    for group in range(3):
        for statement in range(len(rows[0])):
            said = [row[statement] for row, label in zip(rows, labels, strict=True)
                    if label == group]  # fmt: skip
            assert counts[group, statement].tolist() == [
                said.count(-1),
                said.count(0),
                said.count(1),
            ]


@given(tables)
def test_small_blocks_give_what_one_block_gives(rows: list[list[int]]) -> None:
    votes = votes_of(rows)
    labels = [at % 2 for at in range(len(rows))]
    whole = count_votes(votes, labels, 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(votes_module, "BLOCK", 3)
        seen = [people for people, _cells in votes.blocks()]
        np.testing.assert_array_equal(count_votes(votes, labels, 2), whole)
    assert [at for people in seen for at in range(people.start, people.stop)] == list(
        range(len(rows))
    )


def test_people_are_chosen_in_any_order_and_more_than_once() -> None:
    votes = votes_of([[1, 2, -1], [2, 2, 2], [0, 1, 1]])
    np.testing.assert_array_equal(
        table_of(choose_people(votes, [2, 1, 0, 2])), table_of(votes)[[2, 1, 0, 2]]
    )
    assert choose_people(votes, []).n_people == 0


def test_a_tally_is_of_people_who_answered_once() -> None:
    assert Tally(3, 1, 5).passes == 1
    assert Tally(3, 1, 5).turned == Tally(1, 3, 5)
    for wrong in ((-1, 0, 3), (2, 2, 3)):
        with pytest.raises(ValueError, match="twice"):
            Tally(*wrong)


def test_everybody_is_all_groups_and_those_left_out() -> None:
    votes = votes_of([[1, 2], [1, -1], [0, 1], [-1, 2]])
    groups = tally_votes(votes, [0, 0, 1, -1], 2)
    assert groups == [[Tally(2, 0, 2), Tally(0, 1, 1)], [Tally(0, 0, 1), Tally(1, 0, 1)]]
    assert without(groups, 0) == groups[1]
    assert tally_everybody(votes) == [Tally(2, 1, 4), Tally(1, 1, 2)]
