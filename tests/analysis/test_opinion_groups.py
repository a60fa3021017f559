"""Opinion groups: near those that Polis published, and whole on any votes."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis import opinion_groups as groups_module
from discussion.analysis.clustering import adjusted_rand_index
from discussion.analysis.components import find_extremities
from discussion.analysis.opinion_groups import (
    OpinionGroups,
    find_clusterable,
    find_groups,
)
from discussion.analysis.stability import find_stability, judge_groups
from discussion.analysis.votes import Votes, choose_people, gather_votes
from tests.analysis.making import camps, noise, tables, votes_of
from tests.polis.conversations import (
    CONVERSATIONS,
    gathered,
    moderated_out,
    read_conversation,
    shuffled,
)


def conversation_of(name: str) -> tuple[Votes, list[int], list[str]]:
    read, comments = read_conversation(name)
    return gathered(read), moderated_out(read, comments), list(read.published)


def nearness(groups: OpinionGroups, published: list[str]) -> float:
    both = [at for at, group in enumerate(published) if group and groups.labels[at] >= 0]
    assert len(both) > 350
    return adjusted_rand_index(groups.labels[both], [int(published[at]) for at in both])


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_groups_are_near_the_published_ones(name: str, seed: int) -> None:
    votes, out, published = conversation_of(name)
    given_k = find_groups(votes, moderated_out=out, k=2, seed=seed)
    assert nearness(given_k, published) >= 0.95
    found = find_groups(votes, moderated_out=out, seed=seed)
    assert found.k == len(set(published) - {""}) == 2
    assert found.labels.tolist() == given_k.labels.tolist()
    assert found.silhouette == max(found.silhouettes.values()) > 0.5
    assert set(found.silhouettes) == {2, 3, 4, 5}


def test_dropping_what_was_moderated_out_would_be_something_else() -> None:
    votes, out, published = conversation_of("biodiversity")
    zeroed = find_groups(votes, moderated_out=out, k=2)
    left = find_groups(votes, k=2)
    assert nearness(left, published) < nearness(zeroed, published) - 0.1


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_people_in_any_other_order_are_grouped_much_the_same(name: str) -> None:
    votes, out, _published = conversation_of(name)
    moved, order = shuffled(votes, seed=1)
    here = find_groups(votes, moderated_out=out, k=2)
    there = find_groups(moved, moderated_out=out, k=2)
    is_in = there.labels >= 0
    np.testing.assert_array_equal(is_in, here.labels[order] >= 0)
    assert adjusted_rand_index(there.labels[is_in], here.labels[order][is_in]) > 0.8


@given(st.integers(0, 50), st.sampled_from([2, 3]), st.sampled_from([0.6, 1.0]))
@settings(max_examples=25, deadline=None)
def test_up_to_a_hundred_people_the_order_does_not_matter(
    seed: int, n_camps: int, density: float
) -> None:
    votes, camp = camps(60, 40, groups=n_camps, density=density, seed=seed)
    order = np.random.default_rng(seed).permutation(60)
    here = find_groups(votes, k=n_camps)
    there = find_groups(choose_people(votes, order), k=n_camps)
    assert adjusted_rand_index(here.labels[order], there.labels) == 1
    assert there.silhouette == pytest.approx(here.silhouette)
    if len(set(camp)) == n_camps:
        assert adjusted_rand_index(here.labels, camp) > 0.85


@given(tables, st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_any_votes_are_grouped(rows: list[list[int]], seed: int) -> None:
    votes = votes_of(rows)
    found = find_groups(votes, seed=seed)
    is_in = find_clusterable(votes)
    assert (found.labels >= 0).tolist() == is_in.tolist()
    sizes = Counter(found.labels[is_in].tolist())
    assert list(range(found.k)) == sorted(sizes)
    assert [sizes[group] for group in range(found.k)] == sorted(sizes.values(), reverse=True)
    assert np.isfinite(found.points).all()
    assert np.isfinite(find_extremities(found.components)).all()
    assert -1 <= found.silhouette <= 1
    again = find_groups(votes, seed=seed)
    assert again.labels.tolist() == found.labels.tolist()


@given(tables)
@settings(max_examples=60, deadline=None)
def test_who_votes_the_same_is_in_the_same_group(rows: list[list[int]]) -> None:
    found = find_groups(votes_of(rows))
    groups: dict[tuple[int, ...], set[int]] = {}
    for row, label in zip(rows, found.labels.tolist(), strict=True):
        if label >= 0:
            groups.setdefault(tuple(row), set()).add(label)
    assert all(len(labels) == 1 for labels in groups.values())


def test_seven_votes_are_counted_before_anything_is_moderated_out() -> None:
    votes, _camp = camps(30, 20, seed=1)
    few = votes_of([[1] * 7 + [2] * 13, [0] * 7 + [2] * 13, [1] * 6 + [2] * 14])
    both = choose_people(votes, range(30))
    joined = np.concatenate([table_rows(both), table_rows(few)])
    found = find_groups(votes_of(joined.tolist()), moderated_out=range(7))
    assert (found.labels[30:] >= 0).tolist() == [True, True, False]


def table_rows(votes: Votes) -> np.ndarray:
    full = np.full((votes.n_people, votes.n_statements), 2)
    who = np.repeat(np.arange(votes.n_people), votes.per_person)
    full[who, votes.statements] = votes.values
    return full


def test_fewer_than_fifteen_are_made_up_by_the_most_active() -> None:
    rows = [
        [1] * n + [2] * (10 - n) for n in (9, 7, 6, 0, 1, 5, 5, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1)
    ]
    is_in = find_clusterable(votes_of(rows))
    assert is_in.sum() == 15
    assert not is_in[3]  # without a vote there is nothing to go by
    assert is_in.tolist()[13:] == [True, True, True, False, False]  # of equals, who came first
    assert find_clusterable(votes_of([[1, 2], [1, 1], [2, 2]])).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("rows", "k", "labels"),
    [
        ([[1] * 9] * 20, 1, [0] * 20),
        ([[1, -1, 0]] * 5, 1, [0] * 5),
        ([[2] * 4] * 5, 0, [-1] * 5),
        ([[1]], 1, [0]),
        ([[1], [1], [-1], [-1], [-1], [2]], 2, [1, 1, 0, 0, 0, -1]),
        ([[1, 1], [-1, -1]], 2, None),
    ],
)
def test_votes_with_little_in_them(rows: list[list[int]], k: int, labels: list[int] | None) -> None:
    found = find_groups(votes_of(rows))
    assert found.k == k
    assert labels is None or found.labels.tolist() == labels


def test_more_groups_than_places_are_not_made() -> None:
    rows = [[1] * 8] * 10 + [[-1] * 8] * 10
    assert find_groups(votes_of(rows), k=4).k == 2
    assert find_groups(votes_of(rows), k=1).labels.tolist() == [0] * 20


def test_everything_moderated_out_leaves_one_group() -> None:
    votes, _camp = camps(30, 10)
    assert find_groups(votes, moderated_out=range(10)).k == 1


@pytest.mark.parametrize("wrong", [{"k": 0}, {"moderated_out": [10]}, {"moderated_out": [-1]}])
def test_what_cannot_be_asked_is_refused(wrong: dict[str, Any]) -> None:
    votes, _camp = camps(30, 10)
    with pytest.raises(ValueError, match="there is"):
        find_groups(votes, **wrong)


def test_the_cells_of_a_grid_stand_for_very_many_people() -> None:
    votes, camp = camps(3_000, 40, groups=3, density=0.5, seed=7)
    exact = find_groups(votes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups_module, "EXACT_UP_TO", 100)
        coarse = find_groups(votes)
    assert coarse.k == exact.k == 3
    is_in = exact.labels >= 0
    assert adjusted_rand_index(coarse.labels[is_in], exact.labels[is_in]) > 0.97
    assert adjusted_rand_index(coarse.labels[is_in], camp[is_in]) > 0.9


def test_camps_are_stable_and_coin_tosses_are_not() -> None:
    votes, _camp = camps(60, 30)
    judged = judge_groups(votes, find_groups(votes))
    assert judged.may_be_shown
    assert judged.stability is not None
    assert judged.stability > 0.9
    again = find_stability(votes, find_groups(votes), refits=20)
    assert again == judged.stability  # the seed decides
    for seed in range(2):
        tossed = noise(60, 30, seed=seed)
        judgement = judge_groups(tossed, find_groups(tossed))
        assert judgement.state == "unstable"
        assert judgement.stability is not None
        assert judgement.stability < 0.5


def test_groups_of_fewer_than_forty_people_are_not_shown() -> None:
    votes, _camp = camps(39, 30)
    judged = judge_groups(votes, find_groups(votes))
    assert (judged.state, judged.people, judged.stability) == ("too_few_people", 39, None)
    same = votes_of([[1] * 9] * 50)
    assert judge_groups(same, find_groups(same)).state == "one_group"


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_groups_of_real_conversations_are_stable(name: str) -> None:
    votes, out, _published = conversation_of(name)
    groups = find_groups(votes, moderated_out=out)
    judged = judge_groups(votes, groups, moderated_out=out, seed=1)
    assert judged.state == "stable"


def test_another_number_that_fits_nearly_as_well_is_told() -> None:
    """One cloud without any groups is cut as well into one number of groups as into another."""
    drawn = np.random.default_rng(3)
    cloud = drawn.integers(-1, 2, size=(120, 30))
    who, what = np.indices(cloud.shape)
    votes = gather_votes(
        who.ravel().tolist(), what.ravel().tolist(), cloud.ravel().tolist(),
        n_people=120, n_statements=30,
    )  # fmt: skip
    found = find_groups(votes, seed=1)
    assert found.as_good
    assert found.k not in found.as_good
    assert all(found.silhouettes[k] >= found.silhouette - 0.05 for k in found.as_good)
