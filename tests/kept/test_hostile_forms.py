"""What somebody might send on purpose: secrets shown nowhere, nothing breaks, nothing leaks."""

import base64
import zlib

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.kept import operations
from discussion.kept.models import KeptForm
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import make_member, make_person, make_series, make_theme, make_thread
from tests.kept.browser import form_of

PASSPHRASE = "four words of mine!"
SAID_OF_ITSELF = [
    "[" * 100_000,
    '[-62135596800, {"edit-context": ["zz"]}]',
    '[1e400, {"edit-context": ["zz"]}]',
    '[NaN, {"edit-context": ["zz"]}]',
    '[253402300799, {"edit-context": ["zz"]}]',
    '[1, {"edit-context": 5}]',
    '[1, {"edit-context": [["zz"]]}]',
    "[true, 5]",
    "5",
]


@pytest.fixture
def thread(session: Session) -> Thread:
    series = make_series(session)
    theme = make_theme(session, series)
    return make_thread(session, series, context="As it stands.", themes=[theme])


@pytest.fixture
def series(thread: Thread) -> Series:
    return thread.series


def _packed(said: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(said.encode(), 9)).decode("ascii")


@pytest.mark.parametrize("address", ["/accounts/password", "/accounts/address", "/rights/leave"])
def test_a_password_that_one_has_is_shown_on_no_page(app: Flask, address: str) -> None:
    sent = {"current": PASSPHRASE, "password": PASSPHRASE, "confirm-password": PASSPHRASE}
    answered = app.test_client().post(address, data=sent | {"email": "a@example.org"})
    assert answered.status_code == 401
    assert PASSPHRASE not in answered.text


def test_a_refused_form_shows_no_password_again(
    app: Flask, session: Session, thread: Thread
) -> None:
    client = sign_in(app.test_client(), make_member(session, thread.series))
    typed = {"current": PASSPHRASE, "edit-context": "Words of mine."}
    refused = client.post(f"/threads/{thread.slug}/curate/edit", data=typed)
    assert refused.status_code == 403
    assert "Words of mine." in refused.text
    assert PASSPHRASE not in refused.text


@pytest.mark.parametrize("said", SAID_OF_ITSELF)
def test_what_an_edit_form_says_of_itself_breaks_nothing(
    app: Flask, session: Session, thread: Thread, said: str
) -> None:
    client = sign_in(app.test_client(), make_member(session, thread.series, role="moderator"))
    where = f"/threads/{thread.slug}/curate/edit"
    answered = client.post(where, data={"opened": _packed(said), "edit-context": "Mine."})
    assert answered.status_code in (409, 422)
    assert "Mine." in answered.text


def test_the_page_that_compares_holds_no_password_and_keeps_none(
    app: Flask, session: Session, thread: Thread
) -> None:
    client = sign_in(app.test_client(), make_member(session, thread.series, role="moderator"))
    where = f"/threads/{thread.slug}/curate/edit"
    opened = _packed('[1, {"edit-context": ["Before."]}]')
    typed = {"opened": opened, "edit-context": "Mine.", "confirm-password": PASSPHRASE}
    answered = client.post(where, data=typed)
    assert answered.status_code == 409
    assert PASSPHRASE not in answered.text
    assert PASSPHRASE not in str(session.scalars(select(KeptForm)).one().fields)


def test_who_may_not_edit_learns_nothing_from_a_form_of_their_own_making(
    app: Flask, session: Session, thread: Thread
) -> None:
    client = sign_in(app.test_client(), make_member(session, thread.series))
    where = f"/threads/{thread.slug}/curate/edit"
    opened = _packed('[1, {"edit-context": ["zz"]}]')
    answered = client.post(where, data={"opened": opened, "edit-context": "Mine."})
    assert answered.status_code == 403
    assert "As it stands." not in answered.text
    assert session.scalars(select(KeptForm)).all() == []


@pytest.mark.parametrize("query", ["", "?x=%00"])
def test_strange_characters_are_kept_and_come_back(
    app: Flask, session: Session, series: Series, query: str
) -> None:
    page = f"/threads/propose/{series.slug}"
    words = '"></textarea><script>alert(1)</script> a\x00 \U0001f469\u200d\U0001f3eb ﷺ'
    client = app.test_client()
    assert (
        client.post(page + query, data={"context": words, "a\x00": "More words."}).status_code
        == 401
    )
    kept = session.scalars(select(KeptForm)).one()
    sign_in(client, make_member(session, series))
    shown = client.post(f"/kept/{kept.public_id}/show", follow_redirects=True)
    assert form_of(shown.text, page)["context"] == [words]
    assert "<script>alert" not in shown.text
    assert "More words." in shown.text


def test_whose_form_it_is_not_is_told_neither_when_nor_from_where_it_was_sent(
    app: Flask, session: Session, series: Series
) -> None:
    page = f"/threads/propose/{series.slug}"
    app.test_client().post(page, data={"context": "Some words."})
    kept = session.scalars(select(KeptForm)).one()
    stranger = sign_in(app.test_client(), make_person(session))
    stranger.set_cookie("kept", "guessed")
    told = stranger.get(f"{page}?kept={kept.public_id}").text
    assert "Was it you?" not in told
    assert "Some words." not in told


def test_one_household_of_ipv6_is_one_network(
    app: Flask, session: Session, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_OF_A_NETWORK", 2)
    page, kept = f"/threads/propose/{series.slug}", []
    for n in range(3):
        where = {"REMOTE_ADDR": f"2001:db8::{n}"}
        answered = app.test_client().post(page, data={"context": "Words."}, environ_base=where)
        kept.append("Your text is kept" in answered.text)
    assert kept == [True, True, False]
    elsewhere = {"REMOTE_ADDR": "2001:db8:0:1::1"}
    other = app.test_client().post(page, data={"context": "Words."}, environ_base=elsewhere)
    assert "Your text is kept" in other.text
