"""Nothing under five, on any page, and nothing that sums of shown numbers would tell."""

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.vocabulary.education import EDUCATION
from discussion.weighing.rounds.operations.forgetting import forget_ratings
from tests.conftest import json_of, sign_in
from tests.factories import (
    make_member,
    make_person,
    make_position,
    make_rating,
)
from tests.weighing.findings.worlds import KEY, WORKED, Weighed, leader, teacher, weighed

# As in the drawing: 24 of 34 do not know F1, which leaves three leaders and seven teachers.
LEADERS, TEACHERS = 18, 16
DRAWN = {
    "E1": ("end", "Equal access matters.", "5" * LEADERS, "5" * TEACHERS),
    "E2": ("end", "Pupils should choose.", "2" * LEADERS, "5" * TEACHERS),
    "F1": ("fact", "A default closes the gap.", "444" + "?" * 15, "3333333" + "?" * 9),
    "M1": ("means", "Attendance should be compulsory.", "5" * LEADERS, "1" * TEACHERS),
}


def rows_of(page: Any) -> dict[str, Any]:
    return {row["code"]: row for kind in page["found"]["kinds"] for row in kind["rows"]}


def test_few_who_know_are_not_shown_nor_the_rest(client: FlaskClient, session: Session) -> None:
    world = weighed(session, DRAWN)
    world.compute()
    row = rows_of(json_of(client.get(f"/findings/{world.thread.slug}.json")))["F1"]
    assert [cell["short"] for cell in row["cells"]] == ["fewer than 5", "not shown"]
    assert [cell["why_not"] for cell in row["cells"]] == ["few", "subtraction"]
    assert [cell["dont_know"] for cell in row["cells"]] == [None, None]
    assert (row["dont_know"], row["gap"], row["state"]) == ("24", None, "unknown")
    assert all(cell["counts"] == [] and cell["mean"] is None for cell in row["cells"])


def test_without_two_groups_of_five_there_is_no_verdict(
    client: FlaskClient, session: Session
) -> None:
    four = {code: (kind, text, a[:4], b[:4]) for code, (kind, text, a, b) in WORKED.items()}
    world = weighed(session, four)
    world.compute()
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))
    assert page["found"]["sentence"]["verdict"] == "not_enough_to_say"
    assert "no two groups of at least five" in page["found"]["sentence"]["text"]
    assert page["found"]["groups"] == []
    assert page["lenses"] == []


def test_those_who_are_not_admitted_count_nowhere(client: FlaskClient, session: Session) -> None:
    four = {code: (kind, text, a[:4], b) for code, (kind, text, a, b) in WORKED.items()}
    world = weighed(session, four, who_may_rate="anybody")
    stranger = make_person(session)
    waiting = leader(session, world.series, admitted_at=None)
    for code in WORKED:
        world.rate(code, stranger, 5)
        world.rate(code, waiting, 5)
    world.compute()
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))
    assert page["found"]["sentence"]["verdict"] == "not_enough_to_say"
    assert any(line["says"].startswith("Fewer than five who answered were not members")
               for line in page["found"]["provenance"]["lines"])  # fmt: skip


def test_while_a_round_is_open_only_the_number_changes(
    client: FlaskClient, session: Session
) -> None:
    world = weighed(session, state="open", closed_at=None)
    late = leader(session, world.series)
    address = f"/findings/{world.thread.slug}.json"
    before = json_of(client.get(address))
    assert before["found"] is None
    assert before["waiting"]["answered"] == 10
    world.rate("E1", late, 1)
    session.flush()
    after = json_of(client.get(address))
    for page in (before, after):
        page["waiting"].pop("answered")
        page["waiting"].pop("says")
    assert before == after
    forget_ratings(session, late, KEY)
    assert json_of(client.get(address))["waiting"]["answered"] == 10


def test_it_counts_as_the_rounds_own_page_does_and_says_no_number_under_five(
    client: FlaskClient, session: Session
) -> None:
    few = {code: (kind, text, a[:4], "") for code, (kind, text, a, _b) in WORKED.items()}
    world = weighed(session, few, state="open", closed_at=None, who_may_rate="anybody")
    for code in WORKED:
        world.rate(code, make_person(session), 5)  # who is no member counts nowhere
    slug, number = world.thread.slug, world.round.number
    address = f"/findings/{slug}.json"
    waiting = json_of(client.get(address))["waiting"]
    assert (waiting["answered"], "Fewer than five" in waiting["says"]) == (None, True)
    world.rate("E1", leader(session, world.series), 1)
    session.flush()
    waiting = json_of(client.get(address))["waiting"]
    told = json_of(client.get(f"/rounds/{slug}/{number}.json"))["answered"]
    assert (waiting["answered"], told) == (5, "5 people have answered.")
    assert told in waiting["says"]


