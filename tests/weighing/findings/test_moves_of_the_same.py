"""How far the same people moved, and viewpoints of two rounds: never a sum over one to four."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.weighing.findings.computing.changing import find_change
from discussion.weighing.findings.computing.earlier import Sets, Told, wording_of
from discussion.weighing.findings.computing.given import GivenRound
from discussion.weighing.findings.computing.packing import pack, unpack
from discussion.weighing.findings.computing.together import Together
from discussion.weighing.findings.content.counted import Counted, Numbers
from tests.conftest import json_of
from tests.factories import make_round
from tests.weighing.findings.test_across_rounds import ROLES, TEN, Answers, given, names, told
from tests.weighing.findings.worlds import Weighed, leader, teacher, weighed


def two(
    first: Answers, second: Answers, roles: Mapping[str, str] | None = None
) -> list[GivenRound]:
    """Two rounds, the later of which knows what its raters answered in the one before."""
    rounds = [given(1, first, roles), given(2, second, roles)]
    return [rounds[0], with_before(rounds[1], first)]


def with_before(later: GivenRound, first: Answers) -> GivenRound:
    [statement] = later.statements
    before = {key: first[who] for key, who in later.people.items() if first.get(who) is not None}
    return replace(later, statements=(replace(statement, before=before),))


def steps(counted: Counted, key: str = "everybody") -> tuple[int, ...] | None:
    return (counted.steps or {}).get("M1", {}).get(key)


def new(many: int, says: int = 1) -> dict[str, Any]:
    return {f"n{number}": says for number in range(many)}


def old(many: int) -> dict[str, Any]:
    return dict.fromkeys(names(many), 5)


@pytest.mark.parametrize(
    ("second", "moved"),
    [
        (old(10), 10),  # the same ten, who all moved by one
        (old(10) | new(5), 10),  # and five more
        (old(10) | new(1), 10),  # whose own answer is in no number
        (old(5) | new(6), 5),  # five have left
        (old(6) | new(6), 0),  # four have: the first round's numbers less theirs
        (old(10) | {"p0": "dont_know"}, 0),  # nine, and the one who does not know now
        (old(4) | new(8), 0),  # four answered both
        (new(8), 0),
    ],
)
def test_the_same_people_are_compared_where_nobody_or_five_are_left_over(
    second: Answers, moved: int
) -> None:
    (_first, later), _sets = told(*two(TEN, second))
    found = steps(later)
    assert sum(found or ()) == moved
    assert found is None or found[5] == moved  # one up, on five points


def test_who_moved_is_a_set_that_a_third_round_is_judged_beside() -> None:
    """One of them is gone in it: all who are left, less these, would be that one."""
    first, second = two(TEN, old(10) | new(5))
    third = with_before(given(3, old(9) | new(5)), old(10) | new(5))
    (_one, _two, last), _sets = told(first, second, third)
    assert steps(last) is None


def test_a_first_round_and_the_earlier_ones_compare_nobody_with_themselves() -> None:
    (first,), _sets = told(given(1, TEN))
    assert first.steps == {}
    (_one, later), _sets = told(*two(TEN, old(10)))
    change = find_change(first, replace(later, steps=None))
    assert change is not None
    assert not any(each.is_paired for each in change.moves or ())
    change = find_change(first, later)
    assert change is not None
    assert {(each.is_paired, each.compared) for each in change.moves or ()} == {(True, 10)}
    [move, *_] = change.moves or ()
    assert move.shift == Fraction(1, 4)
    assert (move.most or 0) >= 4 / 40, "four people’s steps are not ruled out: nobody sees them"


@pytest.mark.parametrize("seed", range(3))
def test_an_attacker_who_subtracts_rounds_and_moves_learns_of_no_four(seed: int) -> None:
    """Answers of two rounds are numbers apart, and a move is tied to both.

    Whatever is added and subtracted, it is nobody's answers, or those of five people or more; also
    where everybody answers as before.
    """
    random = Random(seed)
    people = names(20)
    roles = {who: random.choice(ROLES) for who in people}
    share = (0.9, 0.6, 1.0)[seed % 3]
    at, rounds = [people[:15], people[5:] if seed % 2 else people], []
    for group in at:
        rounds.append({who: random.choice((1, 2, 4, 5, "dont_know")) for who in group
                       if random.random() < share})  # fmt: skip
    found, _sets = told(*two(rounds[0], rounds[1], roles))
    columns = {who: place for place, who in enumerate(people)}
    told_rows = []
    for number, (counted, answers) in enumerate(zip(found, rounds, strict=True)):
        for key, cell in counted.cells["M1"].items():
            members = _members(key, people, roles, answers)
            if isinstance(cell, Numbers) and members is not None:
                row = np.zeros((2, len(people)))
                row[number, [columns[who] for who in members if who in answers
                             and isinstance(answers[who], int)]] = 1  # fmt: skip
                assert row.sum() == cell.raters
                told_rows.append(row)
    later = found[1].steps or {}
    for key, moved in later.get("M1", {}).items():
        members = _members(key, people, roles, rounds[1])
        assert members is not None
        both = [columns[who] for who in members
                if all(isinstance(each.get(who), int) for each in rounds)]  # fmt: skip
        assert len(both) == sum(moved) >= 5
        for sides in ((1, 0), (0, 1)):  # all that a table of both could tell, on either side
            row = np.zeros((2, len(people)))
            row[:, both] = np.array(sides)[:, None]
            told_rows.append(row)
    assert len(told_rows) >= 2
    every = np.array(told_rows)
    assert not tells_of_few(every)
    assert not tells_of_few(every.sum(axis=1, keepdims=True))


def _members(
    key: str, people: list[str], roles: Mapping[str, str], answers: Answers
) -> set[str] | None:
    families = {"headteacher": "school_leadership"}
    if key == "everybody":
        return set(people)
    kind, _sep, rest = key.partition(":")
    if kind == "family":
        return {who for who in people if families.get(roles[who], "teaching") == rest}
    if kind == "role":
        return {who for who in people if roles[who] == rest}
    if kind == "leans":
        up = rest.endswith(":agree")
        return {who for who, said in answers.items()
                if isinstance(said, int) and (said > 3 if up else said < 3)}  # fmt: skip
    return None


def tells_of_few(rows: Any) -> bool:
    """Whether some sum of them is nought but for one to four people; by the null space."""
    many, rounds, people = rows.shape
    _left, values, right = np.linalg.svd(rows.reshape(many, -1))
    rank = int((values > 1e-9).sum())
    free = right[rank:].T.reshape(rounds, people, -1)
    for size in range(1, 5):
        chosen = np.array(list(combinations(range(people), size)))
        own = free[:, chosen].transpose(1, 0, 2, 3).reshape(len(chosen), rounds * size, -1)
        if own.shape[2] < rounds * size:
            return True
        if (np.linalg.svd(own, compute_uv=False)[:, -1] < 1e-9).any():
            return True
    return False


@pytest.mark.parametrize(
    ("second", "is_told"),
    [
        ((names(10), names(20)[10:]), True),  # the same
        ((names(11), names(20)[11:]), False),  # one holds the other now
        ((names(10), names(25)[10:]), True),  # five more
        ((names(4), names(20)[10:]), False),
    ],
)
def test_who_holds_a_viewpoint_is_told_beside_an_earlier_round_or_not_at_all(
    second: tuple[list[str], list[str]], is_told: bool
) -> None:
    rounds = [given(number, dict.fromkeys(names(25), 4)) for number in (1, 2)]
    first = Together("view", rounds[0].statements, rounds[0], [])
    assert first.judge(map(rounds[0].roster.of, (names(10), names(20)[10:])))
    asked = {wording_of(rounds[0].statements[0]): Told()}
    before: Sets = unpack(pack({**asked, **first.told}))
    later = Together("view", rounds[1].statements, rounds[1], [before])
    assert later.judge(map(rounds[1].roster.of, second)) is is_told
    assert bool([own for each in later.told.values() for own in each.numbers]) is is_told
    # Another kind of number is judged by itself; of a round that said nothing of it, nobody knows.
    assert not Together("peak", rounds[1].statements, rounds[1], [before]).judge(
        [rounds[1].roster.of(names(10))]
    )


def camps(session: Session, sizes: tuple[int, int], **changes: Any) -> Weighed:
    kinds = {"E1": "end", "E2": "end", "F1": "fact", "F2": "fact", "M1": "means", "M2": "means"}
    world = Weighed(session, {c: (kind, f"Words of {c}.") for c, kind in kinds.items()}, **changes)
    world.leaders = [leader(session, world.series, at) for at in range(sizes[0])]
    world.teachers = [teacher(session, world.series) for _each in range(sizes[1])]
    return world


def rate(world: Weighed, moved: int = 0) -> None:
    """Every second pair is of one camp; the first so many have gone over to the other."""
    random = Random(1)
    for at, person in enumerate(world.leaders + world.teachers):
        for place, code in enumerate(world.statements):
            is_up = ((at // 2 + (at < moved)) % 2) == place % 2
            world.rate(code, person, random.choice((4, 5) if is_up else (1, 2)))


@pytest.mark.parametrize(("moved", "state"), [(0, "found"), (1, "across")])
def test_a_later_round_shows_viewpoints_unless_one_person_by_whom_they_differ_would_show(
    client: FlaskClient, session: Session, moved: int, state: str
) -> None:
    world = camps(session, (16, 16), number=1)
    rate(world)
    first = world.compute().content.ratings.viewpoints
    assert first is not None
    assert first.state == "found"
    world.round = make_round(session, world.thread, *world.statements.values(), number=2)
    rate(world, moved)
    later = world.compute().content.ratings.viewpoints
    assert later is not None
    assert later.state == state
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))
    assert bool(page["found"]["viewpoints"]["viewpoints"]) is (state == "found")


def test_each_kind_has_a_cell_for_every_group_that_any_is_told_of(
    client: FlaskClient, session: Session
) -> None:
    """Three of the leaders are gone: of them and of everybody only one statement is told."""
    world = weighed(session, number=1)
    world.compute()
    world.round = make_round(session, world.thread, *world.statements.values(), number=2)
    for code in world.statements:
        people = world.teachers if code != "M1" else [*world.leaders, *world.teachers]
        for person in people:
            world.rate(code, person, 4)
    world.compute()
    change = json_of(client.get(f"/findings/{world.thread.slug}.json"))["found"]["change"]
    rows = [[move["group"] for move in kind["moves"]] for kind in change["kinds"]]
    assert rows == [rows[0]] * 3
    assert rows[0][0] == "Everybody who rated"
    said = {move["says"] for kind in change["kinds"] for move in kind["moves"]}
    assert "Not shown, because it would reveal the answers of a few." in said


def test_the_page_says_of_whom_a_move_is(client: FlaskClient, session: Session) -> None:
    world = weighed(session, number=1)
    world.compute()
    world.round = make_round(session, world.thread, *world.statements.values(), number=2)
    people = [*world.leaders, *world.teachers]
    for code in world.statements:
        for person in people if code != "M2" else people[5:]:
            world.rate(code, person, 5 if code == "F1" else 3)
    world.compute()
    url = f"/findings/{world.thread.slug}"
    change = json_of(client.get(f"{url}.json"))["found"]["change"]
    everybody = {each["kind"]: each["moves"][0] for each in change["kinds"]}
    assert everybody["fact"]["among"] == "The same 10 people"
    assert everybody["means"]["among"] == "The same 5 to 10 people"
    assert any("who answered both rounds" in said for said in change["says"])
    said = client.get(url).text
    assert "The same 10 people" in said
