"""Mailed links: single use, for one purpose, until they run out, and never kept as sent."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.people.accounts.models import MailedLink
from discussion.people.accounts.operations.links import LASTS, link_token
from discussion.people.accounts.tasks import MAILS
from tests.conftest import SECRET
from tests.factories import NOW
from tests.people.accounts.journeys import (
    OTHER,
    PASSWORD,
    enter,
    is_in,
    link_path,
    mails,
    make_account,
    newest_link,
    sign_up,
)

PAGES = {
    "confirm": "confirm", "reset": "reset", "change_old": "address", "change_new": "address",
    "change_back": "address",
}  # fmt: skip
TOLD_WITH_ITS_CHANGE = {"change_back"}  # its letter is change_made: see test_moving.py


def test_a_forgotten_password_is_replaced_and_every_session_ends(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    before = client.application.test_client()
    enter(before, person.email or "", remember="y")
    client.post("/accounts/reset", data={"email": person.email, "next": "/threads/enrichment"})
    path = link_path(newest_link(session, "reset"), "reset")

    assert client.get(path).status_code == 200
    answer = client.post(path, data={"password": OTHER})

    assert answer.location == "/accounts/sign-in?next=/threads/enrichment"
    assert not is_in(before)
    assert enter(client, person.email or "", PASSWORD).status_code == 422
    assert enter(client, person.email or "", OTHER).status_code == 303
    assert mails(session) == ["accounts/reset", "accounts/password_changed"]


def test_nobody_learns_from_a_reset_who_has_an_account(
    client: FlaskClient, session: Session
) -> None:
    known = make_account(session)

    answers = [
        client.post("/accounts/reset", data={"email": email})
        for email in (known.email, "nobody@example.org")
    ]

    assert answers[0].data == answers[1].data
    assert answers[0].location == answers[1].location == "/accounts/sent/reset"
    assert mails(session) == ["accounts/reset"]


def test_a_new_password_is_judged_against_its_owner(client: FlaskClient, session: Session) -> None:
    person = make_account(session, display_name="Ottoline Brandreth")
    client.post("/accounts/reset", data={"email": person.email})
    path = link_path(newest_link(session, "reset"), "reset")

    answer = client.post(path, data={"password": "ottolinebrandreth"})

    assert answer.status_code == 422
    assert "This is easy to guess." in answer.text
    assert client.post(path, data={"password": OTHER}).status_code == 303


def test_resets_are_asked_for_five_times_an_hour(client: FlaskClient, session: Session) -> None:
    with time_machine.travel(NOW, tick=False):
        tried = [
            client.post("/accounts/reset", data={"email": "nobody@example.org"}).status_code
            for _ in range(6)
        ]
    assert tried == [303] * 5 + [429]


def test_a_link_works_once(client: FlaskClient, session: Session) -> None:
    sign_up(client)
    path = link_path(newest_link(session, "confirm"), "confirm")

    assert client.post(path).status_code == 303
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


@pytest.mark.parametrize("purpose", list(LASTS))
def test_a_link_runs_out(client: FlaskClient, session: Session, purpose: str) -> None:
    link = _link(session, purpose)
    path = link_path(link, PAGES[purpose])

    with time_machine.travel(link.expires_at - timedelta(seconds=1), tick=False):
        shown = client.get(path)
    with time_machine.travel(link.expires_at, tick=False):
        late = client.get(path), client.post(path, data={"password": OTHER})

    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert [answer.status_code for answer in late] == [410, 410]


@pytest.mark.parametrize("purpose", list(LASTS))
@pytest.mark.parametrize("page", ["confirm", "reset", "address"])
def test_a_link_for_another_purpose_is_refused(
    client: FlaskClient, session: Session, purpose: str, page: str
) -> None:
    path = link_path(_link(session, purpose), page)

    with time_machine.travel(NOW, tick=False):
        opened = client.get(path).status_code
        pressed = 200 if page == PAGES[purpose] else client.post(path).status_code

    assert opened == (200 if page == PAGES[purpose] else 410)
    assert pressed == opened


def test_a_token_that_was_changed_or_signed_elsewhere_is_refused(
    client: FlaskClient, session: Session
) -> None:
    link = _link(session, "reset")
    token = link_token(link, SECRET)
    forged = link_token(link, "another secret that somebody else made up")

    with time_machine.travel(NOW, tick=False):
        for bad in (token[:-2] + "zz", forged, link.public_id, "nothing"):
            assert client.get(f"/accounts/reset/{bad}").status_code == 410


def test_no_row_holds_what_stands_in_the_letter(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_up(client)
    link = newest_link(session, "confirm")
    job = session.scalars(select(Job).where(Job.name == "mail.send")).one()
    with app.test_request_context():
        letter = MAILS["accounts/confirm"](session, job.payload)

    token = link_token(link, SECRET)
    assert letter is not None
    assert token in letter.body
    assert token not in str(job.payload) + str(link.carries) + link.public_id
    assert "ottoline" not in str(job.payload)


def test_each_letter_says_the_site_and_one_thing_to_do(app: Flask, session: Session) -> None:
    with time_machine.travel(NOW, tick=False), app.test_request_context():
        for purpose in set(LASTS) - TOLD_WITH_ITS_CHANGE:
            link = _link(session, purpose)
            letter = MAILS[f"accounts/{purpose}"](session, {"ids": {"link": link.id}})
            assert letter is not None
            assert letter.to == link.email
            assert "Discussion" in letter.subject
            assert letter.body.count(f"/accounts/{PAGES[purpose]}/") == 1
        for notice in ("registered", "password_changed"):
            person = make_account(session)
            payload = {"template": f"accounts/{notice}", "person_id": person.id, "ids": {}}
            letter = MAILS[f"accounts/{notice}"](session, payload)
            assert letter is not None
            assert "/accounts/reset" in letter.body


def test_a_letter_that_came_too_late_is_not_written(app: Flask, session: Session) -> None:
    link = _link(session, "reset")
    link.used_at = NOW

    with time_machine.travel(NOW, tick=False), app.test_request_context():
        assert MAILS["accounts/reset"](session, {"ids": {"link": link.id}}) is None
    assert session.scalar(select(func.count(MailedLink.id))) == 1


def _link(session: Session, purpose: str) -> MailedLink:
    person = make_account(session)
    carries = {
        "email": "new@example.org",
        "other": None,
        "display_name": "Ottoline",
        "password_hash": person.password_hash,
    }
    link = MailedLink(person=person, purpose=purpose, email=person.email, carries=carries,
                      created_at=NOW, expires_at=NOW + LASTS[purpose])  # fmt: skip
    session.add(link)
    session.flush()
    return link
