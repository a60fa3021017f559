"""Keeping an account: profile, password, address, and every session."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from tests.conftest import sign_in
from tests.factories import make_member, make_series
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


def test_a_profile_keeps_what_was_said(client: FlaskClient, session: Session) -> None:
    person = make_account(session)
    sign_in(client, person)

    answer = _profile(client)

    assert answer.status_code == 303
    session.refresh(person)
    assert person.display_name == "Ottoline Brandreth"
    assert person.roles == ["headteacher", "governor"]
    assert person.phases == ["primary"]
    assert (person.shows_organisation, person.shows_region) == (True, False)
    assert "Hillside Academy" in client.get("/accounts/profile").text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("roles", [], "Choose at least one."),
        ("roles", ["king"], "Choose from the list."),
        ("phases", ["nursery rhymes"], "Choose from the list."),
        ("region", "atlantis", "Choose from the list."),
        ("organisation_size", "huge", "Choose from the list."),
        ("display_name", "", "Write the name others will see."),
        ("display_name", "x" * 81, "Too long by 1"),
        ("organisation", "x" * 121, "Too long by 1"),
        ("interests", "x" * 301, "Too long by 1"),
    ],
)
def test_a_profile_has_limits(
    client: FlaskClient, session: Session, field: str, value: object, says: str
) -> None:
    person = make_account(session, display_name="Before")
    sign_in(client, person)

    answer = _profile(client, **{field: value})

    assert answer.status_code == 422
    assert says in answer.text
    session.refresh(person)
    assert person.display_name == "Before"


@pytest.mark.parametrize(("field", "longest"), [("display_name", 80), ("interests", 300)])
def test_a_profile_takes_as_much_as_it_says(
    client: FlaskClient, session: Session, field: str, longest: int
) -> None:
    sign_in(client, make_account(session))

    assert _profile(client, **{field: "ü" * longest}).status_code == 303


def test_nobody_has_a_profile_who_is_signed_out(client: FlaskClient, session: Session) -> None:
    for path in ("profile", "password", "address"):
        assert client.get(f"/accounts/{path}").status_code == 303
        assert client.post(f"/accounts/{path}").status_code == 401
    assert client.post("/accounts/sign-out-everywhere").status_code == 401


def test_the_role_one_posts_in_is_chosen_for_each_series(
    client: FlaskClient, session: Session
) -> None:
    person, noise, series = make_account(session), make_series(session), make_series(session)
    make_member(session, noise, person)
    make_member(session, series, person)
    sign_in(client, person)

    answer = client.post(f"/accounts/series/{series.slug}", data={"role": "sendco", "phase": ""})

    assert answer.status_code == 303
    session.expire_all()
    chosen = {
        row.series_id: (row.posting_role, row.posting_phase)
        for row in session.scalars(select(Membership).where(Membership.person_id == person.id))
    }
    assert chosen == {noise.id: ("headteacher", "secondary"), series.id: ("sendco", "")}


def test_a_role_is_chosen_from_the_list_and_only_by_members(
    client: FlaskClient, session: Session
) -> None:
    person, series, other = make_account(session), make_series(session), make_series(session)
    make_member(session, series, person)
    sign_in(client, person)

    for slug, role in ((series.slug, "king"), (series.slug, ""), (other.slug, "sendco")):
        answer = client.post(f"/accounts/series/{slug}", data={"role": role, "phase": ""})
        assert answer.status_code == 303
        assert "is-warning" in client.get("/accounts/profile").text

    session.expire_all()
    assert [row.posting_role for row in session.scalars(select(Membership))] == ["headteacher"]


def test_a_new_password_ends_every_session_but_this_one(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    elsewhere = client.application.test_client()
    enter(elsewhere, person.email or "", remember="y")
    enter(client, person.email or "")

    answer = client.post("/accounts/password", data={"current": PASSWORD, "password": OTHER})

    assert answer.status_code == 303
    assert is_in(client)
    assert not is_in(elsewhere)
    assert enter(elsewhere, person.email or "", OTHER).status_code == 303
    assert mails(session) == ["accounts/password_changed"]


def test_a_password_is_not_changed_by_somebody_who_does_not_know_it(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    enter(client, person.email or "")

    answers = [
        client.post("/accounts/password", data={"current": f"wrong {n}", "password": OTHER})
        for n in range(11)
    ]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "This is not your password." in answers[0].text


def test_who_tries_passwords_in_somebodys_session_does_not_shut_them_out(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    enter(client, person.email or "")
    for number in range(11):
        client.post("/accounts/password", data={"current": f"wrong {number}", "password": OTHER})

    assert enter(client.application.test_client(), person.email or "").status_code == 303


def test_who_tries_to_sign_in_as_somebody_does_not_shut_them_out_of_their_own_pages(
    client: FlaskClient, session: Session
) -> None:
    person = make_account(session)
    enter(client, person.email or "")
    stranger = client.application.test_client()
    assert [enter(stranger, person.email or "", f"wrong {n}").status_code for n in range(11)] == (
        [422] * 10 + [429]
    )

    change = {"current": PASSWORD, "password": OTHER}
    assert client.post("/accounts/password", data=change).status_code == 303


def test_signing_out_everywhere_ends_every_session(client: FlaskClient, session: Session) -> None:
    person = make_account(session)
    elsewhere = client.application.test_client()
    enter(elsewhere, person.email or "", remember="y")
    enter(client, person.email or "")

    client.post("/accounts/sign-out-everywhere")

    assert not is_in(client)
    assert not is_in(elsewhere)


@pytest.mark.parametrize("order", [("change_old", "change_new"), ("change_new", "change_old")])
def test_an_address_changes_once_both_have_said_yes(
    client: FlaskClient, session: Session, order: tuple[str, str]
) -> None:
    person = _moving(client, session, to="new@example.org")
    before = person.email

    for purpose in order:
        session.refresh(person)
        assert person.email == before
        path = link_path(newest_link(session, purpose), "address")
        assert client.get(path).status_code == 200
        assert client.post(path).status_code == 303

    session.refresh(person)
    assert person.email == "new@example.org"
    waits = ["accounts/change_waits"] if order[0] == "change_new" else []
    assert mails(session) == [
        "accounts/change_old", "accounts/change_new", *waits, "accounts/change_made",
        "accounts/change_done",
    ]  # fmt: skip
    assert not is_in(client), "every session ends"


def test_a_change_asked_for_again_ends_the_one_before(
    client: FlaskClient, session: Session
) -> None:
    person = _moving(client, session, to="first@example.org")
    first = link_path(newest_link(session, "change_old"), "address")
    _ask(client, "second@example.org")

    assert client.post(first).status_code == 410
    client.post(link_path(newest_link(session, "change_new"), "address"))
    session.refresh(person)
    assert person.email not in ("first@example.org", "second@example.org")


def test_a_taken_address_gets_the_same_answer_and_is_never_taken_over(
    client: FlaskClient, session: Session
) -> None:
    holder = make_account(session, email="taken@example.org")
    person = _moving(client, session, to="taken@example.org")

    assert mails(session) == ["accounts/change_old", "accounts/registered"]
    client.post(link_path(newest_link(session, "change_old"), "address"))
    session.refresh(person)
    assert person.email != holder.email == "taken@example.org"


def test_an_address_that_somebody_confirmed_in_the_meantime_stays_theirs(
    client: FlaskClient, session: Session
) -> None:
    person = _moving(client, session, to="ottoline@example.org")
    visitor = client.application.test_client()
    sign_up(visitor)
    visitor.post(link_path(newest_link(session, "confirm"), "confirm"))

    client.post(link_path(newest_link(session, "change_old"), "address"))
    last = client.post(link_path(newest_link(session, "change_new"), "address"))

    assert last.status_code == 410
    holder = find(session, "ottoline@example.org")
    assert holder is not None
    assert holder.id != person.id


def test_a_sign_up_that_nobody_confirmed_makes_way(client: FlaskClient, session: Session) -> None:
    sign_up(client.application.test_client())
    person = _moving(client, session, to="ottoline@example.org")

    for purpose in ("change_old", "change_new"):
        client.post(link_path(newest_link(session, purpose), "address"))

    holder = find(session, "ottoline@example.org")
    assert holder is not None
    assert holder.id == person.id


def test_ones_own_address_is_no_change(client: FlaskClient, session: Session) -> None:
    person = make_account(session)
    enter(client, person.email or "")

    answer = _ask(client, (person.email or "").upper())

    assert answer.status_code == 422
    assert "This is your address already." in answer.text


def _moving(client: FlaskClient, session: Session, *, to: str) -> Person:
    person = make_account(session)
    enter(client, person.email or "")
    assert _ask(client, to).status_code == 303
    return person


def _ask(client: FlaskClient, email: str) -> TestResponse:
    return client.post("/accounts/address", data={"email": email, "current": PASSWORD})


def _profile(client: FlaskClient, **changes: object) -> TestResponse:
    form = {
        "display_name": "Ottoline Brandreth",
        "roles": ["governor", "headteacher"],
        "phases": ["primary"],
        "region": "wales",
        "organisation": "Hillside Academy",
        "organisation_type": "academy_in_trust",
        "organisation_size": "50_249",
        "shows_organisation": "y",
        "interests": "I chair its trust.",
    }
    return client.post("/accounts/profile", data=form | changes)
