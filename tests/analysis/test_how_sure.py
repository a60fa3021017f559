"""A small trial on rooms of known truth: what is said is seldom wrong, and causes are named.

The whole one is `python -m bench.verdicts`; this notices when a change undoes what it showed.
"""

import numpy as np
import pytest

from bench.verdict_judging import Outcome, judge
from bench.verdict_rooms import Truth, draw_rooms
from bench.verdicts import TRUTHS, harder_truths
from discussion.analysis.answers import KINDS, RatedStatement
from discussion.analysis.diagnosis import diagnose, diagnose_counted


def _outcomes(truth: Truth, rooms: int, seed: int = 7) -> list[Outcome]:
    return [
        judge(room, diagnose_counted(room.counted, truth.sizes, seed=number))
        for number, room in enumerate(draw_rooms(truth, rooms, seed))
    ]


def test_a_small_trial_is_seldom_wrong_and_names_causes() -> None:
    outcomes = {
        (name, size): _outcomes(Truth(name, (size, size), 2.0, apart), 12)
        for name, apart in TRUTHS.items()
        for size in (15, 30)
    }
    wrong = sum(each.is_wrong for many in outcomes.values() for each in many)
    assert wrong <= 6  # of 168; 2 in 100 would be three
    for size, least in ((15, 0.75), (30, 0.9)):
        named = [
            each.names_one
            for (name, people), many in outcomes.items()
            for each in many
            if people == size and TRUTHS[name]
        ]
        assert np.mean(named) >= least


def test_groups_of_fifteen_that_differ_are_not_called_alike() -> None:
    """More than half of such rooms were, once."""
    outcomes = _outcomes(Truth("all", (15, 15), 1.2, frozenset(KINDS)), 40)
    assert sum(each.is_wrong for each in outcomes) <= 3


@pytest.mark.parametrize(
    "truth", [each for each in harder_truths() if each.sizes == (15, 15)], ids=lambda t: t.name
)
def test_harder_rooms_are_seldom_wrong(truth: Truth) -> None:
    assert sum(each.is_wrong for each in _outcomes(truth, 12)) <= 2


def test_counts_and_people_come_to_the_same() -> None:
    truth = Truth("both", (9, 14), 1.2, frozenset(KINDS))
    rooms = list(draw_rooms(truth, 3, 1))
    assert len(rooms) == 3
    for number, room in enumerate(rooms):
        rated = []
        for at, each in enumerate(room.counted):
            said = {
                f"p{who}": "dont_know" if answer < 0 else int(answer)
                for who, answer in enumerate(room.answers[:, at])
                if answer
            }
            rated.append(RatedStatement(each.key, each.kind, said))  # type: ignore[arg-type]
        groups = [[f"p{who}" for who in np.flatnonzero(room.group == which)] for which in (0, 1)]
        found = diagnose(rated, *groups, seed=number)
        assert found == diagnose_counted(room.counted, truth.sizes, seed=number)
