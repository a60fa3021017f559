"""The worked example of the analysis, through the real tables and pages, to its digits."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import json_of, sign_in
from tests.factories import make_person
from tests.weighing.findings.worlds import WORKED, Weighed, weighed

# gap, p, state: as the analysis prints them.
PRINTED = {
    "E1": (0.0, 1.0, "same_side"),
    "E2": (0.55, 0.0079, "apart"),
    "F1": (0.15, 0.524, "unclear"),
    "F2": (0.15, 0.444, "same_side"),
    "M1": (0.80, 0.0079, "apart"),
    "M2": (0.15, 0.524, "unclear"),
}


@pytest.fixture
def world(session: Session) -> Weighed:
    made = weighed(session)
    made.compute()
    return made


def found_in(client: FlaskClient, world: Weighed, query: str = "") -> Any:
    return json_of(client.get(f"/findings/{world.thread.slug}.json{query}"))


def test_ends_and_means_are_apart_to_the_digits(client: FlaskClient, world: Weighed) -> None:
    found = found_in(client, world)["found"]
    assert found["sentence"]["verdict"] == "partly_known"  # ten people rule out nothing of facts
    assert [group["title"] for group in found["groups"]] == ["School leaders",
                                                             "Sixth-form teachers"]  # fmt: skip
    rows = {row["code"]: row for kind in found["kinds"] for row in kind["rows"]}
    for code, (gap, p, state) in PRINTED.items():
        assert rows[code]["gap"] == gap  # as decimals, not 0.15000000000000002
        assert rows[code]["p"] == pytest.approx(p, abs=0.0005)
        assert rows[code]["state"] == state
    assert [cell["words"] for cell in rows["E2"]["cells"]] == ["0 of 5", "5 of 5"]
    assert [cell["agreement"] for cell in rows["E2"]["cells"]] == [0.8, 0.8]
    states = {each["kind"]: each["state"] for each in found["dimensions"]}
    assert states == {"end": "apart", "fact": "unclear", "means": "apart"}


def test_common_ground_is_common_and_a_few_marks_are_no_crux(
    client: FlaskClient, world: Weighed
) -> None:
    found = found_in(client, world)["found"]
    said = {row["code"]: row["says"].split(":")[0] for row in found["common_rows"]}
    assert said == {"E1": "All 10 agree", "F2": "9 of 10 agree"}
    assert found["least_rows"] == []  # two of five leaders agree with M2
    assert found["crux_rows"] == []  # a few marks say nothing


def test_the_page_is_understood_by_its_first_sentence(client: FlaskClient, world: Weighed) -> None:
    said = found_in(client, world)["found"]["sentence"]
    assert said["text"] == (
        "Among 5 school leaders and 5 sixth-form teachers: they differ over an end: all 5 "
        "sixth-form teachers and none of the 5 school leaders agree with “Pupils should be free to "
        "choose how they spend this time”. They differ over what to do: all 5 school leaders and "
        "none of the 5 sixth-form teachers agree with “Attendance should be compulsory”. On the "
        "facts no difference was found, and one of more than 0.32 of the scale is ruled out."
        " 10 answered."
    )
    page = client.get(f"/findings/{world.thread.slug}").text
    head = page[page.index("<h1") : page.index("</h1>")]
    assert " ".join(re.sub("<[^>]+>", "", head).split()) == said["heading"]


def test_groups_made_by_a_statement_leave_it_out(client: FlaskClient, world: Weighed) -> None:
    found = found_in(client, world, "?between=leans:M1")["found"]
    rows = {row["code"]: row for kind in found["kinds"] for row in kind["rows"]}
    assert rows["M1"]["is_left_out"]
    assert rows["M1"]["gap"] is None
    assert "M1" not in found["dimensions"][2]["apart"]
    assert any("M1" in line["codes"] for line in found["provenance"]["lines"])


def test_it_is_read_again_for_a_declared_group(client: FlaskClient, world: Weighed) -> None:
    page = found_in(client, world, "?as=role:classroom_teacher")
    assert page["lens"]["size"] == 5
    assert page["found"]["sentence"]["among"] == "Among 5 classroom teachers and 5 others:"
    assert page["lens_says"][1].endswith("none of 5 classroom teachers agree.") or page["lens_says"]
    refused = found_in(client, world, "?as=role:sendco")
    assert refused["lens"] is None
    assert "fewer than five of its members" in refused["refusal"]["says"]
    nonsense = found_in(client, world, "?as=shoe_size:43")
    assert nonsense["refusal"]["says"] == refused["refusal"]["says"]


def test_where_i_stand_is_told_to_me_alone(client: FlaskClient, world: Weighed) -> None:
    assert found_in(client, world)["mine"] is None
    sign_in(client, world.leaders[0])
    mine = found_in(client, world)["mine"]
    assert mine["group"] == "You are one of the school leaders."
    answers = {each["code"]: each["answer"] for each in mine["answers"]}
    assert answers["E2"] == "disagree (2 of 5)"
    assert answers["M2"] == "in the middle (3 of 5)"
    sign_in(client, world.round.thread.series.memberships[-1].person)
    sign_in(client, world.teachers[0])
    assert found_in(client, world)["mine"]["group"] == "You are one of the sixth-form teachers."


def test_where_i_stand_takes_nobody_for_somebody_else(
    client: FlaskClient, session: Session
) -> None:
    """One counts oneself among those who said the same, and not where one is not admitted."""
    alone = {code: (kind, text, "?" + a[1:], b) for code, (kind, text, a, b) in WORKED.items()}
    world = weighed(session, alone, who_may_rate="anybody")
    stranger = make_person(session)
    for code, value in (("E1", "dont_know"), ("E2", "5")):
        world.rate(code, stranger, value)
    world.compute()
    for person in (world.leaders[0], stranger):
        sign_in(client, person)
        mine = found_in(client, world)["mine"]
        said = {each["code"]: each["room"] for each in mine["answers"]}
        assert said["E1"] == "In all, 1 person says so."
