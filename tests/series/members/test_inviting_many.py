"""Inviting many at once: one letter each, and nobody who is here or has a link that works."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.mail.operations import note_refused
from discussion.series.members.models import Invitation
from discussion.series.series.models import Series
from discussion.text.addresses import split_addresses
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_series

TYPED = """a1@example.org, a2@example.org; A3@Example.org
"Marlow, Ada" <b4@example.org>
a1@EXAMPLE.org"""
FOUR = ["a1@example.org", "a2@example.org", "a3@example.org", "b4@example.org"]


@pytest.fixture
def series(session: Session, client: FlaskClient) -> Series:
    series = make_series(session)
    sign_in(client, make_member(session, series, role="convener"))
    return series


def invite(client: FlaskClient, series: Series, typed: str, role: str = "contributor") -> str:
    """What the page says, and nothing where it led on."""
    given = {"role": role, "email": typed, "days": "14", "max_uses": "1"}
    answer = client.post(f"/series/{series.slug}/members/invite", data=given)
    return answer.text if answer.status_code == 422 else ""


def invited(session: Session) -> list[str]:
    return list(session.scalars(select(Invitation.email).order_by(Invitation.email)))


def test_however_they_are_written_each_person_gets_one_letter(
    client: FlaskClient, session: Session, series: Series
) -> None:
    assert invite(client, series, TYPED) == ""
    assert invited(session) == FOUR
    jobs = [job for job in session.scalars(select(Job)) if job.name == "mail.send"]
    assert [job.payload["template"] for job in jobs] == ["series/invited"] * 4


@pytest.mark.parametrize(
    "typed", ["new@example.org\nA1@example.org", "new@example.org, here@example.org"]
)
def test_who_is_here_or_invited_is_named_and_nobody_gets_a_second_link(
    client: FlaskClient, session: Session, series: Series, typed: str
) -> None:
    make_member(session, series, make_person(session, email="here@example.org"))
    invite(client, series, "a1@example.org")
    said = invite(client, series, typed)
    assert "already" in said
    assert "new@example.org" in said  # nothing that was typed is lost
    assert invited(session) == ["a1@example.org"]


def test_a_link_that_ran_out_or_was_withdrawn_makes_room_for_another(
    client: FlaskClient, session: Session, series: Series
) -> None:
    for change in ({"revoked_at": NOW}, {"expires_at": NOW - timedelta(days=900)}):
        assert invite(client, series, "a1@example.org") == ""
        for name, value in change.items():
            setattr(session.scalars(select(Invitation).order_by(Invitation.id.desc())).first(),
                    name, value)  # fmt: skip
        session.flush()
    assert invite(client, series, "a1@example.org") == ""
    assert len(invited(session)) == 3


@pytest.mark.parametrize("wrong", ["jörg@example.org", "nobody", "a@b@example.org"])
def test_one_wrong_address_is_named_and_nobody_is_invited(
    client: FlaskClient, session: Session, series: Series, wrong: str
) -> None:
    assert wrong in invite(client, series, f"a1@example.org\n{wrong}")
    assert invited(session) == []


def test_more_than_two_hundred_are_refused_and_full_width_letters_made_plain(
    client: FlaskClient, session: Session, series: Series
) -> None:
    many = "\n".join(f"p{n}@example.org" for n in range(201))
    assert "at most 200" in invite(client, series, many)
    assert invite(client, series, "ａda@example.org") == ""
    assert invited(session) == ["ada@example.org"]


def test_the_page_says_whose_letters_are_refused(
    client: FlaskClient, session: Session, series: Series
) -> None:
    make_member(session, series, make_person(session, email="here@example.org"))
    invite(client, series, "a1@example.org")
    url = f"/series/{series.slug}/members"
    assert "do not arrive" not in client.get(url).text
    note_refused(session, "here@example.org", "address", NOW)
    note_refused(session, "a1@example.org", "address", NOW)
    said = client.get(url).text
    assert "E-mails to them do not arrive" in said
    assert "The e-mail was refused" in said


def test_commas_within_quotes_part_nobody() -> None:
    assert split_addresses('"A, B; C" <x@y.org>; , \n z@y.org') == ["x@y.org", "z@y.org"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Marlow, Ada <b4@x.org>, c@x.org", ["b4@x.org", "c@x.org"]),
        ("a@x.org, Marlow, Ada <b4@x.org>; c@x.org", ["a@x.org", "b4@x.org", "c@x.org"]),
        ("Ada Marlow <a@x.org>; Bea <b@x.org>", ["a@x.org", "b@x.org"]),
        ("a@x.org b@x.org\tc@x.org", ["a@x.org", "b@x.org", "c@x.org"]),
        ("mailto:a@x.org\r\n<b@x.org>\r\n\r\n", ["a@x.org", "b@x.org"]),
        ("Marlow, a@x.org", ["Marlow", "a@x.org"]),
        ("a @x.org", ["a @x.org"]),
        ("1. a@x.org\n- b@x.org\n• c@x.org.", ["a@x.org", "b@x.org", "c@x.org"]),
        ("To: a@x.org; Cc:b@x.org", ["a@x.org", "b@x.org"]),
        ("a@x.org (Ada), Bea (Head) b@x.org", ["a@x.org", "b@x.org"]),
        ("Ada Marlow\ta@x.org\nBea Reed\tb@x.org", ["a@x.org", "b@x.org"]),
        ("a@x.org\u200b, \ufeffb@x.org", ["a@x.org", "b@x.org"]),
        ("a@x.org and b@x.org", ["a@x.org and b@x.org"]),
        ("basil.x.org, a@x.org", ["basil.x.org", "a@x.org"]),
        ("a b@x.org c", ["a b@x.org c"]),
    ],
)
def test_lists_as_mail_programs_and_sheets_give_them_are_read(typed: str, found: list[str]) -> None:
    assert split_addresses(typed) == found
