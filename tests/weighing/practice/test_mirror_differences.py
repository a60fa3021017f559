"""What somebody could reckon from a mirror, or from two: nothing of fewer than five people.

The attacker has every face of the page, knows who answered in which group, and what all answered
but the one they are after.
"""

import random
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.weighing.practice.models import Instrument, Run
from tests.conftest import sign_in
from tests.factories import make_series
from tests.factories.practice import make_instrument
from tests.weighing.practice.mirrors import Person as Colleague
from tests.weighing.practice.mirrors import hold_run

FUNCTIONS = ("dressings", "visits", "records", "training")
UNKNOWN = ("dont_know", "dont_know")


@pytest.fixture
def instrument(session: Session) -> Instrument:
    return make_instrument(session, make_series(session), FUNCTIONS)


def page_of(client: FlaskClient, session: Session, run: Run) -> dict[str, Any]:
    sign_in(client, session.get_one(Person, run.organisation.coordinators[0].person_id))
    found: dict[str, Any] = client.get(paths.mirror(run.public_id) + ".json").get_json()
    return found


def some(number: int, seed: int = 1) -> list[Colleague]:
    """So many, half of them sisters, on two wards, each with answers of their own."""
    draw = random.Random(seed)
    return [
        (
            "leader" if at % 2 else "staff",
            at // 2 % 2,
            {name: (draw.randint(1, 5), draw.randint(1, 5)) for name in FUNCTIONS},
        )
        for at in range(number)
    ]


def numbers_of(page: dict[str, Any]) -> list[Any]:
    """Every number of functions and groups that is drawn or printed."""
    return [
        [(row["slug"], row["bell"], row["gap"], row["rules_out"], row["professed"],
          row["practised"], row["gave_both"]) for row in
         sorted(page["functions"], key=lambda row: str(row["slug"]))],
        [[(row["slug"], row["tracks"], row["most"]) for row in page[part]["more"]]
         for part in ("roles", "units")],
        page["visions"],
    ]  # fmt: skip


@pytest.mark.parametrize("stop", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("kind", ["one joins", "one leaves", "one takes another's place"])
def test_a_second_run_tells_nothing_of_one_who_comes_or_goes(
    client: FlaskClient, session: Session, instrument: Instrument, kind: str, stop: int
) -> None:
    """Whatever the one answered, the second mirror's numbers are the same."""
    others = some(24)
    one: Colleague = ("staff", 0, dict.fromkeys(FUNCTIONS, (stop, 6 - stop)))
    was: Colleague = ("staff", 0, dict.fromkeys(FUNCTIONS, (3, 3)))
    before, after = {
        "one joins": (others, [*others, one]),
        "one leaves": ([*others, one], others),
        "one takes another's place": ([*others, was], [*others, one]),
    }[kind]
    first = hold_run(session, instrument, before)
    second = hold_run(session, instrument, after, first.organisation, later=300)
    told_first, told_second = (page_of(client, session, run) for run in (first, second))
    for ones, again in zip(told_first["functions"], told_second["functions"], strict=True):
        for name in ("slug", "bell", "gap", "rules_out", "professed", "practised"):
            assert ones[name] == again[name]
        assert again["as_before"]
        assert again["gave_both"] == "ten or more"
    for part in ("roles", "units"):
        assert told_first[part]["rows"] == told_second[part]["rows"]
    assert not [said for said in told_second["moved"] if "moved 0" in said]


def test_a_second_run_in_which_all_answer_otherwise_is_told_with_what_moved(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    low = [("leader" if at % 2 else "staff", at // 2 % 2, dict.fromkeys(FUNCTIONS, (2, 2)))
           for at in range(24)]  # fmt: skip
    high = [(role, unit, dict.fromkeys(FUNCTIONS, (2, 4))) for role, unit, _says in low]
    first = hold_run(session, instrument, low)
    second = hold_run(session, instrument, high, first.organisation, later=300)
    page = page_of(client, session, second)
    assert not [row for row in page["functions"] if row["as_before"]]
    assert all(row["before"] for row in page["functions"])
    assert sum("moved 2.0 steps towards" in said for said in page["moved"]) == 4
    assert any("two samples" in said for said in page["moved"])


def test_what_was_asked_in_other_words_neither_stands_again_nor_moves(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    series = session.get_one(Series, instrument.series_id)
    other = make_instrument(session, series, FUNCTIONS, practised="Who signs for it?")
    people = some(24)
    first = hold_run(session, instrument, people)
    same = hold_run(session, other, people, first.organisation, later=300)
    page = page_of(client, session, same)
    assert not [row for row in page["functions"] if row["as_before"] or row["bell"]]
    assert all("in other words" in row["says"] for row in page["functions"])
    assert not [point for point in page["talk"] if "Fewer than ten" in point["says"]]
    turned = [(role, unit, {slug: (6 - a, 6 - b) for slug, (a, b) in says.items()})
              for role, unit, says in some(40, seed=2)]  # fmt: skip
    afresh = page_of(client, session, hold_run(session, other, turned, first.organisation,
                                               later=900))  # fmt: skip
    assert any(row["bell"] for row in afresh["functions"])
    assert not [row for row in afresh["functions"] if row["before"]]


@pytest.mark.parametrize("unknown", [1, 2, 3, 4])
def test_how_many_do_not_know_is_a_bound_where_they_are_few(
    client: FlaskClient, session: Session, instrument: Instrument, unknown: int
) -> None:
    people = some(24)
    for at in range(unknown):
        role, unit, says = people[at]
        people[at] = (role, unit, {**says, "visits": UNKNOWN})
    page = page_of(client, session, hold_run(session, instrument, people))
    gave = {row["slug"]: row["gave_both"] for row in page["functions"]}
    assert gave["visits"] == "at least 20 of 24"
    assert gave["records"] == "24 of 24"


def test_nested_groups_show_none_that_is_the_rest_of_few(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    """Three staff of the first ward follow from all, the sisters and the other ward's staff."""
    says = dict.fromkeys(FUNCTIONS, (2, 4))
    people: list[Colleague] = [
        *[("leader", 0, says)] * 10, *[("staff", 0, says)] * 3, *[("staff", 1, says)] * 12,
    ]  # fmt: skip
    page = page_of(client, session, hold_run(session, instrument, people))
    assert page["roles"]["rows"]
    assert not page["units"]["rows"]
    assert page["units"]["sizes"] == "Ward A not shown, Ward B not shown"


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_the_difference_of_what_any_two_groups_show(
    client: FlaskClient, session: Session, instrument: Instrument, seed: int
) -> None:
    """Where one answer changes, no shown group of four others or fewer does."""
    draw = random.Random(seed)
    people = some(draw.choice((14, 19, 23)), seed)
    for at in draw.sample(range(len(people)), 5):
        role, unit, says = people[at]
        people[at] = (role, unit, {**says, draw.choice(FUNCTIONS): UNKNOWN})
    page = page_of(client, session, hold_run(session, instrument, people))
    for part, place in (("roles", 0), ("units", 1)):
        for row in page[part]["more"]:
            knows = [one for one in people if one[2][row["slug"]] != UNKNOWN]
            keys = ["leader", "staff"] if part == "roles" else [0, 1]
            shown = [key for key, track in zip(keys, row["tracks"], strict=True) if track["bell"]]
            for key in shown:
                assert sum(one[place] == key for one in knows) >= 5
            rest = [one for one in knows if one[place] not in shown]
            assert not shown or len(rest) == 0 or len(rest) >= 5
