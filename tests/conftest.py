"""Real databases, rolled back after each test; the application under test shares the connection."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from discussion.accounts.models import Person
from discussion.app import create_app
from discussion.config import Settings
from discussion.db import make_engine
from discussion.migrations import every_table
from tests.postgresql import postgresql_url

SECRET = "a secret that is only used in these tests, and nowhere else"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
           ) -> Iterator[Engine]:  # fmt: skip
    """An engine with every table, once per database and worker process."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'tests.sqlite'}"
    else:
        url = postgresql_url()
    made = make_engine(url)
    tables = every_table()
    tables.drop_all(made)
    tables.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session whose commits are undone after the test."""
    with _session_on(connection) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        environment="test",
        secret_key=SECRET,
        data_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'unused.sqlite'}",
        fast_passwords=True,
        crossref_url="http://127.0.0.1:9",
    )


@pytest.fixture
def app(settings: Settings, engine: Engine, connection: Connection, session: Session) -> Flask:
    """The application over this test's connection; what it commits, the test sees."""
    made = create_app(settings)
    site = made.extensions["site"]
    site.engine = engine

    def open_session(_writes: bool) -> Session:
        session.flush()
        opened = _session_on(connection)
        event.listen(opened, "after_commit", lambda _opened: session.expire_all())
        return opened

    site.open_session = open_session
    site.wake = lambda: None  # no worker runs beside a test; see tests/jobs for real ones
    site.assets["pages"].keep = lambda *_given: None  # what is rolled back must not be kept
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Sign somebody in without the form."""
    with client.session_transaction() as cookie:
        cookie["_user_id"] = f"{person.public_id}.{person.session_generation}"
        cookie["_fresh"] = True
    return client


def json_of(response: TestResponse) -> Any:
    """What was answered as JSON; it fails where nothing was."""
    said = response.json
    assert said is not None, (response.status_code, response.text[:200])
    return said


def _session_on(connection: Connection) -> Session:
    return Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)


os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
