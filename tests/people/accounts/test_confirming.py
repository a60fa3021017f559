"""Acts of power ask for the password again after a quarter of an hour, and lose nothing."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from discussion.people.accounts.models import AccountSession
from discussion.people.accounts.views.confirming import GUARDED
from discussion.series.members.models import Membership
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_position, make_series, make_thread
from tests.people.accounts.journeys import OTHER, PASSWORD, enter, make_account

SOON, LATER = NOW + timedelta(minutes=14), NOW + timedelta(minutes=15)
# What begins so asks for the password, or says here why not.
POWERFUL = re.compile(
    r"^/(accounts|rights|redactions)(/|$)|^/series/<slug>/(members/|invitations)|author|appoint|role"
)
ASKS_ITSELF = {"accounts.send_password", "accounts.send_own_address", "rights.send_leave"}
_OWN, _COMES_IN = "one's own, and can be changed back", "who comes in has given a password or link"
NOT_ASKED = {
    "accounts.send_profile": _OWN,
    "members.choose_post_from_profile": _OWN,
    "accounts.send_sign_up": _COMES_IN,
    "accounts.send_sign_in": _COMES_IN,
    "accounts.send_confirm": _COMES_IN,
    "accounts.send_reset": _COMES_IN,
    "accounts.send_new_password": _COMES_IN,
    "accounts.send_address": _COMES_IN,
    "accounts.send_confirmation": "it is the answer",
    "accounts.resume": "lets letters go to one's own address",
    "accounts.stop_move": "keeps the address as it is",
    "accounts.sign_out": "ends the session in hand alone",
    "rights.send_stay": "undoes leaving",
    "rights.send_terms": "accepts what is asked",
    "redactions.send": "takes words away, shows none, and can be undone",
    "members.admit": "gives no power",
    "members.revoke": "takes a way in away",
    "sanctions.sanction_author": "recorded, ends by itself, and shows nobody",
}


def test_every_address_that_gives_power_or_data_out_is_guarded_or_says_why_not(app: Flask) -> None:
    posts = {
        str(rule.endpoint)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and (POWERFUL.search(rule.rule) or POWERFUL.search(str(rule.endpoint)))
    }
    assert posts - set(GUARDED) - ASKS_ITSELF - set(NOT_ASKED) == set(), "guard it, or say why not"
    known = {str(rule.endpoint) for rule in app.url_map.iter_rules()}
    assert set(GUARDED) | ASKS_ITSELF | set(NOT_ASKED) <= known


@pytest.mark.parametrize("endpoint", sorted(GUARDED))
def test_each_guarded_address_asks_and_carries_everything_but_passwords(
    app: Flask, client: FlaskClient, session: Session, endpoint: str
) -> None:
    person = make_account(session)
    with time_machine.travel(NOW, tick=False):
        enter(client, person.email or "")
    path, is_read = _path(app, endpoint)
    sent = MultiDict([("role", "convener"), ("why", '"Because" <b> & é'), ("one", "1"),
                      ("one", "2"), ("old-password", "hush-hush")])  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        if is_read:
            _assert_read_asks(client, path)
            return
        asked = client.post(f"{path}?tab=2", data=sent)
        assert asked.status_code == 401
        assert "Your password, please" in asked.text
        assert _fields(asked.text) == [
            ("role", "convener"), ("why", '"Because" <b> & é'), ("one", "1"), ("one", "2"),
        ]  # fmt: skip
        assert f'action="{path}?tab=2"' in asked.text
        assert "hush-hush" not in asked.text
        sent.add("confirm-password", "a guess at it")
        wrong = client.post(path, data=sent)
        assert wrong.status_code == 422
        assert "This is not your password." in wrong.text
        assert _fields(wrong.text) == _fields(asked.text)
        assert "a guess at it" not in wrong.text
        sent["confirm-password"] = PASSWORD
        assert "Your password, please" not in client.post(path, data=sent).text


def _assert_read_asks(client: FlaskClient, path: str) -> None:
    if path.endswith(".json"):
        assert client.get(path).status_code == 401
        return
    asked = client.get(path)
    assert asked.status_code == 303
    page = client.get(asked.location)
    assert page.status_code == 200
    assert _fields(page.text) == [("next", path)]
    form = {"next": path, "confirm-password": "wrong"}
    assert client.post("/accounts/confirm-password", data=form).status_code == 422
    form["confirm-password"] = PASSWORD
    assert client.post("/accounts/confirm-password", data=form).location == path
    assert client.get(path).status_code == 404, "and there is nothing there"


def test_the_password_given_lasts_a_quarter_of_an_hour_in_that_browser_alone(
    client: FlaskClient, session: Session
) -> None:
    convener, other = make_account(session), client.application.test_client()
    series = make_series(session)
    make_member(session, series, convener, role="convener")
    member = make_member(session, series)
    address = f"/series/{series.slug}/members/{member.public_id}/role"
    with time_machine.travel(NOW, tick=False):
        enter(client, convener.email or "")
        enter(other, convener.email or "")
    with time_machine.travel(SOON, tick=False):
        assert client.post(address, data={"role": "moderator"}).status_code == 303
    with time_machine.travel(LATER, tick=False):
        assert client.post(address, data={"role": "convener"}).status_code == 401
        assert _role(session, member.id) == "moderator"
        data = {"role": "convener", "confirm-password": PASSWORD}
        assert client.post(address, data=data).status_code == 303
        assert _role(session, member.id) == "convener"
        assert other.post(address, data={"role": "moderator"}).status_code == 401
    with time_machine.travel(LATER + timedelta(minutes=14), tick=False):
        down = {"role": "contributor", "sure": "y"}
        assert client.post(address, data=down).status_code == 303


def test_guessing_is_slow_and_shared_with_the_other_forms_for_the_password(
    client: FlaskClient, session: Session
) -> None:
    moderator, series = make_account(session), make_series(session)
    make_member(session, series, moderator, role="moderator")
    position = make_position(session, make_thread(session, series))
    address = f"/moderation/positions/{position.public_id}/author"
    with time_machine.travel(NOW, tick=False):
        enter(client, moderator.email or "")
    with time_machine.travel(LATER, tick=False):
        answers = [
            client.post(address, data={"why": "A reason", "confirm-password": f"guess {n}"})
            for n in range(11)
        ]
        assert [one.status_code for one in answers] == [422] * 10 + [429]
        assert answers[-1].headers["Retry-After"]
        assert _fields(answers[-1].text) == [("why", "A reason")]
        right = {"why": "A reason", "confirm-password": PASSWORD}
        assert client.post(address, data=right).status_code == 429
        form = {"current": PASSWORD, "password": OTHER}
        assert client.post("/accounts/password", data=form).status_code == 429


def test_a_form_with_the_password_in_it_speaks_for_what_follows(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    with time_machine.travel(NOW, tick=False):
        enter(client, person.email or "")
    with time_machine.travel(LATER, tick=False):
        leave = {"choice": "keep", "password": PASSWORD}
        assert client.post("/rights/leave", data=leave).status_code == 303
        assert client.post("/rights/copies").status_code == 303


def test_inviting_a_contributor_asks_for_nothing(client: FlaskClient, session: Session) -> None:
    convener, series = make_account(session), make_series(session)
    make_member(session, series, convener, role="convener")
    with time_machine.travel(NOW, tick=False):
        sign_in(client, convener)
    address = f"/series/{series.slug}/members/invite"
    form = {"role": "contributor", "email": "", "days": "7", "max_uses": "1"}
    with time_machine.travel(LATER, tick=False):
        assert client.post(address, data=form).status_code == 303
        assert client.post(address, data=form | {"role": "moderator"}).status_code == 401


def test_who_is_signed_out_is_asked_to_sign_in_and_no_other_site_is_led_to(
    client: FlaskClient, session: Session
) -> None:
    assert client.post("/rights/copies").status_code == 401
    assert client.get("/accounts/confirm-password?next=/rights").status_code == 303
    assert client.post("/accounts/confirm-password").status_code == 401
    person = make_account(session)
    enter(client, person.email or "")
    form = {"next": "https://evil.example/", "confirm-password": PASSWORD}
    answer = client.post("/accounts/confirm-password", data=form)
    assert answer.location == "/accounts/profile"
    assert session.scalars(select(AccountSession)).all()


def test_somebody_without_the_right_is_told_so_after_the_password_and_not_by_it(
    client: FlaskClient, session: Session
) -> None:
    """The question is the same for what exists and what does not."""
    stranger, member = make_account(session), make_person(session)
    series = make_series(session)
    make_member(session, series, member)
    with time_machine.travel(NOW, tick=False):
        enter(client, stranger.email or "")
    with time_machine.travel(LATER, tick=False):
        paths = [f"/series/{slug}/members/{member.public_id}/role" for slug in (series.slug, "no")]
        asked = [client.post(path, data={"role": "convener"}) for path in paths]
        assert [one.status_code for one in asked] == [401, 401]
        data = {"role": "convener", "confirm-password": PASSWORD}
        assert client.post(paths[0], data=data).status_code in (403, 404)
    assert _role(session, member.id) == "contributor"


def _role(session: Session, person_id: int) -> str:
    session.expire_all()
    found = select(Membership.role).where(Membership.person_id == person_id)
    return session.scalars(found).one()


def _fields(page: str) -> list[tuple[str, str]]:
    """The hidden fields that would be sent, in order."""
    form = page.partition("entry-form")[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return [(unescape(name), unescape(value)) for name, value in found]


def _path(app: Flask, endpoint: str) -> tuple[str, bool]:
    """An address of the endpoint that names nothing, and whether it is read."""
    rule = next(one for one in app.url_map.iter_rules() if one.endpoint == endpoint)
    is_read = "GET" in (rule.methods or ())
    values: dict[str, Any] = dict.fromkeys(rule.arguments, "bcdfghjkmn")
    if "kind" in values:
        values["kind"] = "positions"
    with app.test_request_context():
        built = app.url_map.bind("localhost").build(
            endpoint, values, method="GET" if is_read else "POST"
        )
    is_json = endpoint == "members.member_list"
    return f"{built}.json" if is_json else str(built), is_read
