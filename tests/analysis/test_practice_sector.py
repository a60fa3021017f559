"""A sector's figures: of five organisations at least, and nothing of one by any difference."""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.practice_sector import (
    Figures,
    Unit,
    find_figures,
    may_be_told,
)

HALF, LOW, HIGH = Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)


def unit(name: str, run: int = 1, *, values: str = "e", knows: str = "fg") -> Unit:
    side = LOW if ord(name[-1]) % 2 else HIGH
    return Unit(
        f"{name}{run}",
        name,
        dict.fromkeys(knows, (LOW, side)),
        dict.fromkeys(knows, "apart"),
        frozenset(values),
        {"central": Counter({"e": 6}), "local": Counter({"e": 1})},
        {"central": 10, "local": 8},
        leaders=5,
        staff=9,
        units=3,
    )


def figures(units: list[Unit], before: list[Figures] | None = None, **owners: str) -> Figures:
    all_owners = {each.key: each.organisation for each in units} | owners
    return find_figures(units, [each.told for each in before or []], all_owners)


def test_seven_organisations_are_counted_by_their_middle_answers() -> None:
    found = figures([unit(name) for name in "abcdefg"])
    one = {each.function: each for each in found.spreads}["f"]
    assert one.professed == (0, 7, 0, 0, 0)
    assert one.practised == (0, 4, 0, 3, 0)
    assert (one.more_central, one.more_local, one.same) == (3, 0, 4)
    assert found.shared == (("e", 7),)
    assert {(each.function, each.sides) for each in found.sharing} == {
        ("f", (3, 0, 4)),
        ("g", (3, 0, 4)),
    }
    assert found.named[0].central == Fraction(42, 70)
    assert {each.apart for each in found.seen} == {7}


def test_four_tell_nothing() -> None:
    found = figures([unit(name) for name in "abcd"])
    assert (found.spreads, found.sharing, found.seen, found.named) == ((), (), (), ())


@pytest.mark.parametrize(("holders", "shown"), [(7, 7), (6, 0), (5, 0), (4, 0)])
def test_who_shares_a_value_is_shown_unless_the_others_would_follow(
    holders: int, shown: int
) -> None:
    units = [unit(name, values="e" if at < holders else "") for at, name in enumerate("abcdefg")]
    assert dict(figures(units).shared).get("e", 0) == shown


def test_ten_of_whom_five_share_a_value_show_both() -> None:
    units = [unit(name, values="e" if at < 5 else "") for at, name in enumerate("abcdefghij")]
    assert dict(figures(units).shared) == {"e": 5}


def test_a_function_that_one_more_knows_next_time_waits() -> None:
    first = [unit(name, knows="f" if name == "g" else "fg") for name in "abcdefg"]
    told = figures(first)
    # Two others came, so the edition may be made; of function g one newcomer alone would follow.
    later = [unit(name, knows="f" if name in "gh" else "fg") for name in "abcdefghi"]
    found = figures(later, [told])
    assert {each.function for each in found.spreads} == {"f"}


@pytest.mark.parametrize(
    ("now", "may"),
    [
        ("abcdefg", False),  # nobody differs
        ("abcdef", False),  # one left
        ("abcdefgh", False),  # one came
        ("abcdefh", True),  # one left and one came
        ("abcde", True),  # two left and five remain
        ("abcd", False),
    ],
)
def test_an_edition_waits_for_two(now: str, *, may: bool) -> None:
    before: Mapping[str, str] = {f"{name}1": name for name in "abcdefg"}
    assert may_be_told({f"{name}1": name for name in now}, [before]) is may


def test_a_new_run_of_one_organisation_is_one_that_differs() -> None:
    before = {f"{name}1": name for name in "abcdefg"}
    again = {**{key: own for key, own in before.items() if own != "a"}, "a2": "a"}
    assert not may_be_told(again, [before])
    assert may_be_told({**again, "h1": "h"}, [before])


def test_every_edition_counts_and_not_only_the_last() -> None:
    first = {f"{name}1": name for name in "abcdefg"}
    second = {f"{name}1": name for name in "abcdehi"}
    third = {f"{name}1": name for name in "abcdefgh"}
    assert not may_be_told(third, [first, second])
    assert may_be_told(third, [second])


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_organisations_that_come_and_go_are_never_alone(seed: int) -> None:
    """An attacker adds and subtracts every edition's sums: none is of one organisation."""
    draw = random.Random(seed)
    names = "abcdefghijkl"
    inside = set(draw.sample(names, 7))
    runs = dict.fromkeys(names, 1)
    told: list[Figures] = []
    sets: list[dict[str, str]] = []
    owners: dict[str, str] = {}
    for _ in range(12):
        name = draw.choice(names)
        if draw.random() < 0.2:
            runs[name] += 1
        else:
            inside ^= {name}
        units = [
            unit(
                each, runs[each], values=draw.choice(["e", "", "h"]), knows=draw.choice(["f", "fg"])
            )
            for each in sorted(inside)
        ]
        now = {each.key: each.organisation for each in units}
        owners |= now
        if may_be_told(now, sets):
            told.append(find_figures(units, [each.told for each in told], owners))
            sets.append(now)
    places = {key: at for at, key in enumerate(sorted(owners))}
    for figure in ("function/f/", "function/g/", "roles/f/", "choices/central/"):
        rows = [
            [float(key in runs_told) for key in places]
            for each in told
            for name, runs_told in each.told.items()
            if name.startswith(figure)
        ]
        for row in rows:
            assert len({owners[key] for key, at in places.items() if row[at]}) >= 5
        assert not _tells_one(np.array(rows), [owners[key] for key in places])


def _tells_one(rows: np.ndarray, owners: list[str]) -> bool:
    """Whether some sum of rows is of the runs of one organisation alone."""
    if not rows.size:
        return False
    for name in set(owners):
        others = rows[:, [own != name for own in owners]]
        if np.linalg.matrix_rank(others) < np.linalg.matrix_rank(rows):
            return True
    return False