def test_under_five_the_finding_says_no_number(client: FlaskClient, session: Session) -> None:
    few = {code: (kind, text, a[:2], b[:1]) for code, (kind, text, a, b) in WORKED.items()}
    world = weighed(session, few)
    world.compute()
    shown = client.get(f"/findings/{world.thread.slug}").text
    assert "Fewer than five answered" in shown
    assert "3 answered" not in shown


@pytest.mark.parametrize("seed", [1, 2])
def test_an_attacker_who_reads_every_address_learns_of_no_four(
    client: FlaskClient, session: Session, seed: int
) -> None:
    """Who knows everybody's roles and phases adds and subtracts all that is shown anywhere."""
    world = _random_world(session, seed)
    world.compute()
    people = world.leaders + world.teachers
    told: dict[str, list[list[int]]] = {}
    for page in _every_page(client, world):
        for code, row in rows_of(page).items():
            for cell in [*row["cells"], row["everybody"], row["chosen"]]:
                if cell and cell["raters"] is not None:
                    members = _members(world, people, cell["group"], page)
                    if members is not None:
                        answered = world.others_answers[code]  # type: ignore[attr-defined]
                        told.setdefault(code, []).append(
                            [int(who.id in members and who.id in answered) for who in people]
                        )
                        assert sum(told[code][-1]) == cell["raters"] >= 5
    assert len(told) == 3
    for rows in told.values():
        assert len(rows) > 2
        assert not _tells_of_few(np.array(rows))


