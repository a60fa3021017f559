"""Known devices: a browser is known to the accounts that were signed in to there, to no other."""

from datetime import timedelta

import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import KnownDevice, Person
from discussion.people.accounts.operations.devices import DEVICES_KEPT, is_known_device
from discussion.people.accounts.operations.tidying import tidy_accounts
from tests.conftest import SECRET
from tests.factories import NOW
from tests.people.accounts.journeys import (
    OTHER,
    PASSWORD,
    enter,
    link_path,
    make_account,
    newest_link,
)


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie("device")
    return found.value if found else ""


def _knows(session: Session, person: Person, device: str) -> bool:
    session.expire_all()
    return is_known_device(session, person.email or "", device, secret=SECRET, now=NOW)


@time_machine.travel(NOW, tick=False)
def test_a_browser_is_known_to_those_who_signed_in_there_and_to_nobody_else(
    client: FlaskClient, session: Session
) -> None:
    noise, first, second = (make_account(session) for _ in range(3))

    enter(client, noise.email or "", "not the password at all")
    assert _cookie(client) == "", "who did not come in has left nothing"
    enter(client, first.email or "")
    device = _cookie(client)
    assert (_knows(session, first, device), _knows(session, second, device)) == (True, False)

    client.post("/accounts/sign-out")
    enter(client, second.email or "")
    assert _cookie(client) == device, "two accounts of one browser share its secret"
    assert _knows(session, first, device)
    assert _knows(session, second, device)
    keys = session.scalars(select(KnownDevice.key)).all()
    assert len(set(keys)) == 2, "and have nothing in common in the table"
    assert not any(device in key for key in keys)
    for guess in ("", "x", device[:-1], device * 9):
        assert not _knows(session, first, guess)
    assert not is_known_device(session, "nobody@example.org", device, secret=SECRET, now=NOW)


def test_a_device_is_forgotten_a_year_after_the_last_time(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    with time_machine.travel(NOW, tick=False):
        enter(client, person.email or "")
    device, later = _cookie(client), NOW + DEVICES_KEPT
    asked = {"secret": SECRET, "email": person.email or "", "device": device}
    assert is_known_device(session, **asked, now=later - timedelta(seconds=1))
    assert not is_known_device(session, **asked, now=later)
    tidy_accounts(session, now=later)
    assert session.scalars(select(KnownDevice)).all() == []


@time_machine.travel(NOW, tick=False)
def test_a_new_password_forgets_every_device_but_the_one_in_which_it_was_chosen(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    address = person.email or ""
    enter(client, address)
    elsewhere = client.application.test_client()
    enter(elsewhere, address)

    form = {"current": PASSWORD, "password": OTHER}
    assert elsewhere.post("/accounts/password", data=form).status_code == 303
    assert not _knows(session, person, _cookie(client))
    assert _knows(session, person, _cookie(elsewhere))

    client.post("/accounts/reset", data={"email": address})
    path = link_path(newest_link(session, "reset"), "reset")
    assert client.post(path, data={"password": PASSWORD}).status_code == 303
    assert _knows(session, person, _cookie(client))
    assert not _knows(session, person, _cookie(elsewhere))
