"""Attempts: failures are counted, a hall is let in, and a stranger shuts nobody out."""

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import IPv4Address

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from discussion.people.accounts.operations.attempts import ACCOUNT, ACCOUNT_HERE, LIMITS
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

HALL = 200
MINE = "ottoline@example.org"


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def at(app: Flask, address: str = "192.0.2.7") -> FlaskClient:
    """A new browser in the network of this address."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def from_everywhere(app: Flask, email: str, tries: int, each: int = 10) -> list[int]:
    """Wrong passwords from network after network; the last answer of each."""
    networks = [str(IPv4Address("198.51.0.1") + 256 * n) for n in range(tries // each)]
    return [
        [enter(at(app, network), email, f"wrong {n}").status_code for n in range(each)][-1]
        for network in networks
    ]


def ask_reset(client: FlaskClient, email: str = MINE) -> TestResponse:
    return client.post("/accounts/reset", data={"email": email})


def test_two_hundred_in_one_hall_sign_up_and_sign_in(app: Flask, session: Session) -> None:
    for number in range(HALL):
        assert sign_up(at(app), email=f"new{number}@example.org").status_code == 303
    for number in range(HALL):
        person, client = make_account(session), at(app)
        if number % 2:  # one in two mistypes it first
            assert enter(client, person.email or "", "wrong").status_code == 422
        assert enter(client, person.email or "").status_code == 303


def test_good_passwords_are_never_counted(app: Flask, session: Session) -> None:
    person = make_account(session)

    for _ in range(11):
        assert enter(at(app), person.email or "", "wrong").status_code == 422
        assert enter(at(app), person.email or "").status_code == 303


def test_one_network_tries_a_hundred_accounts_in_a_quarter_of_an_hour(
    app: Flask, session: Session
) -> None:
    person = make_account(session)
    tried = [enter(at(app), f"{n}@example.org").status_code for n in range(100)]
    assert tried == [422] * 100

    refused = enter(at(app), person.email or "")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert "link by e-mail" in refused.text
    assert enter(at(app, "203.0.113.9"), person.email or "").status_code == 303
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        assert enter(at(app), person.email or "").status_code == 303


def test_a_stranger_elsewhere_does_not_shut_an_owner_out(app: Flask, session: Session) -> None:
    person = make_account(session)
    assert from_everywhere(app, person.email or "", 20) == [422, 422]

    assert enter(at(app), person.email or "").status_code == 303


def test_a_blocked_sign_in_says_nothing_of_the_password(app: Flask, session: Session) -> None:
    person = make_account(session)
    for number in range(10):
        enter(at(app), person.email or "", f"wrong {number}")

    right, wrong = (enter(at(app), person.email or "", one) for one in (PASSWORD, "wrong"))
    nobody = [enter(at(app), "nobody@example.org") for _ in range(11)][-1]

    assert right.status_code == 429
    assert right.text == wrong.text == nobody.text.replace("nobody@example.org", person.email or "")


def test_after_a_hundred_failures_a_day_a_known_device_and_a_mailed_link_come_in(
    app: Flask, session: Session
) -> None:
    person = make_account(session)
    email = person.email or ""
    own = at(app)
    assert enter(own, email).status_code == 303
    own.post("/accounts/sign-out")
    assert from_everywhere(app, email, 110) == [422] * 10 + [429]

    assert enter(at(app), email).status_code == 429, "a device that it does not know"
    assert enter(own, email).status_code == 303, "a device that it knows"

    strange = at(app, "203.0.113.9")
    assert ask_reset(strange, email).status_code == 303
    path = link_path(newest_link(session, "reset"), "reset")
    assert strange.post(path, data={"password": OTHER}).status_code == 303
    assert enter(strange, email, OTHER).status_code == 303


def test_a_known_device_tries_ten_times_and_is_let_through_for_its_own_account_only(
    app: Flask, session: Session
) -> None:
    person, other = make_account(session), make_account(session)
    own = at(app)
    enter(own, person.email or "")
    own.post("/accounts/sign-out")
    from_everywhere(app, other.email or "", 100)

    assert enter(own, other.email or "").status_code == 429
    tried = [enter(own, person.email or "", f"wrong {n}").status_code for n in range(11)]
    assert tried == [422] * 10 + [429]
    assert enter(at(app, "203.0.113.9"), person.email or "").status_code == 303


def test_a_weak_password_is_no_sign_up_and_counts_as_none(app: Flask) -> None:
    weak = [sign_up(at(app), new_password="passwordpassword").status_code for _ in range(8)]

    assert weak == [422] * 8
    assert sign_up(at(app)).status_code == 303


def test_passwords_are_not_judged_for_whoever_asks_too_often(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = LIMITS["new_password"]
    monkeypatch.setitem(LIMITS, "new_password", tuple(
        type(one)(one.by, 3, one.window) for one in limits))  # fmt: skip
    said = [sign_up(at(app), new_password="passwordpassword") for _ in range(4)]

    assert [one.status_code for one in said] == [422] * 3 + [429]
    assert "easy to guess" not in said[-1].text
    assert MINE in said[-1].text


def test_a_stranger_who_asks_for_letters_does_not_keep_them_from_the_owner(
    app: Flask, session: Session
) -> None:
    """At most five in an hour lie in the box, and as long as no more come theirs work."""
    make_account(session, email=MINE)
    for number in range(20):
        assert ask_reset(at(app, f"198.51.{number}.1")).status_code == 303
    assert mails(session) == ["accounts/reset"] * 5

    owner = at(app)
    assert ask_reset(owner).status_code == 303
    path = link_path(newest_link(session, "reset"), "reset")
    with time_machine.travel(NOW + timedelta(minutes=59), tick=False):
        assert owner.post(path, data={"password": OTHER}).status_code == 303
        assert enter(owner, MINE, OTHER).status_code == 303
    with time_machine.travel(NOW + timedelta(minutes=60), tick=False):
        assert ask_reset(at(app)).status_code == 303
    assert mails(session)[-1] == "accounts/reset"


def test_a_stranger_who_signs_up_with_an_address_does_not_keep_its_owner_from_it(
    app: Flask, session: Session
) -> None:
    for number in range(20):
        assert sign_up(at(app, f"198.51.{number}.1")).status_code == 303
    owner = at(app)
    refused = sign_up(owner)
    assert refused.status_code == 429
    assert "link by e-mail" in refused.text

    assert ask_reset(owner).status_code == 303
    path = link_path(newest_link(session, "reset"), "reset")
    assert owner.post(path, data={"password": OTHER}).status_code == 303
    assert enter(owner, MINE, OTHER).status_code == 303
    assert is_in(owner)


def test_the_answer_to_too_many_requests_does_not_tell_who_has_an_account(
    app: Flask, session: Session
) -> None:
    make_account(session, email="known@example.org")
    answers = {}
    for email in ("known@example.org", "fresh@example.org"):
        asked = [
            [enter(at(app), email, "wrong") for _ in range(12)],
            [sign_up(at(app), email=email) for _ in range(12)],
            [ask_reset(at(app), email) for _ in range(12)],
        ]
        answers[email] = [
            (one.status_code, one.text.replace(email, "…")) for each in asked for one in each
        ]
    assert answers["known@example.org"] == answers["fresh@example.org"]


@pytest.mark.parametrize("kind", LIMITS)
def test_what_strangers_can_use_up_is_wider_than_what_one_of_them_may(kind: str) -> None:
    """A limit on an account from everywhere, where anybody may try, stands behind a narrower."""
    by = {one.by: one for one in LIMITS[kind]}
    signed_in = {"own_password", "known_device", "change_address", "report", "reset_letter"}
    if ACCOUNT in by and kind not in signed_in:
        assert by[ACCOUNT].most >= 2 * by[ACCOUNT_HERE].most
