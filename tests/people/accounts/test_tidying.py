"""What is no longer needed is forgotten, as the privacy notice says."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.mail.operations import note_refused
from discussion.people.accounts.models import Attempt, MailedLink, Person
from discussion.people.accounts.operations.attempts import count_attempt
from discussion.people.accounts.tasks import MAILS, TASKS
from tests.conftest import SECRET, sign_in
from tests.factories import NOW, make_person


def test_old_attempts_spent_links_and_unconfirmed_sign_ups_are_forgotten(session: Session) -> None:
    kept = make_person(session)
    made = {"email_confirmed_at": None, "password_hash": None}
    waiting = make_person(session, **made, created_at=NOW - timedelta(days=29))
    forgotten = make_person(session, **made, created_at=NOW - timedelta(days=31))
    for person, age in ((kept, 1), (kept, 40), (forgotten, 31)):
        at = NOW - timedelta(days=age)
        session.add(MailedLink(person=person, purpose="confirm", email="x@example.org", carries={},
                               created_at=at, expires_at=at))  # fmt: skip
    session.add_all(Attempt(key="k", at=NOW - timedelta(hours=hours)) for hours in (23, 25))
    session.flush()

    for _ in range(2):
        TASKS["accounts.tidy"](session, {}, NOW)

    assert set(session.scalars(select(Person.id))) == {kept.id, waiting.id}
    assert len(session.scalars(select(MailedLink)).all()) == 1
    assert len(session.scalars(select(Attempt)).all()) == 1


def test_the_table_of_attempts_tells_nobody_who_tried_or_from_where(session: Session) -> None:
    count_attempt(session, "sign_in", "o@example.org", "192.0.2.7", secret=SECRET, now=NOW)

    rows = session.execute(select(Attempt.key, Attempt.part)).all()
    keys = [key for row in rows for key in row if key]

    assert len(set(keys)) == 4
    assert all(len(key) == 64 and "example" not in key and "192" not in key for key in keys)


def test_a_household_on_ipv6_counts_as_one_address(session: Session) -> None:
    waits = [
        count_attempt(session, "sign_in", f"{n}@example.org", f"2001:db8::{n:x}", secret=SECRET,
                      now=NOW)
        for n in range(101)
    ]  # fmt: skip

    assert waits[:100] == [0] * 100
    assert waits[100] == 15 * 60


@pytest.mark.parametrize(
    ("purpose", "then", "leads_to"),
    [("confirm", {}, "/accounts/sign-up"), ("reset", {}, "/accounts/reset"),
     ("confirm", {"used_at": NOW}, ""), ("confirm", {"email_confirmed_at": NOW}, "")],
)  # fmt: skip
def test_whose_link_ran_out_before_the_mail_went_is_told_how_to_ask_again(
    app: Flask, session: Session, purpose: str, then: dict[str, Any], leads_to: str
) -> None:
    person = make_person(session, **{"email_confirmed_at": None} | {
        name: value for name, value in then.items() if name != "used_at"})  # fmt: skip
    link = MailedLink(person=person, purpose=purpose, email="x@example.org", carries={},
                      created_at=NOW, expires_at=NOW, used_at=then.get("used_at"))  # fmt: skip
    session.add(link)
    session.flush()
    payload = {"template": f"accounts/{purpose}", "person_id": None, "ids": {"link": link.id}}
    with app.test_request_context(base_url="https://example.org"):
        letter = MAILS[f"accounts/{purpose}"](session, payload)
    assert (letter is not None) == bool(leads_to)
    if letter:
        assert letter.to == "x@example.org"
        assert f"https://example.org{leads_to}" in letter.body


def test_who_asked_again_meanwhile_hears_nothing_of_the_first_link(
    app: Flask, session: Session
) -> None:
    person = make_person(session)
    links = [MailedLink(person=person, purpose="reset", email="x@example.org", carries={},
                        created_at=NOW, expires_at=NOW) for _time in range(2)]  # fmt: skip
    session.add_all(links)
    session.flush()
    with app.test_request_context(base_url="https://example.org"):
        sent = [MAILS["accounts/reset"](session, {"ids": {"link": link.id}}) for link in links]
    assert [letter is not None for letter in sent] == [False, True]


def test_a_refused_address_is_told_on_ones_own_page_and_to_nobody_else(
    client: FlaskClient, session: Session
) -> None:
    person = make_person(session)
    sign_in(client, person)
    assert "do not arrive" not in client.get("/accounts/profile").text
    note_refused(session, person.email or "", "address", NOW)
    assert "Our e-mails to you do not arrive" in client.get("/accounts/profile").text
    note_refused(session, person.email or "", "letter", NOW)
    assert "Our last e-mail to you was refused" in client.get("/accounts/profile").text
    sign_in(client, make_person(session))
    assert "refused" not in client.get("/accounts/profile").text
