"""A page is kept until anything changes, for those alone who would be shown the same."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, event, select

from discussion import clock
from discussion.app import create_app
from discussion.config import Settings
from discussion.db import transaction
from discussion.people.accounts.models import AccountSession
from discussion.series.series.models import Series
from discussion.web.site import site
from tests.conftest import FILLED, SECRET, sign_in
from tests.databases import KINDS, made_database
from tests.factories import make_person, make_series


@pytest.fixture(params=KINDS)
def own_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with made_database(request.param, tmp_path) as url:
        made = create_app(
            Settings(environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=url,
                     fast_passwords=True)
        )  # fmt: skip
        yield made
        site(made).engine.dispose()


@pytest.fixture
def slug(own_app: Flask) -> str:
    with transaction(site(own_app).engine) as session:
        return make_series(session, title="Before").slug


def selects(engine: Engine) -> list[str]:
    """Every statement about rows from now on."""
    said: list[str] = []
    event.listen(engine, "before_cursor_execute",
                 lambda _c, _cursor, statement, *_more: said.append(statement))  # fmt: skip
    return said


def test_a_page_that_is_asked_for_again_reads_no_rows(own_app: Flask, slug: str) -> None:
    client = own_app.test_client()
    first = client.get(f"/series/{slug}")
    said = selects(site(own_app).engine)
    again = client.get(f"/series/{slug}")
    assert not [one for one in said if "FROM " in one]
    assert (again.status_code, again.data) == (200, first.data)
    same = {"X-Request-Id", "Date"}
    assert {k: v for k, v in again.headers if k not in same} == {
        k: v for k, v in first.headers if k not in same
    }
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    assert client.get(f"/series/{slug}", headers={"If-None-Match": first.headers["ETag"]}
                      ).status_code == 304  # fmt: skip


def test_a_change_is_seen_by_the_next_reader(own_app: Flask, slug: str) -> None:
    client = own_app.test_client()
    assert "Before" in client.get(f"/series/{slug}").text
    with transaction(site(own_app).engine) as session:
        session.query(Series).update({"title": "Afterwards"})
    changed = client.get(f"/series/{slug}")
    assert "Afterwards" in changed.text
    assert "Before" not in changed.text


def test_what_differs_between_readers_is_kept_apart(own_app: Flask, slug: str) -> None:
    client = own_app.test_client()
    page = client.get(f"/series/{slug}")
    assert client.get(f"/series/{slug}.json").is_json
    assert client.get(f"/series/{slug}").mimetype == "text/html"
    packed = client.get(f"/series/{slug}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(f"/series/{slug}").headers
    client.set_cookie("theme", "dark")
    assert client.get(f"/series/{slug}").data != page.data


def test_a_page_for_somebody_signed_in_is_never_given_to_others(own_app: Flask, slug: str) -> None:
    with transaction(site(own_app).engine) as session:
        person = make_person(session, display_name="Rukhsana Iqbal")
    client = sign_in(own_app.test_client(), person)
    assert "Rukhsana" in client.get(f"/series/{slug}").text
    assert "Rukhsana" not in own_app.test_client().get(f"/series/{slug}").text
    assert "Rukhsana" in client.get(f"/series/{slug}").text


@time_machine.travel(FILLED, tick=False)  # two hours later it is the same day
def test_that_a_reader_was_seen_makes_no_page_stale(own_app: Flask, slug: str) -> None:
    """On SQLite and PostgreSQL: only what others may read does."""
    kept = own_app.test_client()
    with transaction(site(own_app).engine) as session:
        people = [make_person(session) for _ in range(3)]
    clients = [sign_in(own_app.test_client(), person) for person in people]
    path = f"/series/{slug}"
    kept.get(path)
    said = selects(site(own_app).engine)
    later = clock.now() + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        for client in clients:
            assert client.get("/about").status_code == 200
        with transaction(site(own_app).engine, writes=False) as session:
            seen = session.scalars(select(AccountSession.last_seen_at)).all()
        assert seen == [later] * 3
        said.clear()
        assert kept.get(path).status_code == 200
        assert not [one for one in said if "FROM series" in one], "it was kept"

        with transaction(site(own_app).engine) as session:
            session.query(Series).update({"title": "Afterwards"})
        assert "Afterwards" in kept.get(path).text
        clients[0].post("/accounts/sign-out")
        said.clear()
        assert kept.get(path).status_code == 200
        assert [one for one in said if "FROM series" in one], "a session that ends is a change"


def test_who_was_seen_while_somebody_writes_is_written_the_next_time(
    own_app: Flask, slug: str
) -> None:
    """Nobody waits for it, and no page fails for it."""
    with transaction(site(own_app).engine) as session:
        person = make_person(session)
    client = sign_in(own_app.test_client(), person)
    later = clock.now() + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        with site(own_app).open_session(True) as writing:
            writing.query(Series).update({"title": "Not yet"})
            assert client.get(f"/series/{slug}").status_code == 200
            writing.rollback()
        assert client.get(f"/series/{slug}").status_code == 200
    with transaction(site(own_app).engine, writes=False) as session:
        assert session.scalars(select(AccountSession.last_seen_at)).all() == [later]
