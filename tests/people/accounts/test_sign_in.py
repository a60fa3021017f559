"""Signing in and out: one answer for every failure, a fresh session, and no road to elsewhere."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations import keep_signed_out
from discussion.people.accounts.models import AccountSession
from discussion.people.accounts.operations.sessions import session_key
from tests.factories import NOW, make_person, make_series, make_thread
from tests.people.accounts.journeys import PASSWORD, enter, is_in, make_account

ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\r\nLocation: https://evil.example",
    "javascript:alert(1)",
    "evil.example",
    " //evil.example",
    "",
)


def test_somebody_signs_in_and_goes_on(client: FlaskClient, session: Session) -> None:
    person = make_account(session)

    answer = enter(client, person.email or "", next="/threads/enrichment?group=value#p-2")

    assert (answer.status_code, answer.location) == (303, "/threads/enrichment?group=value#p-2")
    assert is_in(client)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client: FlaskClient, session: Session, target: str) -> None:
    person = make_account(session)

    assert enter(client, person.email or "", next=target).location == "/"
    assert client.get("/accounts/sign-in", query_string={"next": target}).location == "/"


def test_signing_in_never_leads_back_to_signing_in(client: FlaskClient, session: Session) -> None:
    person = make_account(session)

    assert enter(client, person.email or "", next="/accounts/sign-in?next=/").location == "/"


def test_a_visitor_is_asked_to_sign_in_and_brought_back(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)

    asked = client.get("/accounts/profile")
    assert asked.location == "/accounts/sign-in?next=/accounts/profile"
    shown = client.get(asked.location)
    assert '<input type="hidden" name="next" value="/accounts/profile">' in shown.text
    assert enter(client, person.email or "", next="/accounts/profile").location == (
        "/accounts/profile"
    )


def test_every_failure_looks_the_same(client: FlaskClient, session: Session) -> None:
    known = make_account(session, email="known@example.org")
    make_account(session, email="waits@example.org", email_confirmed_at=None)
    make_account(session, email="left@example.org", left_at=NOW)
    make_person(session, email="empty@example.org")

    answers = {
        enter(client, email, password).text.replace(email, "…")
        for email, password in (
            (known.email or "", "not the password at all"),
            (known.email or "", "x" * 5000),
            ("nobody@example.org", PASSWORD),
            ("waits@example.org", PASSWORD),
            ("left@example.org", PASSWORD),
            ("empty@example.org", PASSWORD),
            ("no address", PASSWORD),
        )
    }

    assert len(answers) == 1
    assert "do not match" in answers.pop()


def test_the_session_is_a_new_one_and_keeps_only_the_draft(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["_user_id"] = "zzzzzzzzzz.1"

    enter(client, person.email or "")

    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert session_key(cookie["_user_id"]) == session.scalar(select(AccountSession.key))


@pytest.mark.parametrize(("remember", "is_set"), [("y", True), ("", False)])
def test_a_device_is_remembered_only_if_asked_and_safely(
    client: FlaskClient, session: Session, remember: str, is_set: bool
) -> None:
    person = make_account(session)

    cookies = enter(client, person.email or "", remember=remember).headers.getlist("Set-Cookie")

    kept = [cookie for cookie in cookies if cookie.startswith("remember_token=")]
    assert bool(kept) is is_set
    for cookie in (*kept, *(one for one in cookies if one.startswith("session="))):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_a_remembered_device_comes_back_after_the_browser_closed(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    enter(client, person.email or "", remember="y")

    client.delete_cookie("session")

    assert is_in(client)


def test_signing_out_ends_what_was_remembered_too(client: FlaskClient, session: Session) -> None:
    person = make_account(session)
    enter(client, person.email or "", remember="y")

    answer = client.post("/accounts/sign-out")

    assert answer.status_code == 303
    assert client.get_cookie("remember_token") is None
    assert not is_in(client)


def test_a_link_cannot_sign_anybody_out(client: FlaskClient, session: Session) -> None:
    person = make_account(session)
    enter(client, person.email or "")

    assert client.get("/accounts/sign-out").status_code == 405
    assert (
        client.post("/accounts/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code
        == 403
    )
    assert is_in(client)


def test_the_tenth_attempt_is_let_through_and_the_eleventh_waits(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    other = make_account(session)
    with time_machine.travel(NOW, tick=False):
        tried = [enter(client, person.email or "", f"wrong {n}").status_code for n in range(10)]
        refused = enter(client, person.email or "", PASSWORD)

        assert tried == [422] * 10
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == str(15 * 60)
        assert "Wait 15 minutes" in refused.text
        assert (person.email or "") in refused.text
        assert enter(client, other.email or "").status_code == 303

    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        assert enter(client, person.email or "", PASSWORD).status_code == 303


def test_an_unknown_address_waits_as_a_known_one_does(
    client: FlaskClient, session: Session
) -> None:
    with time_machine.travel(NOW, tick=False):
        tried = [enter(client, "nobody@example.org").status_code for _ in range(11)]

    assert tried == [422] * 10 + [429]


@pytest.mark.parametrize("carried", ["cookie", "field"])
def test_what_was_written_signed_out_is_theirs_after_signing_in(
    client: FlaskClient, session: Session, carried: str
) -> None:
    person, thread = make_account(session), make_thread(session, make_series(session))
    typed = {"claim": ["Half a sentence"]}
    token = keep_signed_out(session, "position", thread, typed, token="", now=clock.now())
    if carried == "cookie":
        with client.session_transaction() as cookie:
            cookie["draft_token"] = token

    then = f"/positions/write/{thread.slug}?draft={token}"
    carries = {"next": then} if carried == "cookie" else {"draft_token": token}
    enter(client, person.email or "", **carries)

    session.expire_all()
    kept = session.scalars(select(KeptDraft)).one()
    assert (kept.person_id, kept.token_hash, kept.typed) == (person.id, None, typed)
    with client.session_transaction() as cookie:
        assert "draft_token" not in cookie
