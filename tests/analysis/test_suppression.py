"""No set of one to four people's total can be got from what is shown."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
import pytest

from discussion.analysis import suppression
from discussion.analysis.suppression import Shows

ROLES = ("head", "deputy", "teacher", "tutor")
FAMILY = {"head": "leading", "deputy": "leading", "teacher": "teaching", "tutor": "teaching"}
PHASES = ("primary", "secondary", "sixth")


def people(number: int) -> list[str]:
    return [f"p{n}" for n in range(number)]


def choose_shown(
    sets: Sequence[Sequence[str]], among: Sequence[str] | None = None
) -> tuple[Shows, ...]:
    every = sorted({who for each in sets for who in each})
    masks = [np.isin(every, each) for each in sets]
    counting = None if among is None else np.isin(every, among)
    return suppression.choose_shown(masks, among=counting)


def test_fewer_than_five_are_not_shown() -> None:
    assert choose_shown([people(4), people(5)]) == ("few", "shown")


def test_a_complement_of_fewer_than_five_hides_the_group() -> None:
    everybody, group = people(20), people(17)
    assert choose_shown([everybody, group]) == ("shown", "subtraction")
    assert choose_shown([everybody, people(15)]) == ("shown", "shown")


def test_the_cells_of_a_partition_do_not_add_up_to_all_but_few() -> None:
    everybody = people(22)
    cells = [everybody[:9], everybody[9:18]]
    assert choose_shown([everybody, *cells]) == ("shown", "shown", "subtraction")
    assert choose_shown([*cells, everybody]) == ("shown", "shown", "subtraction")


def test_the_whole_partition_is_shown_since_nobody_is_left() -> None:
    everybody = people(18)
    assert set(choose_shown([everybody, everybody[:9], everybody[9:]])) == {"shown"}


def test_crossing_sets_are_shown_where_no_sum_tells_of_few() -> None:
    """Three in the one and not in the other are no total of either."""
    assert choose_shown([people(10), people(20)[7:]]) == ("shown", "shown")


def test_four_sets_that_only_together_give_somebody_away() -> None:
    """a + b − c − d is one person, although no two of them are near each other."""
    each = people(25)
    a, b = each[:6], each[6:13]
    c, d = each[:3] + each[6:9], each[3:6] + each[9:12]
    assert choose_shown([a, b, c, d]) == ("shown", "shown", "shown", "subtraction")


def test_only_those_who_gave_a_number_count() -> None:
    everybody = people(20)
    assert choose_shown([everybody, everybody[:10]], among=everybody[7:]) == ("shown", "few")


@pytest.mark.parametrize("seed", range(12))
def test_an_attacker_with_linear_algebra_finds_nobody(seed: int) -> None:
    random = Random(seed)
    everybody = people(random.randint(7, 12))
    role = {each: random.choice(ROLES) for each in everybody}
    phase = {each: random.choice(PHASES) for each in everybody}
    sets = [everybody]
    sets += [[p for p in everybody if FAMILY[role[p]] == f] for f in ("leading", "teaching")]
    sets += [[p for p in everybody if role[p] == r] for r in ROLES]
    sets += [[p for p in everybody if phase[p] == f] for f in PHASES]
    sets += [random.sample(everybody, random.randint(1, len(everybody))) for _ in range(4)]
    random.shuffle(sets)
    verdicts = choose_shown(sets)
    shown = [each for each, verdict in zip(sets, verdicts, strict=True) if verdict == "shown"]
    assert not told(shown, everybody)
    for each, verdict in zip(sets, verdicts, strict=True):
        if verdict == "subtraction":  # and nothing is hidden for nothing
            before = shown_before(sets, verdicts, each)
            assert told([*before, each], everybody)


def shown_before(
    sets: Sequence[list[str]], verdicts: Sequence[str], until: list[str]
) -> list[list[str]]:
    end = next(n for n, each in enumerate(sets) if each is until)
    return [sets[n] for n in range(end) if verdicts[n] == "shown"]


def told(shown: Sequence[Iterable[str]], everybody: Sequence[str]) -> bool:
    """Whether any combination of totals is one of one to four people; by brute force, exactly."""
    rows = [[Fraction(int(each in set(members))) for each in everybody] for members in shown]
    rank = rank_of(rows)
    for size in range(1, 5):
        for few in combinations(range(len(everybody)), size):
            units = [[Fraction(int(n == each)) for n in range(len(everybody))] for each in few]
            if rank_of(rows + units) < rank + size:
                return True
    return False


def rank_of(rows: list[list[Fraction]]) -> int:
    left, rank = [row[:] for row in rows], 0
    while left:
        row = left.pop()
        pivot = next((n for n, value in enumerate(row) if value), None)
        if pivot is None:
            continue
        rank += 1
        left = [
            [value - other[pivot] / row[pivot] * own for value, own in zip(other, row, strict=True)]
            if other[pivot]
            else other
            for other in left
        ]
    return rank
