"""Requests that no browser makes: none of them fails, mixes two faces up, or fills the memory."""

import pytest
from flask import Flask
from flask import session as session_cookie
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from discussion.web import caching
from discussion.web.caching import Page, PageCache
from tests.conftest import sign_in
from tests.factories import make_item, make_person, make_series

FRAGMENT = {"X-Fragment": "1"}


@pytest.mark.parametrize("path", ["/", "/accounts/sign-in", "/accounts/profile", "/nothing"])
@pytest.mark.parametrize("query", ["q=\xff", "\xe2\x28", "next=\xc0\xaf"])
def test_bytes_that_are_no_text_are_taken_as_such(
    client: FlaskClient, path: str, query: str
) -> None:
    answered = client.get(path, environ_overrides={"QUERY_STRING": query})
    assert answered.status_code in (200, 303, 404)


def test_a_nul_in_an_address_is_refused_and_nothing_else_happens(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    assert client.get(f"/series/{series.slug}%00").status_code in (400, 404)


@pytest.mark.parametrize("path", ["packages/{series}/{number}/zip", "rounds/{series}/{number}"])
def test_no_number_is_too_large_to_be_found_nowhere(
    client: FlaskClient, session: Session, path: str
) -> None:
    series = make_series(session)
    for number in (2**31, 10**30):
        answered = client.get("/" + path.format(series=series.slug, number=number))
        assert answered.status_code == 404


def test_a_fragment_is_never_kept_as_the_answer_for_those_who_asked_for_the_whole(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    site = app.extensions["site"]
    site.assets["pages"] = PageCache(site.engine)  # the tests' own keeps nothing
    series = make_series(session)
    make_item(session, series, title="A study of queues", title_folded="a study of queues")
    address = f"/evidence/{series.slug}/find?q=queues"
    assert client.get(address, headers=FRAGMENT).mimetype == "text/html"
    assert client.get(address).is_json
    assert client.get(address, headers=FRAGMENT).mimetype == "text/html"
    assert "X-Fragment" in client.get(address).headers["Vary"]


def test_a_page_that_gives_its_reader_a_cookie_is_not_kept_for_others(own_app: Flask) -> None:
    app, site = own_app, own_app.extensions["site"]
    site.assets["pages"] = PageCache(site.engine)

    def greet() -> str:
        session_cookie["draft_token"] = "theirs"
        return "<p>Hello.</p>"

    app.add_url_rule("/greet", "greet", greet)
    first, second = (app.test_client().get("/greet").headers["X-Request-Id"] for _n in range(2))
    assert site.assets["pages"]._pages == {}
    assert first != second


def test_pages_of_made_up_addresses_do_not_fill_the_memory(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "KEPT_BYTES", 1_000)
    pages = PageCache(engine)
    for n in range(50):
        pages.keep((f"/?{n}",), "state", Page((), b"x" * 300, "tag", ""))
        pages.keep(("/",), "state", Page((), b"x" * 300, "tag", ""))
    kept = [n for n in range(50) if pages.find((f"/?{n}",), "state")]
    assert kept == [48, 49]
    assert pages.find(("/",), "state")


def test_an_error_of_the_database_repeats_nothing_that_people_wrote(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(SQLAlchemyError) as caught:
        connection.execute(text("SELECT :said FROM nowhere"), {"said": "rukhsana@example.org"})
    assert "rukhsana" not in str(caught.value)


def test_signed_in_pages_are_kept_nowhere(client: FlaskClient, session: Session) -> None:
    sign_in(client, make_person(session))
    assert client.get("/").headers["Cache-Control"] == "private, no-store"
