"""A mirror through its pages: what its people read, who reaches it, and what it never tells."""

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.people.accounts.models import Person
from discussion.reach.publications.files.typeset import pages_of
from discussion.weighing.practice.models import Instrument, Run
from tests.conftest import sign_in
from tests.factories import make_member, make_person, make_series
from tests.factories.practice import (
    make_instrument,
    make_organisation,
    make_respondent,
    make_run,
)
from tests.reach.publications.test_sheets import tags_of
from tests.weighing.practice.mirrors import WORKED, everybody, hold_run, invite


@pytest.fixture
def instrument(session: Session) -> Instrument:
    return make_instrument(session, make_series(session), tuple(WORKED))


def coordinator(session: Session, run: Run) -> Person:
    return session.get_one(Person, run.organisation.coordinators[0].person_id)


def page_of(client: FlaskClient, session: Session, run: Run) -> dict[str, Any]:
    """The mirror as data, for its coordinator."""
    sign_in(client, coordinator(session, run))
    found: dict[str, Any] = client.get(paths.mirror(run.public_id) + ".json").get_json()
    return found


def text_of(client: FlaskClient, session: Session, run: Run) -> str:
    sign_in(client, coordinator(session, run))
    answer = client.get(paths.mirror(run.public_id))
    assert answer.status_code == 200
    html = re.sub(r"<(script|style|svg).*?</\1>", "", answer.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_worked_example_comes_out_through_the_page(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    run = hold_run(session, instrument, everybody(12, WORKED))
    said = text_of(client, session, run)
    assert "coherence 0.75 of 1; drift +0.083" in said
    assert "In practice, the trust does." in said
    rows = page_of(client, session, run)["functions"]
    assert [(each["slug"], each["state"], each["gap"]) for each in rows] == [
        ("dressings", "out_of_step", "2.0"),
        ("records", "out_of_step", "1.0"),
        ("visits", "in_step", "0.0"),
    ]


def test_the_table_says_what_the_page_says(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    run = hold_run(session, instrument, everybody(12, WORKED))
    page = page_of(client, session, run)
    answer = client.get(paths.mirror(run.public_id) + ".csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row["function"] for row in rows if row["part"] == "function"] == [
        each["name"] for each in page["functions"]
    ]
    assert page["together"] in answer.text


def test_it_is_taken_away_as_two_tagged_pages_that_say_the_same(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    run = hold_run(session, instrument, everybody(12, WORKED))
    sign_in(client, coordinator(session, run))
    sheet = client.get(paths.mirror_sheet(run.public_id))
    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    assert pages_of(sheet.data) == 2
    names, scopes = tags_of(sheet.data)
    assert names.count("/H1") == 1
    assert {"/H2", "/P", "/Table", "/TH", "/TD"} <= set(names)  # drawings: their words stand beside
    assert "/Column" in scopes


def test_before_it_closes_the_address_says_when(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    going = make_run(session, make_organisation(session, instrument.series), instrument)
    make_respondent(session, going, WORKED)
    said = text_of(client, session, going)
    assert "Fewer than five of 0 who were invited have begun to answer" in said
    assert "Coherence" not in said


@pytest.mark.parametrize("who", ["visitor", "member", "convener", "moderator", "administrator",
                                 "another's coordinator", "unconfirmed coordinator"])  # fmt: skip
def test_nobody_else_reaches_it(
    client: FlaskClient, session: Session, instrument: Instrument, who: str
) -> None:
    run = hold_run(session, instrument, everybody(12, WORKED))
    other = hold_run(session, instrument, everybody(12, WORKED))
    people: Mapping[str, Any] = {
        "member": lambda: make_member(session, run.series),
        "convener": lambda: make_member(session, run.series, role="convener"),
        "moderator": lambda: make_member(session, run.series, role="moderator"),
        "administrator": lambda: make_person(session, is_administrator=True),
        "another's coordinator": lambda: coordinator(session, other),
        "unconfirmed coordinator": lambda: coordinator(session, run),
    }
    if who in people:
        person = people[who]()
        if who == "unconfirmed coordinator":
            person.email_confirmed_at = None
        session.flush()
        sign_in(client, person)
    for path in (paths.mirror(run.public_id), paths.mirror_sheet(run.public_id)):
        assert client.get(path).status_code == 404
    for ending in (".csv", ".json"):
        assert client.get(paths.mirror(run.public_id) + ending).status_code == 404


def test_whoever_was_asked_reaches_it_by_their_link_and_no_other(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    run = hold_run(session, instrument, everybody(12, WORKED))
    link = invite(session, run)
    answer = client.get(paths.own_mirror(link))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert run.public_id not in answer.text
    assert client.get(paths.own_mirror(link[:-1] + "x")).status_code == 404
    assert client.get(paths.own_mirror("short")).status_code == 404


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (4, "Too few of us answered to say whether we do as we say"),
        (9, "Too few of us answered to say whether we do as we say"),
        (24, "We do as we say in 3 of 3 functions"),
    ],
)
def test_what_it_says_first_where_nothing_is_out_of_step(
    client: FlaskClient, session: Session, instrument: Instrument, number: int, title: str
) -> None:
    run = hold_run(session, instrument, everybody(number, dict.fromkeys(WORKED, (3, 3))))
    page = page_of(client, session, run)
    assert page["title"] == title
    if number < 10:
        few = "fewer than five of" if number < 5 else "9 of 9"
        assert all(each["gave_both"].startswith(few) for each in page["functions"])
        assert all(each["bell"] is None for each in page["functions"])
        assert not page["roles"]["rows"]


def test_one_role_under_five_is_said_once_and_neither_is_shown(
    client: FlaskClient, session: Session, instrument: Instrument
) -> None:
    people = [("leader", 0, WORKED)] * 4 + [("staff", 1, WORKED)] * 20
    page = page_of(client, session, hold_run(session, instrument, people))
    assert not page["roles"]["rows"]
    assert "by subtraction" in page["roles"]["says"]
    assert page["roles"]["sizes"] == "Leader not shown, Staff not shown"
