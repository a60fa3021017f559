"""Signing up: short, with consent, and without telling who has an account."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations import keep_signed_out
from discussion.people.accounts.models import Consent, MailedLink, Person
from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION
from tests.factories import make_series, make_thread
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


def test_somebody_signs_up_confirms_and_goes_on_to_where_they_were(
    client: FlaskClient, session: Session
) -> None:
    answer = sign_up(client, next="/threads/enrichment?group=value")
    assert answer.status_code == 303
    assert not is_in(client)

    path = link_path(newest_link(session, "confirm"), "confirm")
    shown = client.get(path)
    assert shown.status_code == 200
    assert b"Ottoline Brandreth" in shown.data

    confirmed = client.post(path)
    assert (confirmed.status_code, confirmed.location) == (303, "/threads/enrichment?group=value")
    assert is_in(client)


def test_what_was_agreed_to_is_kept_with_its_version(client: FlaskClient, session: Session) -> None:
    sign_up(client)
    sign_up(client)

    kept = session.scalars(select(Consent).order_by(Consent.kind)).all()

    assert [(one.kind, one.version) for one in kept] == [
        ("adult", TERMS_VERSION),
        ("rules", RULES_VERSION),
        ("terms", TERMS_VERSION),
    ]


def test_opening_the_link_does_nothing_until_the_button_is_pressed(
    client: FlaskClient, session: Session
) -> None:
    sign_up(client)
    path = link_path(newest_link(session, "confirm"), "confirm")

    client.get(path)
    client.head(path)

    person = find(session, "ottoline@example.org")
    assert person is not None
    assert person.email_confirmed_at is None


def test_a_known_address_gets_the_same_answer_and_a_letter_that_says_so(
    client: FlaskClient, session: Session
) -> None:
    known = make_account(session, email="known@example.org")

    answers = [sign_up(client, email=email) for email in ("known@example.org", "new@example.org")]

    assert answers[0].data == answers[1].data
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert answers[0].status_code == answers[1].status_code == 303
    assert mails(session) == ["accounts/registered", "accounts/confirm"]
    session.refresh(known)
    assert known.display_name != "Ottoline Brandreth"


def test_an_unconfirmed_account_cannot_be_signed_in_to(
    client: FlaskClient, session: Session
) -> None:
    sign_up(client)

    assert enter(client, "ottoline@example.org").status_code == 422


def test_signing_up_first_with_anothers_address_gains_nothing(
    client: FlaskClient, session: Session
) -> None:
    sign_up(client, display_name="A stranger", new_password=OTHER)
    sign_up(client)

    client.post(link_path(newest_link(session, "confirm"), "confirm"))

    person = find(session, "ottoline@example.org")
    assert person is not None
    assert person.display_name == "Ottoline Brandreth"
    assert enter(client.application.test_client(), "ottoline@example.org").status_code == 303
    stranger = client.application.test_client()
    assert enter(stranger, "ottoline@example.org", OTHER).status_code == 422
    unused = session.scalars(select(MailedLink).where(MailedLink.used_at.is_(None))).all()
    assert unused == []


@pytest.mark.parametrize("typed", ["OTTOLINE@Example.ORG", "  ottoline@example.org "])
def test_an_address_is_one_however_it_is_written(
    client: FlaskClient, session: Session, typed: str
) -> None:
    sign_up(client, email=typed)

    assert find(session, "ottoline@example.org") is not None


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("display_name", " ", "Write the name others will see."),
        ("display_name", "x" * 81, "Too long by 1"),
        ("email", "ottoline", "Write an e-mail address like"),
        ("email", "a@b@example.org", "Write an e-mail address like"),
        ("email", "x\r\nBcc: you@example.org", "Write an e-mail address like"),
        ("is_adult", "", "Accounts are for people of 18 or over."),
        ("accepts", "", "Accept the terms and the rules"),
        ("new_password", "kxqzwjvphtm", "Use at least 12 characters; this has 11."),
        ("new_password", "x" * 257, "Use at most 256 characters."),
        ("new_password", "passwordpassword", "This is easy to guess."),
        ("new_password", "OttolineBrandreth", "This is easy to guess."),
        ("new_password", "ottoline@example.org", "This is easy to guess."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(
    client: FlaskClient, session: Session, field: str, value: str, says: str
) -> None:
    answer = sign_up(client, **{field: value})

    assert answer.status_code == 422
    assert says in answer.text
    assert PASSWORD not in answer.text
    kept = "Ottoline Brandreth" if field != "display_name" else "ottoline@example.org"
    assert kept in answer.text
    assert session.scalars(select(Person)).all() == []


@pytest.mark.parametrize(
    "password", ["kxqzwjvphtmb", "heron kettle orbit " * 13, "ключ к старому дому"]
)
def test_passwords_of_any_characters_are_taken_from_twelve_on(
    client: FlaskClient, session: Session, password: str
) -> None:
    assert sign_up(client, new_password=password).status_code == 303


def test_ticking_show_brings_the_field_back_readable(client: FlaskClient) -> None:
    answer = sign_up(client, show_new="y", email="")

    shown = answer.text.split('for="new_password"')[1].split("</div>")[1]
    assert 'aria-describedby="new_password-hint"' in shown
    assert 'type="text"' in shown


def test_an_address_of_a_listed_domain_joins_once_it_is_confirmed(
    client: FlaskClient, session: Session
) -> None:
    noise = make_series(session, who_may_post="domain", domains=["other.example.org"])
    series = make_series(session, who_may_post="domain", domains=["example.org"])
    sign_up(client)
    before = find(session, "ottoline@example.org")
    assert before is not None
    assert series.memberships == noise.memberships == []

    client.post(link_path(newest_link(session, "confirm"), "confirm"))

    session.expire_all()
    assert [one.person_id for one in series.memberships] == [before.id]
    assert series.memberships[0].admitted_how == "domain"
    assert noise.memberships == []


def test_what_was_written_signed_out_survives_signing_up_and_another_browser(
    client: FlaskClient, session: Session
) -> None:
    thread = make_thread(session, make_series(session))
    typed = {"claim": ["Half a sentence"]}
    token = keep_signed_out(session, "position", thread, typed, token="", now=clock.now())
    with client.session_transaction() as cookie:
        cookie["draft_token"] = token
    sign_up(client, next=f"/positions/write/{thread.slug}?draft={token}")
    link = newest_link(session, "confirm")
    path = link_path(link, "confirm")

    client.application.test_client().post(path)

    session.expire_all()
    assert session.scalars(select(KeptDraft.person_id)).all() == [link.person_id]
    assert link.carries == {}
