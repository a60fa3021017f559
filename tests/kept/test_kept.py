"""A form that was sent after the session ended stands filled again once its sender is back."""

import gzip
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.kept.models import KeptForm
from discussion.kept.operations import tidy
from discussion.people.accounts.models import AccountSession, Person
from discussion.people.accounts.operations.passwords import hash_password
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import make_member, make_person, make_series, make_theme
from tests.kept.browser import fill, form_of, sign_in_at

Typed = dict[str, str | list[str]]
PASSWORD = "a correct horse battery"
QUESTION = "Should every school open a breakfast club, <b>whoever</b> pays?"
WORDS: Typed = {"question": QUESTION, "context": "Some do.\nOthers don’t, & say why."}


@pytest.fixture
def series(session: Session) -> Series:
    made = make_series(session)
    make_theme(session, made)
    return made


@pytest.fixture
def writer(session: Session, series: Series) -> Person:
    return _member(session, series, "writer@example.org")


@pytest.fixture
def other(session: Session, series: Series) -> Person:
    return _member(session, series, "other@example.org")


def _member(session: Session, series: Series, email: str) -> Person:
    made = make_person(session, email=email, password_hash=hash_password(PASSWORD, fast=True))
    make_member(session, series, made)
    return made


def test_a_form_of_an_ended_session_stands_filled_again(
    app: Flask, session: Session, series: Series, writer: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    page = f"/threads/propose/{series.slug}"
    form = fill(client, page, page, WORDS | {"levels": ["school"], "nobody_identified": "y"})
    _end_sessions(session)
    refused = client.post(page, data=form)
    assert refused.status_code == 401
    assert "Your text is kept" in refused.text
    assert "&lt;b&gt;whoever&lt;/b&gt;" in refused.text
    kept = session.scalars(select(KeptForm)).one()
    assert kept.person_id == writer.id
    assert "form_token" not in kept.fields
    back = sign_in_at(client, refused, "writer@example.org", PASSWORD)
    assert back.request.path == page
    assert "The form is filled again" in back.text
    again = form_of(back.text, page)
    assert again["question"] == [QUESTION]
    assert [one.replace("\r", "") for one in again["context"]] == [WORDS["context"]]
    assert again["levels"] == ["school"]
    assert again["nobody_identified"] == ["y"]


def test_that_something_is_kept_stands_on_a_page_that_is_sent_as_it_was_compressed(
    app: Flask, session: Session, series: Series, writer: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    page = f"/threads/propose/{series.slug}"
    more: Typed = {"levels": ["school"], "nobody_identified": "y"}
    form = fill(client, page, page, WORDS | more)
    _end_sessions(session)
    sign_in_at(client, client.post(page, data=form), "writer@example.org", PASSWORD)
    for path in (f"/series/{series.slug}", f"/values/{series.slug}"):
        read = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert 'href="/kept"' in gzip.decompress(read.data).decode(), path


def test_it_is_kept_no_longer_once_it_is_sent(
    app: Flask, session: Session, series: Series, writer: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    page = f"/threads/propose/{series.slug}"
    theme = series.themes[0].slug
    more: Typed = {"levels": ["school"], "nobody_identified": "y", "themes": [theme]}
    form = fill(client, page, page, WORDS | more)
    _end_sessions(session)
    back = sign_in_at(client, client.post(page, data=form), "writer@example.org", PASSWORD)
    sent = client.post(page, data=form_of(back.text, page))
    assert sent.status_code == 303, sent.text
    assert session.scalars(select(KeptForm)).all() == []


def test_nobody_else_sees_what_a_known_person_wrote(
    app: Flask, session: Session, series: Series, writer: Person, other: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    page = f"/threads/propose/{series.slug}"
    form = fill(client, page, page, WORDS)
    _end_sessions(session)
    refused = client.post(page, data=form)
    back = sign_in_at(client, refused, "other@example.org", PASSWORD)
    assert "belongs to the account it was written under" in back.text
    assert "breakfast" not in back.text
    assert "breakfast" not in client.get("/kept").text
    kept = session.scalars(select(KeptForm)).one()
    assert client.post(f"/kept/{kept.public_id}/show").status_code == 404


def test_the_account_is_known_by_the_form_where_the_cookie_is_gone(
    app: Flask, session: Session, series: Series, writer: Person, other: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    page = f"/threads/propose/{series.slug}"
    form = fill(client, page, page, WORDS)
    client.delete_cookie("session")
    refused = client.post(page, data=form)
    assert session.scalars(select(KeptForm)).one().person_id == writer.id
    back = sign_in_at(client, refused, "writer@example.org", PASSWORD)
    assert form_of(back.text, page)["question"] == [QUESTION]


def test_what_somebody_unknown_wrote_is_shown_after_a_press(
    app: Flask, session: Session, series: Series, writer: Person, other: Person
) -> None:
    client = app.test_client()
    page = f"/threads/propose/{series.slug}"
    assert client.post(page, data=WORDS).status_code == 401
    kept = session.scalars(select(KeptForm)).one()
    assert kept.person_id is None
    stranger = sign_in(app.test_client(), other)
    assert stranger.post(f"/kept/{kept.public_id}/show").status_code == 404
    sign_in(client, writer)
    asked = client.get(f"{page}?kept={kept.public_id}")
    assert "Was it you?" in asked.text
    assert "breakfast" not in asked.text
    shown = client.post(f"/kept/{kept.public_id}/show", follow_redirects=True)
    assert form_of(shown.text, page)["question"] == [QUESTION]


def test_a_password_is_never_kept(app: Flask, session: Session, writer: Person) -> None:
    client = app.test_client()
    sent = {"current": "one", "password": "two two two two", "why": "Some words."}
    answered = client.post("/accounts/password", data=sent)
    assert answered.status_code == 401
    assert session.scalars(select(KeptForm)).all() == []
    assert "two two" not in answered.text


def test_what_is_kept_is_thrown_away_by_a_press_and_by_the_clock(
    app: Flask, session: Session, series: Series, writer: Person
) -> None:
    client = app.test_client()
    page = f"/threads/propose/{series.slug}"
    client.post(page, data=WORDS)
    first = session.scalars(select(KeptForm)).one()
    assert app.test_client().post(f"/kept/{first.public_id}/forget").status_code == 404
    assert client.post(f"/kept/{first.public_id}/forget").status_code == 303
    assert session.scalars(select(KeptForm)).all() == []
    client.post(page, data=WORDS)
    tidy(session, now=clock.now() + timedelta(days=6))
    assert session.scalars(select(KeptForm)).all() != []
    tidy(session, now=clock.now() + timedelta(days=7, seconds=1))
    assert session.scalars(select(KeptForm)).all() == []


def test_what_is_too_much_is_shown_and_not_said_to_be_kept(
    app: Flask, session: Session, series: Series
) -> None:
    page = f"/threads/propose/{series.slug}"
    answered = app.test_client().post(page, data={"context": "Words. " * 20_000})
    assert answered.status_code == 401
    assert "Copy this: we could not keep it" in answered.text
    assert "is kept" not in answered.text
    assert session.scalars(select(KeptForm)).all() == []


def test_a_form_of_another_account_is_not_sent_under_this_one(
    app: Flask, session: Session, series: Series, writer: Person, other: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    page = f"/threads/propose/{series.slug}"
    form = fill(client, page, page, WORDS)
    answered = sign_in(client, other).post(page, data=form)
    assert answered.status_code == 409
    assert "opened under another account" in answered.text
    assert "breakfast club" in answered.text


def _end_sessions(session: Session) -> None:
    for row in session.scalars(select(AccountSession)):
        row.ended_at = clock.now()
    session.commit()
