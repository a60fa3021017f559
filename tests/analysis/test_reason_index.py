"""The deliberative reason index."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.answers import BadRatings
from discussion.analysis.arrays import Floats
from discussion.analysis.reason_index import reason_index

# The example in the manual of deliberr 0.1.0 (permute_dri), by person.
TOY = (
    [(1, 2, 3, 4), (2, 3, 2, 3), (3, 4, 4, 3), (4, 3, 2, 1)],
    [(1, 2, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)],
)

tables = st.integers(5, 7).flatmap(
    lambda people: st.tuples(
        st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4),
                 min_size=people, max_size=people),
        st.lists(st.permutations([1, 2, 3]), min_size=people, max_size=people),
    )
)  # fmt: skip


def test_the_published_example() -> None:
    considerations, preferences = TOY
    found = reason_index(considerations, preferences, seed=0, fewest=4, shuffles=50)
    assert found.plain is not None
    assert round(found.plain, 4) == -0.1315
    assert found.adjusted == pytest.approx(found.plain)  # no pair is weak
    assert reason_index(considerations, preferences, seed=0).state == "insufficient"


def test_who_thinks_alike_and_wants_alike_has_an_index_of_1() -> None:
    found = reason_index([(1, 2, 3, 4)] * 5, [(1, 2, 3)] * 5, seed=0, shuffles=20)
    assert (found.plain, found.adjusted) == (1, 1)
    assert found.individual == found.individual_adjusted == (1,) * 5
    assert found.chance is not None
    assert (found.chance.mean, found.chance.upper, found.chance.p) == (1, 1, 1)


def test_an_index_by_hand() -> None:
    # Thinking: c = 1 for the two alike, −1 otherwise. Wanting: p = 1, −1, −1, turned for one pair.
    up, down = (1, 2, 3, 4), (4, 3, 2, 1)
    found = reason_index([up, up, down], [(1, 2, 3), (3, 2, 1), (3, 2, 1)], 0, fewest=3)
    # pairs: (c, p) = (1, −1), (−1, −1), (−1, 1) → |c − p| = 2, 0, 2 → 1 − 2·4/3
    assert found.plain == pytest.approx(1 - 8 / 3)
    assert found.individual == pytest.approx((-1, -3, -1))
    lowest = reason_index([up, up], [(1, 2, 3), (3, 2, 1)], 0, fewest=2)
    assert (lowest.plain, lowest.adjusted) == (-3, -3)


def test_weak_pairs_count_for_less_in_the_adjusted_index() -> None:
    # Ranks 1 2 3 4 and 2 4 1 3 have c = 0; 1 2 3 and (2, 3, 2) have p = 0: d = 0, but no signal.
    found = reason_index([(1, 2, 3, 4), (2, 4, 1, 3)], [(1, 2, 3), (2, 3, 2)], 0, fewest=2)
    assert found.plain == 1
    assert found.adjusted == pytest.approx(1 - 2 * sqrt(2))  # D = 1: (λ − 2)/λ


def test_a_pair_counts_in_full_from_a_correlation_of_a_fifth() -> None:
    wishes = [(1, 2, 3), (2, 3, 2)]  # p = 0
    fifth = reason_index([(1, 2, 3, 4), (1, 4, 3, 2)], wishes, 0, fewest=2)  # c = 0.2
    assert fifth.plain == fifth.adjusted == pytest.approx(0.6)
    tenth = reason_index([(1, 2, 3, 4, 5), (3, 2, 5, 1, 4)], wishes, 0, fewest=2)  # c = 0.1
    distance = 1 - (1 - 0.1 / sqrt(2)) / 2
    assert tenth.plain == pytest.approx(0.8)
    assert tenth.adjusted == pytest.approx(1 - 2 * distance * sqrt(2))


def test_a_constant_or_incomplete_row_drops_its_pairs() -> None:
    rng = np.random.default_rng(1)
    minds: list[list[float | None]] = rng.integers(1, 6, (7, 5)).astype(float).tolist()
    wishes: list[list[float | None]] = [list(map(float, rng.permutation(4))) for _ in range(7)]
    whole = reason_index(minds[:5], wishes[:5], seed=0)
    minds[5] = [3.0] * 5
    wishes[6] = [1.0, None, 2.0, 0.0]
    found = reason_index(minds, wishes, seed=0)
    assert (found.pairs, found.dropped_pairs) == (10, 21 - 10)
    assert (found.plain, found.adjusted, found.chance) == (
        whole.plain, whole.adjusted, whole.chance,
    )  # fmt: skip
    assert found.individual == (*whole.individual, None, None)


@pytest.mark.parametrize(
    ("people", "width", "options"), [(4, 4, 3), (5, 3, 3), (5, 4, 2), (0, 0, 0)]
)
def test_too_little_is_not_enough_to_say(people: int, width: int, options: int) -> None:
    rows, wishes = [range(width)] * people, [range(options)] * people
    found = reason_index(rows, wishes, seed=0)
    assert (found.state, found.plain, found.chance) == ("insufficient", None, None)
    assert found.individual == (None,) * people


def test_tables_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadRatings):
        reason_index([(1, 2, 3, 4)] * 5, [(1, 2, 3)] * 4, seed=0)
    with pytest.raises(BadRatings):
        reason_index([(1, 2, 3, 4)] * 5, [(1, 2, 3)] * 4 + [(1, 2)], seed=0)


def _simulated(is_linked: bool, seed: int) -> tuple[Floats, Floats]:
    """Thirty people, twelve considerations, six options; linked by two camps, or not at all."""
    rng = np.random.default_rng(seed)
    camps = np.where(np.arange(30) % 2, 1.0, -1.0)[:, None] * is_linked
    minds = camps * rng.normal(size=(1, 12)) + rng.normal(size=(30, 12))
    wishes = camps * rng.normal(size=(1, 6)) * 2 + rng.normal(size=(30, 6))
    return minds, wishes


def test_linked_answers_stand_out_from_chance_and_random_ones_do_not() -> None:
    linked = reason_index(*_simulated(True, 3), seed=0, shuffles=300)
    assert linked.adjusted_chance is not None
    assert linked.adjusted is not None
    assert linked.adjusted > linked.adjusted_chance.upper
    assert linked.adjusted_chance.p < 0.01
    loose = [reason_index(*_simulated(False, seed), seed=0, shuffles=100) for seed in range(8)]
    # Chance alone gives a plain index above 0, and an adjusted one near it: hence the shuffles.
    assert 0.0 < np.mean([each.plain for each in loose if each.plain]) < 0.2
    assert -0.15 < np.mean([each.adjusted for each in loose if each.adjusted]) < 0.1
    assert sum(each.chance is not None and each.chance.p <= 0.05 for each in loose) <= 2


@given(tables, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_index_has_diagnosis_and_knows_no_order_of_people(
    given_tables: tuple[list[list[int]], list[list[int]]], random: object
) -> None:
    minds, wishes = given_tables
    order = list(range(len(minds)))
    random.shuffle(order)  # type: ignore[attr-defined]
    found = reason_index(minds, wishes, seed=5, shuffles=20)
    turned = reason_index(
        [minds[place] for place in order], [wishes[place] for place in order], 5, shuffles=20
    )
    assert (turned.plain, turned.adjusted) == (found.plain, found.adjusted)
    assert (turned.chance, turned.adjusted_chance) == (found.chance, found.adjusted_chance)
    assert turned.individual == tuple(found.individual[place] for place in order)
    assert found.plain is None or -3 <= found.plain <= 1
    assert found.adjusted is None or -3 <= found.adjusted <= 1
