"""One door for who has an account and who is new, and a page that says how long to wait."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from discussion import clock
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations import keep_signed_out
from discussion.jobs.models import Job
from discussion.people.accounts.operations.attempts import LIMITS
from discussion.people.accounts.tasks import MAILS
from discussion.series.members.models import Membership
from tests.conftest import sign_in
from tests.factories import NOW, make_position, make_series, make_thread
from tests.people.accounts.journeys import (
    OTHER,
    PASSWORD,
    enter,
    find,
    link_path,
    mails,
    make_account,
    newest_link,
    sign_up,
)

WHERE = "/threads/enrichment?group=value"


def test_both_addresses_show_one_form_each_with_its_side_open(client: FlaskClient) -> None:
    shown = {side: client.get(f"/accounts/sign-{side}?next={quote(WHERE)}").text
             for side in ("in", "up")}  # fmt: skip

    for side, page in (("known", shown["in"]), ("new", shown["up"])):
        assert re.findall(r'name="side" value="(\w+)" checked', page) == [side]
        assert page.count('type="email"') == page.count('action="/accounts/sign-in"') == 1
        tokens = dict(re.findall(r'autocomplete="([a-z-]+)"[^>]* name="(\w+)"', page))
        assert tokens == {"username": "email", "current-password": "password",
                          "name": "display_name", "new-password": "new_password"}  # fmt: skip
        assert f'name="next" value="{WHERE}"' in page


@pytest.mark.parametrize("path", ["/accounts/sign-in", "/accounts/sign-up"])
def test_what_is_sent_names_its_side_and_keeps_what_stands_on_the_other(
    client: FlaskClient, session: Session, path: str
) -> None:
    person = make_account(session)
    form = {"email": person.email, "password": PASSWORD, "new_password": OTHER,
            "phase": "secondary",
            "display_name": "Ottoline Brandreth", "role": "headteacher"}  # fmt: skip

    as_new = client.post(path, data=form | {"side": "new"})
    assert as_new.status_code == 422
    assert "Accounts are for people of 18 or over." in as_new.text
    as_known = client.post(path, data=form | {"side": "known", "password": "wrong"})
    assert as_known.status_code == 422
    assert "That e-mail and password do not match." in as_known.text
    for page in (as_new.text, as_known.text):
        assert 'value="Ottoline Brandreth"' in page
        assert re.search(r'<option selected value="headteacher"', page)
        assert PASSWORD not in page
        assert OTHER not in page
        assert (person.email or "") in page
    assert client.post(path, data=form | {"side": "known"}).status_code == 303


def test_role_and_phase_are_asked_once_and_stand_in_every_series(
    client: FlaskClient, session: Session
) -> None:
    make_series(session, who_may_post="domain", domains=["example.org"])
    for wrong in ({"role": ""}, {"role": "emperor"}, {"phase": "lunar"}):
        assert sign_up(client, **wrong).status_code == 422
    assert sign_up(client).status_code == 303
    client.post(link_path(newest_link(session, "confirm"), "confirm"))

    person = find(session, "ottoline@example.org")
    assert person is not None
    assert (person.roles, person.phases) == (["headteacher"], ["secondary"])
    own = session.scalars(select(Membership)).one()
    assert (own.posting_role, own.posting_phase) == ("headteacher", "secondary")


def test_who_is_new_without_a_phase_and_confirms_by_a_reset_keeps_the_role(
    client: FlaskClient, session: Session
) -> None:
    sign_up(client, phase="", role="civil_servant")
    client.post("/accounts/reset", data={"email": "ottoline@example.org"})
    path = link_path(newest_link(session, "reset"), "reset")
    assert client.post(path, data={"password": OTHER}).status_code == 303

    person = find(session, "ottoline@example.org")
    assert person is not None
    assert (person.roles, person.phases) == (["civil_servant"], [])


def test_who_signs_up_again_gets_one_letter_that_leads_in_and_on(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    known = make_account(session)
    sign_up(client, email=known.email or "", next=WHERE)
    assert mails(session) == ["accounts/registered"]
    payload = session.scalars(select(Job).where(Job.name == "mail.send")).one().payload
    with app.test_request_context():
        letter = MAILS["accounts/registered"](session, payload)
    assert letter is not None
    links = re.findall(r"http://[^/]+(/accounts/\S+)", letter.body)

    shown = client.get(links[0])
    assert f'name="next" value="{WHERE}"' in shown.text
    answer = client.post(links[1], data={"password": OTHER})
    assert unquote(answer.location or "") == f"/accounts/sign-in?next={WHERE}"
    assert enter(client, known.email or "", OTHER).status_code == 303


def test_signing_up_and_in_hash_as_often_whoever_has_the_address(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = make_account(session)
    worked: list[str] = []
    for name in ("hash", "verify"):
        monkeypatch.setattr(PasswordHasher, name, _noting(getattr(PasswordHasher, name), worked))

    enter(client, "a@example.org", "once")  # what is compared with is made once
    done = {}
    for email in (known.email or "", "nobody@example.org"):
        worked.clear()
        sign_up(client, email=email)
        enter(client, email, "not the password")
        done[email] = tuple(worked)

    assert done[known.email or ""] == done["nobody@example.org"]
    assert len(done["nobody@example.org"]) == 2


def test_a_new_password_by_mail_keeps_what_was_written_in_this_browser_and_no_strangers(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person, thread = make_account(session), make_thread(session, make_series(session))
    token = keep_signed_out(
        session, "position", thread, {"claim": ["Half"]}, token="", now=clock.now()
    )
    with client.session_transaction() as cookie:
        cookie["draft_token"] = token
    then = f"/positions/write/{thread.slug}?draft={token}"
    sign_up(client, email=person.email or "", next=then)
    first, owner = newest_link(session, "reset"), app.test_client()
    owner.post(link_path(first, "reset"), data={"password": OTHER})
    assert enter(owner, person.email or "", OTHER, next=then).status_code == 303
    session.expire_all()
    assert session.scalars(select(KeptDraft.person_id)).all() == [None], "a stranger wrote it"

    client.post("/accounts/reset", data={"email": person.email, "next": then})
    changed = client.post(
        link_path(newest_link(session, "reset"), "reset"), data={"password": PASSWORD}
    )
    assert token in changed.location
    assert enter(client, person.email or "", next=then).status_code == 303
    session.expire_all()
    assert session.scalars(select(KeptDraft.person_id)).all() == [person.id]


Waits = Callable[[FlaskClient, Session], tuple[TestResponse, str]]


def _posted(path: str, kind: str, kept: str, **form: str) -> Waits:
    def waits(client: FlaskClient, session: Session) -> tuple[TestResponse, str]:
        person = make_account(session, display_name="Person O")
        sign_in(client, person) if kind in ("own_password", "change_address") else None
        at = path
        if "{token}" in path:
            client.post("/accounts/reset", data={"email": person.email})
            at = link_path(newest_link(session, "reset"), "reset")
        if "{position}" in path:
            position = make_position(session, make_thread(session, make_series(session)))
            at = path.replace("{position}", position.public_id)
        tries = min(limit.most for limit in LIMITS[kind]) + 1
        answers = [client.post(at, data=form) for _ in range(tries)]
        return answers[-1], kept

    return waits


A_REPORT = {"cause": "abuse", "text": "Look at this.", "email": "o@example.org"}
NEW = {"side": "new", "email": "o@example.org", "display_name": "Ottoline", "is_adult": "y",
       "accepts": "y", "role": "other", "new_password": PASSWORD}  # fmt: skip
WAITS: dict[str, Waits] = {
    "signing in": _posted("/accounts/sign-in", "sign_in", "o@example.org",
                          email="o@example.org", password="x"),
    "signing up": _posted("/accounts/sign-in", "sign_up", "Ottoline", **NEW),
    "judging a password": _posted("/accounts/reset/{token}", "new_password", "", password="x"),
    "asking for a link": _posted("/accounts/reset", "reset", "o@example.org",
                                 email="o@example.org"),
    "the password again": _posted("/accounts/confirm-password", "own_password", "/rights",
                                  **{"next": "/rights", "confirm-password": "x"}),
    "changing the password": _posted("/accounts/password", "own_password", "",
                                     current="x", password=OTHER),
    "changing the address": _posted("/accounts/address", "own_password", "new@example.org",
                                    current="x", email="new@example.org"),
    "closing the account": _posted("/rights/leave", "own_password", 'value="keep" checked',
                                   choice="keep", password="x"),
    "reporting": _posted("/reports/position/{position}", "visitors_report", "Look at this.",
                         **A_REPORT),
}  # fmt: skip


@pytest.mark.parametrize("what", WAITS)
def test_what_was_sent_too_often_is_a_page_that_says_how_long_and_keeps_it(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    few = [type(one)(one.by, 3, one.window) for one in LIMITS["new_password"]]
    monkeypatch.setitem(LIMITS, "new_password", tuple(few))
    with time_machine.travel(NOW, tick=False):
        answer, kept = WAITS[what](client, session)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 24 * 3600
    assert re.search(r"<h1>Wait \d+ (minutes|hours?), then try again</h1>", answer.text)
    assert "What you can do until then" in answer.text
    assert kept in answer.text
    assert 'id="problems"' not in answer.text, "nothing is there to mend"
    assert "Error" not in re.findall(r"<title>(.*?)</title>", answer.text)[0]


def test_a_blocked_sign_in_mails_a_link_with_one_press_and_goes_on_from_there(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    with time_machine.travel(NOW, tick=False):
        for _ in range(11):
            page = enter(client, person.email or "", "wrong", next=WHERE).text
        form = page.partition('class="aside-note meanwhile"')[2].partition("</form>")[0]
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        assert sent["email"] == person.email
        assert client.post("/accounts/reset", data=sent).status_code == 303
        path = link_path(newest_link(session, "reset"), "reset")
        there = client.post(path, data={"password": OTHER}).location
        assert unquote(there or "") == f"/accounts/sign-in?next={WHERE}"


def test_who_forgot_the_password_where_it_is_asked_again_keeps_what_was_sent(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    sign_in(client, person)
    asked = client.get("/accounts/confirm-password?next=/rights")
    way = re.search(r'<a href="([^"]*/reset[^"]*)" target="_blank"', asked.text)
    assert way is not None

    page = client.get(way[1]).text
    assert 'name="next" value="/rights"' in page
    assert f'value="{person.email}"' in page, "the address need not be written again"


def _noting(does: Any, worked: list[str]) -> Any:
    def noted(*given: Any, **more: Any) -> Any:
        worked.append(does.__name__)
        return does(*given, **more)

    return noted
