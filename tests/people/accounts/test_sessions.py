"""Sessions: rows that can be listed and ended, and that run out."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.models import Job
from discussion.people.accounts.models import AccountSession, KnownDevice
from discussion.people.accounts.operations.tidying import tidy_accounts
from discussion.people.accounts.tasks import write_new_device
from discussion.people.accounts.words import device_in_words
from discussion.series.members.models import Membership
from discussion.series.members.operations.members import end_for_a_while
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_member, make_person, make_series
from tests.people.accounts.journeys import enter, is_in, make_account

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


def _copy(client: FlaskClient, *names: str) -> FlaskClient:
    """Another browser with copies of these cookies."""
    copied = client.application.test_client()
    for name in names:
        found = client.get_cookie(name)
        assert found is not None
        copied.set_cookie(name, found.value)
    return copied


def _letters(session: Session) -> list[dict[str, Any]]:
    session.expire_all()
    jobs = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id))
    return [j.payload for j in jobs if j.payload["template"] == "accounts/new_device"]


def _is_in_at(client: FlaskClient, at: Any) -> bool:
    with time_machine.travel(at, tick=False):
        return is_in(client)


@pytest.mark.parametrize("cookie", ["session", "remember_token"])
def test_a_copied_cookie_is_worth_nothing_once_its_owner_has_signed_out(
    client: FlaskClient, session: Session, cookie: str
) -> None:
    noise, person = make_account(session), make_account(session)
    other = client.application.test_client()
    enter(other, noise.email or "")
    enter(client, person.email or "", remember="y")
    copied = _copy(client, cookie)
    assert is_in(copied)

    assert client.post("/accounts/sign-out").status_code == 303

    assert not is_in(copied)
    assert not is_in(client)
    assert is_in(other)


def test_signing_in_anew_ends_the_session_that_the_browser_had(
    client: FlaskClient, session: Session
) -> None:
    first, second = make_account(session), make_account(session)
    enter(client, first.email or "")
    copied = _copy(client, "session")
    enter(client, second.email or "")
    assert (is_in(copied), is_in(client)) == (False, True)


@pytest.mark.parametrize("power", ["", "moderator", "convener", "administrator"])
def test_a_session_runs_out_when_nobody_comes_for_as_long_as_its_power_allows(
    client: FlaskClient, session: Session, power: str
) -> None:
    person = make_person(session, is_administrator=power == "administrator")
    if power in ("moderator", "convener"):
        make_member(session, make_series(session), person, role=power)
    else:
        make_member(session, make_series(session), person)
    lasts = 12 * HOUR if power else 14 * DAY
    with time_machine.travel(NOW, tick=False):
        sign_in(client, person)
    assert _is_in_at(client, NOW + lasts - MINUTE), "it is seen then, and begins to count anew"
    assert _is_in_at(client, NOW + 2 * lasts - 2 * MINUTE)
    assert not _is_in_at(client, NOW + 3 * lasts - 2 * MINUTE)


def test_no_session_outlasts_ninety_days(client: FlaskClient, session: Session) -> None:
    person = make_person(session)
    with time_machine.travel(NOW, tick=False):
        sign_in(client, person)
    assert all(_is_in_at(client, NOW + days * DAY) for days in range(10, 90, 10))
    assert _is_in_at(client, NOW + 90 * DAY - MINUTE)
    assert not _is_in_at(client, NOW + 90 * DAY)


def test_when_somebody_was_last_seen_is_written_once_an_hour_and_after_the_page(
    client: FlaskClient, session: Session
) -> None:
    with time_machine.travel(NOW, tick=False):
        sign_in(client, make_person(session))
    seen = []
    for minutes in (1, 59, 60, 61, 119, 120):
        assert _is_in_at(client, NOW + minutes * MINUTE)
        session.expire_all()
        at = session.scalars(select(AccountSession.last_seen_at)).one()
        seen.append((minutes, int((at - NOW) / MINUTE)))
    assert seen == [(1, 0), (59, 0), (60, 60), (61, 60), (119, 60), (120, 120)]


def test_who_asks_is_found_with_one_statement_and_nothing_is_written(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_in(client, make_person(session))
    said: list[str] = []
    listener = lambda _c, _cursor, statement, *_more: said.append(statement)  # noqa: E731
    engine = app.extensions["site"].engine
    event.listen(engine, "before_cursor_execute", listener)
    try:
        assert client.get("/about").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", listener)
    assert len([one for one in said if "account_session" in one]) == 1
    assert [one for one in said if one.startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_nobody_who_reads_the_table_can_be_anybody(client: FlaskClient, session: Session) -> None:
    person = make_account(session)
    enter(client, person.email or "")
    with client.session_transaction() as cookie:
        secret = cookie["_user_id"]
    row = session.execute(select(AccountSession.__table__)).one()
    assert secret not in repr(row)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = row.key
    assert not is_in(client)


def test_ones_sessions_are_listed_and_each_is_ended_from_any(
    client: FlaskClient, session: Session
) -> None:
    noise, person = make_account(session), make_account(session)
    strange, other, third = (client.application.test_client() for _ in range(3))
    enter(strange, noise.email or "")
    for browser in (client, other, third):
        browser.environ_base["HTTP_USER_AGENT"] = FIREFOX
        enter(browser, person.email or "")

    page = client.get("/accounts/profile").text
    assert page.count("Firefox on Windows</span>") == 3
    assert page.count("Sign out there") == 2
    listed = json_of(client.get("/accounts/profile.json"))["sessions"]
    assert [one["is_here"] for one in listed] == [True, False, False]
    foreign = json_of(strange.get("/accounts/profile.json"))["sessions"][0]["public_id"]
    assert client.post(f"/accounts/sessions/{foreign}/end").status_code == 404
    assert is_in(strange)

    theirs = next(
        one["public_id"] for one in json_of(other.get("/accounts/profile.json"))["sessions"]
        if one["is_here"]
    )  # fmt: skip
    assert client.post(f"/accounts/sessions/{theirs}/end").status_code == 303
    assert [is_in(one) for one in (client, other, third)] == [True, False, True]
    client.post("/accounts/sign-out-elsewhere")
    assert [is_in(one) for one in (client, other, third)] == [True, False, False]
    keys = session.scalars(select(KnownDevice).where(KnownDevice.person_id == person.id)).all()
    assert len(keys) == 1, "a browser that was signed out from afar is not known any more"
    here = json_of(client.get("/accounts/profile.json"))["sessions"]
    assert [one["is_here"] for one in here] == [True]
    answer = client.post(f"/accounts/sessions/{here[0]['public_id']}/end")
    assert answer.location.endswith("/accounts/sign-in")
    assert not is_in(client)


def test_a_new_browser_is_told_of_by_mail_and_a_known_one_is_not(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    noise, person = make_account(session), make_account(session)
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    with time_machine.travel(NOW, tick=False):
        enter(client, person.email or "")
        client.post("/accounts/sign-out")
        enter(client, person.email or "")
        enter(client, person.email or "", "not the password")
    letters = _letters(session)
    assert [letter["person_id"] for letter in letters] == [person.id]
    enter(client, noise.email or "")
    assert [letter["person_id"] for letter in _letters(session)] == [person.id, noise.id]

    with app.test_request_context():
        letter = write_new_device(session, letters[0])
    assert letter is not None
    assert letter.to == person.email
    assert "Firefox on Windows" in letter.body
    assert "12:00" in letter.body
    assert "/accounts/reset" in letter.body
    assert "/accounts/profile#sessions" in letter.body


def test_who_was_removed_from_a_series_is_signed_out(client: FlaskClient, session: Session) -> None:
    person, stays = make_person(session), make_person(session)
    make_member(session, make_series(session), person)
    membership = session.scalars(select(Membership)).one()
    other = client.application.test_client()
    sign_in(client, person)
    sign_in(other, stays)
    end_for_a_while(session, membership, clock.now())
    session.flush()
    assert (is_in(client), is_in(other)) == (False, True)


def test_sessions_that_are_over_are_forgotten_in_time(
    client: FlaskClient, session: Session
) -> None:
    person = make_person(session)
    with time_machine.travel(NOW, tick=False):
        for _ in range(3):
            sign_in(client.application.test_client(), person)
    ended, seen, _away = session.scalars(select(AccountSession).order_by(AccountSession.id)).all()
    ended.ended_at, seen.last_seen_at = NOW, NOW + 20 * DAY
    for at, left in ((NOW + 7 * DAY, 3), (NOW + 8 * DAY, 2), (NOW + 22 * DAY, 1)):
        tidy_accounts(session, now=at)
        assert len(session.scalars(select(AccountSession)).all()) == left


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 "
         "Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
         "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
         "Chrome on Android"),
        ("<script>alert(1)</script>", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)  # fmt: skip
def test_a_browser_is_named_from_our_lists_alone(app: Flask, says: str, words: str) -> None:
    with app.test_request_context():
        assert device_in_words(says) == words
