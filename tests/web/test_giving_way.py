"""On SQLite a page waits for whoever writes just now, but never for long."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import update

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import transaction
from discussion.series.series.models import Series
from discussion.web.giving_way import Writers
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.databases import made_database
from tests.factories import make_person, make_series

LONG = 60.0  # seconds; nothing here waits so long


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    with made_database("sqlite", tmp_path) as url:
        made = create_app(
            Settings(environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=url,
                     fast_passwords=True)
        )  # fmt: skip
        yield made
        site(made).engine.dispose()


@pytest.fixture
def slug(app: Flask) -> str:
    with transaction(site(app).engine) as session:
        return make_series(session, title="What was").slug


@pytest.mark.parametrize("is_member", [False, True], ids=["visitor", "member"])
def test_what_is_made_while_somebody_writes_tells_of_it(
    app: Flask, slug: str, is_member: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    if is_member:
        with transaction(site(app).engine) as session:
            person = make_person(session)
        sign_in(client, person)
    writers = _patient(app, LONG)
    waits = Event()
    left = writers._left

    def ask(until: float) -> float:
        waits.set()
        return left(until)

    monkeypatch.setattr(writers, "_left", ask)
    with ThreadPoolExecutor(1) as pool:
        with transaction(site(app).engine) as writing:
            writing.execute(update(Series).where(Series.slug == slug).values(title="What is now"))
            asked = pool.submit(client.get, f"/series/{slug}")
            assert waits.wait(LONG)
            assert not asked.done()
        assert "What is now" in asked.result(LONG).text


def test_who_writes_for_long_holds_no_reader(app: Flask, slug: str) -> None:
    _patient(app, 0.01)
    with transaction(site(app).engine) as writing:
        writing.execute(update(Series).where(Series.slug == slug).values(title="Not yet"))
        for _twice in range(2):
            assert "What was" in app.test_client().get(f"/series/{slug}").text
        writing.rollback()


def test_whoever_gave_up_or_failed_is_waited_for_no_more(app: Flask, slug: str) -> None:
    _patient(app, LONG)
    with pytest.raises(ZeroDivisionError), transaction(site(app).engine):
        raise ZeroDivisionError
    assert app.test_client().get(f"/series/{slug}").status_code == 200


def _patient(app: Flask, seconds: float) -> Writers:
    writers: Writers = site(app).assets["writers"]
    writers._patience = seconds
    return writers