def test_an_attacker_who_adds_viewpoints_to_groups_learns_of_no_four(
    client: FlaskClient, session: Session
) -> None:
    """Who knows everybody's role and camp adds those who hold a viewpoint to all groups."""
    random = Random(3)
    codes = ("E1", "E2", "F1", "F2", "M1", "M2")
    kinds = {"E": "end", "F": "fact", "M": "means"}
    world = Weighed(session, {code: (kinds[code[0]], f"Words of {code}.") for code in codes})
    world.leaders = [leader(session, world.series, at) for at in range(14)]
    world.teachers = [teacher(session, world.series) for _each in range(12)]
    people = world.leaders + world.teachers
    camps = [set[int](), set[int]()]
    answers: dict[str, set[int]] = {code: set() for code in codes}
    for at, person in enumerate(people):
        camps[at // 2 % 2].add(person.id)
        for place, code in enumerate(codes):
            if random.random() >= 0.08:
                is_up = at // 2 % 2 == place % 2
                world.rate(code, person, random.choice((4, 5) if is_up else (1, 2)))
                answers[code].add(person.id)
    world.compute()
    told: dict[str, list[list[int]]] = {code: [] for code in (*codes, "")}

    def add(code: str, members: set[int], number: int | None) -> None:
        if number is not None:
            told[code].append([int(who.id in members) for who in people])
            assert sum(told[code][-1]) == number >= 5

    for page in _every_page(client, world):
        for code, row in rows_of(page).items():
            for cell in [*row["cells"], row["everybody"], row["chosen"]]:
                members = cell and _members(world, people, cell["group"], page)
                if members is not None:
                    add(code, members & answers[code], cell["raters"])
        for group in (*page["found"]["groups"], *page["lenses"], page["found"]["everybody"]):
            members = _members(world, people, group["key"], page)
            if members is not None:
                add("", members, group["size"])
        found = page["found"]["viewpoints"]
        assert found["state"] == "found"
        first = found["blocks"][0]["rows"][0]
        up = first["code"] in codes[::2]
        own = camps if up == first["profiles"][0]["words"].endswith(" agree") else camps[::-1]
        for row in (row for block in found["blocks"] for row in block["rows"]):
            for camp, profile in zip(own, row["profiles"], strict=True):
                add(row["code"], camp & answers[row["code"]], profile["cell"]["raters"])
        for camp, each in zip(own, found["viewpoints"], strict=True):
            add("", camp, each["size"])
            for within in each["within"]:
                members = _members(world, people, within["group"]["key"], page) or set()
                add("", camp & members, within["size"])
    for code in ("", "E1", "M2"):
        assert len(told[code]) > 4
        assert not _tells_of_few(np.unique(np.array(told[code]), axis=0))


def _random_world(session: Session, seed: int) -> Weighed:
    random = Random(seed)
    world = Weighed(session, {"E1": ("end", ""), "F1": ("fact", ""), "M1": ("means", "")})
    people = [
        make_member(session, world.series,
                    posting_role=random.choice(("headteacher", "senior_leader", "classroom_teacher",
                                                "sendco", "researcher")),
                    posting_phase=random.choice(("primary", "secondary", "sixteen_nineteen")))
        for _each in range(26)
    ]  # fmt: skip
    world.leaders = people
    answers: dict[str, set[int]] = {}
    for code in world.statements:
        for person in people:
            value = random.choice(("1", "2", "4", "5", "5", "dont_know"))
            world.rate(code, person, value)
            if value.isdigit():
                answers.setdefault(code, set()).add(person.id)
    world.others_answers = answers  # type: ignore[attr-defined]
    return world


def _every_page(client: FlaskClient, world: Weighed) -> Iterator[Any]:
    first = json_of(client.get(f"/findings/{world.thread.slug}.json"))
    yield first
    queries = [one["url"].partition("?")[2] for one in first["comparisons"] + first["lenses"]]
    for query in filter(None, queries):
        yield json_of(client.get(f"/findings/{world.thread.slug}.json?{query}"))


def _members(world: Weighed, people: list[Person], key: str, page: Any) -> set[int] | None:
    """Who is in a group by what they declared; None for groups that answers made."""
    if key == "everybody":
        return {who.id for who in people}
    if key.startswith("others:"):
        own = _members(world, people, key.removeprefix("others:"), page) or set()
        return {who.id for who in people} - own
    if not key.startswith(("family:", "role:", "phase:")):
        return None
    roles = {each.person_id: each for each in world.series.memberships}
    found = {who.id for who in people}
    for part in key.split("+"):
        name, said = part.split(":")
        found = {id for id in found if _declares(roles[id], name) == said}
    return found


def _declares(membership: Any, name: str) -> str:
    if name == "family":
        return EDUCATION.family_of(membership.posting_role)
    return str(getattr(membership, f"posting_{name}"))


def _tells_of_few(rows: Any) -> bool:
    """Whether a combination of the rows has one to four people in it; by the null space."""
    _left, values, right = np.linalg.svd(rows.astype(float))
    rank = int((values > 1e-9).sum())
    free = right[rank:].T  # people × dimensions that no total reaches
    for size in range(1, 5):
        chosen = np.array(list(combinations(range(rows.shape[1]), size)))
        least = np.linalg.svd(free[chosen], compute_uv=False)[:, -1]
        if free.shape[1] < size or (least < 1e-9).any():
            return True
    return False


def test_who_leaves_takes_nothing_from_what_was_found(
    client: FlaskClient, session: Session
) -> None:
    world = weighed(session)
    first = world.compute()
    forget_ratings(session, world.leaders[0], KEY)
    make_position(session, world.thread)  # tags change
    second = world.compute("tags_changed")
    assert second.version == first.version + 1
    assert second.content.ratings == first.content.ratings
    old, new = (
        json_of(client.get(f"/findings/{world.thread.slug}/{number}.json"))
        for number in (first.version, second.version)
    )
    assert rows_of(old) == rows_of(new)
    sign_in(client, world.leaders[0])
    assert json_of(client.get(f"/findings/{world.thread.slug}.json"))["mine"] is None


def test_joining_after_the_close_changes_nothing(session: Session) -> None:
    world = weighed(session)
    first = world.compute()
    teacher(session, world.series)
    world.series.memberships[0].posting_role = "governor"
    session.flush()
    assert world.compute("tags_changed").id == first.id


def test_a_finding_is_never_kept_with_a_person_or_a_key(session: Session) -> None:
    world = weighed(session)
    said = repr(world.compute().results)
    make_rating(session, world.round, world.statements["E1"], teacher(session, world.series), 3,
                secret=KEY)  # fmt: skip
    from sqlalchemy import select

    from discussion.weighing.rounds.models import Rating

    keys = session.scalars(select(Rating.rater_key)).all()
    assert len(keys) > len(world.leaders + world.teachers) > 5
    for key in keys:
        assert key not in said
    for person in world.leaders + world.teachers:
        assert person.public_id not in said
