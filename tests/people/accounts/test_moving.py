"""Moving to another address when nobody reads mail at the old one any more."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.jobs.models import Job
from discussion.mail.operations import note_refused
from discussion.oversight.rights.models import Leaving
from discussion.oversight.rights.operations.leaving import carry_out
from discussion.people.accounts.models import AddressChange, Person
from discussion.people.accounts.operations.moving import move_due
from discussion.people.accounts.operations.tidying import tidy_accounts
from discussion.people.accounts.tasks import MAILS
from tests.conftest import SECRET, json_of, sign_in, without_tokens
from tests.factories import NOW, make_member, make_person, make_series
from tests.people.accounts.journeys import (
    OTHER,
    PASSWORD,
    enter,
    find,
    is_in,
    link_path,
    mails,
    make_account,
    newest_link,
    sign_up,
)

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
OLD, NEW = "left@school.example.org", "new@example.org"
DUE = NOW + 7 * DAY


def _asked(client: FlaskClient, session: Session, at: datetime = NOW) -> Person:
    """Somebody at OLD who is signed in and asked to move to NEW."""
    person = find(session, OLD) or make_account(session, email=OLD)
    with time_machine.travel(at, tick=False):
        enter(client, OLD)
        form = {"email": NEW, "current": PASSWORD}
        assert client.post("/accounts/address", data=form).status_code == 303
    return person


def _press(client: FlaskClient, session: Session, purpose: str, at: datetime, do: str = "") -> int:
    path = link_path(newest_link(session, purpose), "address")
    with time_machine.travel(at, tick=False):
        assert client.get(path).status_code == 200
        return client.post(path, data={"do": do} if do else {}).status_code


def _waiting(client: FlaskClient, session: Session) -> Person:
    """The same, and NEW has confirmed."""
    person = _asked(client, session)
    assert _press(client.application.test_client(), session, "change_new", NOW) == 303
    return person


def _email(session: Session, person: Person) -> str | None:
    session.expire_all()
    return session.get_one(Person, person.id).email


def _move(session: Session, at: datetime) -> None:
    session.expire_all()
    move_due(session, now=at)
    session.flush()


def _state(client: FlaskClient, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        move = json_of(client.get("/accounts/profile.json"))["move"]
    return move["state"] if move else ""


def test_an_account_moves_after_seven_days_without_the_old_address(
    client: FlaskClient, session: Session
) -> None:
    noise = make_account(session)
    person = _asked(client, session)
    assert _state(client, NOW) == "asked"
    assert _press(client.application.test_client(), session, "change_new", NOW) == 303
    assert _state(client, NOW) == "waits"
    with time_machine.travel(NOW, tick=False):
        page = client.get("/accounts/address").text
    assert "30 November 2026" in page
    assert "Stop the change" in page

    _move(session, DUE - SECOND)
    assert _email(session, person) == OLD
    _move(session, DUE)
    _move(session, DUE + DAY)

    assert _email(session, person) == NEW
    assert noise.email != NEW
    with time_machine.travel(DUE, tick=False):
        assert not is_in(client), "every session ends"
        assert enter(client, OLD).status_code == 422
        assert enter(client, NEW).status_code == 303
    assert _state(client, DUE) == "changed"
    assert _state(client, DUE + 6 * DAY) == "changed"
    events = session.scalars(select(AuditEvent)).all()
    assert [(e.verb, e.actor_id, e.subject_id) for e in events] == [
        ("move_address", None, person.public_id)
    ]
    assert not any("@" in repr(vars(event)) for event in events)
    assert mails(session) == [
        "accounts/change_old", "accounts/change_new", "accounts/change_waits",
        "accounts/change_made", "accounts/change_done",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["owner", "old"])
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_either_side_can_stop_it_for_as_long_as_it_waits(
    client: FlaskClient, session: Session, who: str, is_confirmed: bool
) -> None:
    person = _waiting(client, session) if is_confirmed else _asked(client, session)
    later = DUE - DAY if is_confirmed else NOW + DAY
    if who == "owner":
        with time_machine.travel(later, tick=False):
            assert client.post("/accounts/move/stop").status_code == 303
    else:
        stranger = client.application.test_client()
        assert _press(stranger, session, "change_old", later, do="stop") == 303
    _move(session, DUE)
    assert _email(session, person) == OLD
    assert _state(client, later) == who
    assert ("accounts/change_stopped" in mails(session)) == (who == "old" and is_confirmed)


def test_the_old_address_takes_the_account_back_for_seven_days(
    client: FlaskClient, session: Session
) -> None:
    person = _waiting(client, session)
    _move(session, DUE)
    thief, owner = client.application.test_client(), client.application.test_client()
    with time_machine.travel(DUE, tick=False):
        enter(thief, NEW)
        form = {"current": PASSWORD, "password": OTHER}
        assert thief.post("/accounts/password", data=form).status_code == 303
        assert "Write to both addresses" not in thief.get("/accounts/address").text
        again = thief.post("/accounts/address", data={"email": "x@example.org", "current": OTHER})
    assert again.status_code == 422, "not while it can be taken back"
    path = link_path(newest_link(session, "change_back"), "address")

    with time_machine.travel(DUE + 7 * DAY - SECOND, tick=False):
        assert "Take the account back" in owner.get(path).text
        answer = owner.post(path)
        assert answer.status_code == 303
        assert _email(session, person) == OLD
        assert not is_in(thief)
        assert enter(thief, NEW, OTHER).status_code == 422
        assert enter(thief, OLD, OTHER).status_code == 422, "the password is nobody's any more"
        assert owner.post(answer.location, data={"password": PASSWORD}).status_code == 303
        assert enter(owner, OLD).status_code == 303
        assert owner.post(path).status_code == 410
    assert _state(owner, DUE + 7 * DAY) == "reversed"
    verbs = session.scalars(select(AuditEvent.verb).order_by(AuditEvent.number)).all()
    assert verbs == ["move_address", "move_address_back"]
    assert mails(session)[-2:] == ["accounts/change_reversed", "accounts/password_changed"]


def test_after_seven_days_nobody_takes_it_back(client: FlaskClient, session: Session) -> None:
    person = _waiting(client, session)
    _move(session, DUE)
    path = link_path(newest_link(session, "change_back"), "address")
    with time_machine.travel(DUE + 7 * DAY, tick=False):
        assert client.post(path).status_code == 410
        enter(client, NEW)
        form = {"email": "other@example.org", "current": PASSWORD}
        assert client.post("/accounts/address", data=form).status_code == 303
    assert _email(session, person) == NEW


def test_somebody_with_power_makes_it_at_once_and_is_recorded(
    client: FlaskClient, session: Session
) -> None:
    person = _asked(client, session)
    series, other = make_series(session), make_series(session)
    make_member(session, series, person)
    powers = {
        "stranger": make_person(session),
        "member": make_member(session, series),
        "moderator": make_member(session, series, role="moderator"),
        "elsewhere": make_member(session, other, role="convener"),
        "convener": make_member(session, series, role="convener"),
    }
    change = session.scalars(select(AddressChange)).one()
    path = f"/accounts/move/{change.public_id}"
    browsers = {
        name: sign_in(client.application.test_client(), one) for name, one in powers.items()
    }
    assert browsers["convener"].get(path).status_code == 404, "the new address comes first"
    assert browsers["convener"].post(path).status_code == 404
    _press(client.application.test_client(), session, "change_new", NOW)
    for name in ("stranger", "member", "moderator", "elsewhere"):
        assert browsers[name].get(path).status_code == 404, name
        assert browsers[name].post(path).status_code == 404, name
    with time_machine.travel(NOW, tick=False):
        assert client.get(path).status_code == 404, "not for oneself"
    assert client.application.test_client().get(path).status_code == 404
    assert NEW in browsers["convener"].get(path).text
    assert _email(session, person) == OLD

    assert browsers["convener"].post(path).status_code == 303

    assert _email(session, person) == NEW
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "move_address")).one()
    assert event.actor_id == powers["convener"].id
    assert browsers["convener"].post(path).status_code == 404


def test_a_convener_does_not_speed_an_administrators_change(
    client: FlaskClient, session: Session
) -> None:
    person = _waiting(client, session)
    person.is_administrator = True
    series = make_series(session)
    make_member(session, series, person, role="convener")
    convener = make_member(session, series, role="convener")
    administrator = make_person(session, is_administrator=True)
    path = f"/accounts/move/{session.scalars(select(AddressChange)).one().public_id}"
    browser = sign_in(client.application.test_client(), convener)
    assert browser.get(path).status_code == 404
    assert sign_in(client.application.test_client(), administrator).get(path).status_code == 200


def test_two_who_move_to_one_address_do_not_both_get_it(
    client: FlaskClient, session: Session
) -> None:
    first = _waiting(client, session)
    second = make_account(session)
    other = client.application.test_client()
    with time_machine.travel(NOW, tick=False):
        enter(other, second.email or "")
        other.post("/accounts/address", data={"email": NEW, "current": PASSWORD})
    _press(other, session, "change_new", NOW)
    kept = second.email
    _move(session, DUE)
    assert (_email(session, first), _email(session, second)) == (NEW, kept)
    assert _state(other, DUE) == "overtaken"


def test_an_account_that_signed_up_with_the_new_address_meanwhile_keeps_it(
    client: FlaskClient, session: Session
) -> None:
    person, visitor = _waiting(client, session), client.application.test_client()
    with time_machine.travel(NOW, tick=False):
        sign_up(visitor, email=NEW)
        visitor.post(link_path(newest_link(session, "confirm"), "confirm"))
    holder = find(session, NEW)
    _move(session, DUE)
    assert _email(session, person) == OLD
    assert holder is not None
    assert holder.id != person.id
    assert _state(client, DUE) == "overtaken"


def test_somebody_who_left_meanwhile_does_not_move_and_nothing_is_left_of_it(
    client: FlaskClient, session: Session
) -> None:
    person = _waiting(client, session)
    leaving = Leaving(person_id=person.id, choice="keep", asked_at=NOW, due_at=NOW)
    session.add(leaving)
    session.flush()
    carry_out(session, leaving, secret=SECRET, now=DUE - DAY)
    _move(session, DUE)
    assert _email(session, person) is None
    assert session.scalars(select(AddressChange)).all() == []


@pytest.mark.parametrize("how", ["changed", "reset"])
def test_a_new_password_stops_a_change_that_waits(
    client: FlaskClient, session: Session, how: str
) -> None:
    person = _waiting(client, session)
    with time_machine.travel(NOW, tick=False):
        if how == "changed":
            client.post("/accounts/password", data={"current": PASSWORD, "password": OTHER})
        else:
            client.post("/accounts/reset", data={"email": OLD})
            path = link_path(newest_link(session, "reset"), "reset")
            assert client.post(path, data={"password": OTHER}).status_code == 303
    _move(session, DUE)
    assert _email(session, person) == OLD
    assert session.scalars(select(AddressChange.ended_how)).one() == "password"


def test_nothing_tells_whether_the_new_address_has_an_account(
    client: FlaskClient, session: Session
) -> None:
    make_account(session, email=NEW)
    free, taken = make_account(session), make_account(session)
    told = []
    for person, email in ((free, "free@example.org"), (taken, NEW)):
        browser = client.application.test_client()
        with time_machine.travel(NOW, tick=False):
            enter(browser, person.email or "")
            sent = browser.post("/accounts/address", data={"email": email, "current": PASSWORD})
            page = without_tokens(browser.get("/accounts/address").text).replace(email, "…")
        path = link_path(newest_link(session, "change_old"), "address")
        with time_machine.travel(NOW, tick=False):
            said = browser.post(path, data={"do": "agree"})
            after = without_tokens(browser.get("/accounts/address").text).replace(email, "…")
        own = [person.email or "", person.display_name, person.public_id]
        for word in own:
            page, after = page.replace(word, "…"), after.replace(word, "…")
        told.append((sent.status_code, sent.location, page, said.status_code, after))
    assert told[0] == told[1]
    _move(session, NOW + 3 * DAY)
    assert session.scalars(select(AddressChange.ended_how)).all() == ["lapsed", "lapsed"]


def test_the_page_says_when_the_new_address_was_refused_and_tells_of_nothing_earlier(
    client: FlaskClient, session: Session
) -> None:
    """An address that was refused before is somebody's here: the page says nothing of it."""
    refused = "Our e-mail to the new address was refused."
    note_refused(session, NEW, "address", NOW - DAY)
    _asked(client, session)
    for move in ("", "again"):
        page = client.get("/accounts/address").text
        assert (refused in page, "Open our e-mail there" in page) == (bool(move), not move)
        note_refused(session, NEW, "address", NOW + SECOND)


def test_letters_go_to_the_side_that_they_concern_and_to_no_other(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    _waiting(client, session)
    _move(session, DUE)
    jobs = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id)).all()
    payloads = [j.payload for j in jobs if "change_" in j.payload["template"]]
    with app.test_request_context(), time_machine.travel(DUE, tick=False):
        written = {
            payload["template"].removeprefix("accounts/"): letter
            for payload in payloads
            if (letter := MAILS[payload["template"]](session, payload))
        }
    assert {name: letter.to for name, letter in written.items()} == {
        "change_made": OLD, "change_done": NEW,
    }, "what waits is no longer so"  # fmt: skip
    assert written["change_made"].body.count("/accounts/address/") == 1
    assert all("Discussion" in letter.subject for letter in written.values())
    assert "/accounts/address/" not in written["change_done"].body
    assert NEW in written["change_made"].body
    assert OLD not in written["change_done"].body


def test_changes_are_forgotten_a_month_after_they_are_over(
    client: FlaskClient, session: Session
) -> None:
    _waiting(client, session)
    _move(session, DUE)
    for days, left in ((37, 1), (38, 0)):
        tidy_accounts(session, now=DUE + days * DAY)
        assert len(session.scalars(select(AddressChange)).all()) == left
