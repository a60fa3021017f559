"""Two presses make one thing, and the second leads to what the first made."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import session_for
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.jobs.models import Job
from discussion.kept.models import SentForm
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from tests.conftest import SECRET, sign_in
from tests.factories import make_member, make_position, make_series, make_theme, make_thread
from tests.kept.browser import fill

Form = dict[str, list[str]]


def proposal(client: FlaskClient, slug: str, theme: str) -> tuple[str, Form]:
    page = f"/threads/propose/{slug}"
    return page, fill(
        client,
        page,
        page,
        {
            "question": "Should every school open a breakfast club?",
            "context": "Some do.",
            "themes": [theme],
            "levels": ["school"],
            "nobody_identified": "y",
        },
    )


@pytest.fixture
def writer(session: Session) -> Person:
    series = make_series(session)
    make_theme(session, series)
    return make_member(session, series)


def test_a_second_press_makes_nothing_and_leads_to_the_first(
    app: Flask, session: Session, writer: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    series = writer_series(session)
    page, form = proposal(client, series.slug, series.themes[0].slug)
    first, second = client.post(page, data=form), client.post(page, data=form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == first.location
    assert count(session, Thread) == 1
    assert "with the moderators" in client.get(second.location).text


def test_the_same_words_from_a_page_opened_again_are_meant(
    app: Flask, session: Session, writer: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    series = writer_series(session)
    for _time in range(2):
        page, form = proposal(client, series.slug, series.themes[0].slug)
        assert client.post(page, data=form).status_code == 303
    assert count(session, Thread) == 2


def test_other_words_from_the_same_page_are_meant(
    app: Flask, session: Session, writer: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    series = writer_series(session)
    page, form = proposal(client, series.slug, series.themes[0].slug)
    client.post(page, data=form)
    client.post(page, data=form | {"question": ["Should none of them?"]})
    client.post(page, data=form)
    assert count(session, Thread) == 2


def test_somebody_else_with_the_same_token_is_not_led_there(
    app: Flask, session: Session, writer: Person
) -> None:
    series = writer_series(session)
    client = sign_in(app.test_client(), writer)
    page, form = proposal(client, series.slug, series.themes[0].slug)
    client.post(page, data=form)
    other = sign_in(app.test_client(), make_member(session, series))
    answered = other.post(page, data=form)
    assert answered.status_code == 409  # it was opened under another account
    assert count(session, Thread) == 1


def test_a_visitors_page_that_is_kept_for_all_holds_no_token(
    app: Flask, session: Session, writer: Person
) -> None:
    series = writer_series(session)
    page = app.test_client().get(f"/series/{series.slug}")
    assert "<form" in page.text
    assert "form_token" not in page.text
    assert page.headers["Cache-Control"] == "no-cache"
    door = app.test_client().get("/accounts/sign-up")
    assert "form_token" in door.text
    assert door.headers["Cache-Control"] == "private, no-store"


def test_a_visitors_report_is_one(app: Flask, session: Session, writer: Person) -> None:
    position = make_position(session, make_thread(session, writer_series(session)), writer)
    client, page = app.test_client(), f"/reports/position/{position.public_id}"
    form = fill(client, page, page, {"cause": "off_topic", "note": "It is about another thing."})
    first, second = client.post(page, data=form), client.post(page, data=form)
    assert first.status_code == 303, first.text
    assert second.location == first.location
    assert count(session, Report) == 1


def test_the_table_of_what_was_sent_tells_nobody_what(
    app: Flask, session: Session, writer: Person
) -> None:
    client = sign_in(app.test_client(), writer)
    series = writer_series(session)
    page, form = proposal(client, series.slug, series.themes[0].slug)
    led = client.post(page, data=form).location
    row = session.scalars(select(SentForm)).one()
    assert row.saved_by_id is None
    assert not any(led.strip("/") in str(held) for held in vars(row).values())


@pytest.fixture
def served(own_engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    url = own_engine.url.render_as_string(hide_password=False)
    app = create_app(
        Settings(
            environment="test",
            secret_key=SECRET,
            data_dir=tmp_path,
            database_url=url,
            fast_passwords=True,
            crossref_url="http://127.0.0.1:9",
        )
    )
    app.extensions["site"].wake = lambda: None
    yield app
    app.extensions["site"].engine.dispose()


def test_two_presses_at_the_very_same_time_make_one(served: Flask, own_engine: Engine) -> None:
    """Also the letters that each of them would have promised."""
    with session_for(own_engine, writes=True) as session:
        series = make_series(session)
        theme = make_theme(session, series).slug
        writer, slug = make_member(session, series), series.slug
        session.commit()
        client = sign_in(served.test_client(), writer)
    page, form = proposal(client, slug, theme)
    sent = at_once(lambda: _as(served, client).post(page, data=form), times=4)
    assert {one.status_code for one in sent} == {303}, [one.text[:300] for one in sent]
    assert len({one.location for one in sent}) == 1
    with session_for(own_engine, writes=False) as session:
        assert count(session, Thread) == 1
        assert count(session, SentForm) == 1
        assert count(session, Job) <= 1


def test_two_responses_at_the_very_same_time_are_one(served: Flask, own_engine: Engine) -> None:
    with session_for(own_engine, writes=True) as session:
        series = make_series(session)
        author, writer = make_member(session, series), make_member(session, series)
        position = make_position(session, make_thread(session, series), author)
        session.commit()
        client = sign_in(served.test_client(), writer)
        page = f"/positions/{position.public_id}/respond"
    typed: dict[str, str | list[str]] = {
        "do": "publish",
        "type": "asks",
        "text": "How would that work in a small school?",
        "nobody_identified": "y",
        "posting_role": "headteacher",
        "attribution": "role",
    }
    form = fill(client, page, page, typed)
    sent = at_once(lambda: _as(served, client).post(page, data=form), times=2)
    assert {one.status_code for one in sent} == {303}, [one.text[:9000] for one in sent]
    assert len({one.location for one in sent}) == 1
    with session_for(own_engine, writes=False) as session:
        assert count(session, Response) == 1
        assert count(session, Position) == 1


def _as(app: Flask, client: FlaskClient) -> FlaskClient:
    """The same browser, in a request beside its others."""
    beside = app.test_client()
    beside.set_cookie("session", client.get_cookie("session").value)  # type: ignore[union-attr]
    return beside


def at_once(act: Callable[[], TestResponse], times: int) -> list[TestResponse]:
    with ThreadPoolExecutor(times) as pool:
        return [one.result() for one in [pool.submit(act) for _time in range(times)]]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def writer_series(session: Session) -> Series:
    return session.scalars(select(Series)).one()
