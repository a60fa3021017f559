"""How the site says how it stands: ready, its parts, and who may read that."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.models import Heartbeat
from discussion.jobs.standings import note_trouble, note_well
from discussion.mail.operations import note_refused
from discussion.mail.queue import promise_mail
from discussion.web.site import site
from tests.conftest import json_of
from tests.factories import NOW, make_person

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
TOKEN = "a token that only those know who watch this site"


@pytest.fixture(autouse=True)
def folder(app: Flask) -> None:
    site(app).settings.data_dir.mkdir(exist_ok=True)


@contextmanager
def a_full_disk() -> Iterator[None]:
    """No file of this process grows."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_full_disk_is_no_site_that_can_serve(client: FlaskClient) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        assert json_of(client.get("/readyz"))["disk"] == "ok"
        moment.shift(timedelta(seconds=5))
        with a_full_disk():
            answer = client.get("/readyz")
        assert json_of(answer)["disk"] == "OSError"
        assert answer.status_code == 503
        assert json_of(client.get("/readyz"))["disk"] == "ok"


def test_no_disk_is_kept_busy_by_asking(app: Flask, client: FlaskClient) -> None:
    folder = site(app).settings.data_dir
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert json_of(client.get("/readyz"))["disk"] == "ok"
        changed = folder.stat().st_mtime_ns
        assert json_of(client.get("/readyz"))["disk"] == "ok"
        assert folder.stat().st_mtime_ns == changed, "a second file was made and taken away"


def test_a_database_that_cannot_be_written_is_no_site_that_can_serve(
    own_app: Flask, session: Session
) -> None:
    client = own_app.test_client()
    usual = site(own_app).open_session

    def read_only(writes: bool) -> Session:
        opened = usual(writes)
        if opened.get_bind().dialect.name == "sqlite":
            opened.connection().exec_driver_sql("PRAGMA query_only = ON")
        else:
            opened.connection().exec_driver_sql("SET TRANSACTION READ ONLY")
        return opened

    site(own_app).open_session = read_only
    try:
        said = json_of(client.get("/readyz"))
    finally:
        if session.get_bind().dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA query_only = OFF")
    assert said["database"] == "ok"
    assert said["writes"].endswith("Error")


def test_neither_worker_nor_mail_makes_a_site_unready(
    client: FlaskClient, session: Session
) -> None:
    session.execute(delete(Heartbeat))
    note_trouble(session, "mail", "TimeoutError", clock.now())
    assert set(json_of(client.get("/readyz"))) == {"database", "writes", "disk", "migrations"}


@pytest.mark.parametrize(
    ("age", "said"), [(None, "never seen"), (timedelta(0), "ok"), (timedelta(hours=1), "silent")]
)
def test_a_worker_that_fell_silent_is_told_with_since_when(
    client: FlaskClient, session: Session, age: timedelta | None, said: str
) -> None:
    session.execute(delete(Heartbeat))
    newest = clock.now() - (age or timedelta())
    if age is not None:
        session.add(Heartbeat(name="gone", at=clock.now() - timedelta(days=1)))
        session.add(Heartbeat(name="newest", at=newest))
    worker = status(client)["worker"]
    assert worker["state"] == said
    assert worker["since"] == (newest.isoformat() if age is not None else None)


def test_a_dead_mail_server_is_told_with_its_oldest_letter_and_kind_of_error(
    client: FlaskClient, session: Session
) -> None:
    began = clock.now() - timedelta(hours=3)
    promise_mail(session, template="accounts/confirm", now=began)
    for minutes in (0, 1, 90):
        note_trouble(session, "mail", "SMTPAuthenticationError 535",
                     began + timedelta(minutes=minutes))  # fmt: skip
    mail = status(client)["mail"]
    assert (mail["state"], mail["last_error"]) == ("failing", "SMTPAuthenticationError 535")
    assert datetime.fromisoformat(mail["since"]) == began
    assert (mail["waiting"], round(mail["oldest_seconds"] / 60)) == (1, 180)
    note_well(session, "mail", clock.now())
    assert status(client)["mail"]["state"] == "late"


def test_no_name_and_no_address_stands_in_what_is_told(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    site(app).settings = replace(site(app).settings, metrics=True)
    person = make_person(session, display_name="Quillon Voss", email="quillon@example.org")
    note_refused(session, "quillon@example.org", "address", clock.now())
    promise_mail(session, template="accounts/registered", person_id=person.id, now=clock.now())
    for path in ("/statusz", "/metrics"):
        said = client.get(path, environ_overrides=HERE).text.lower()
        assert "quillon" not in said
        assert "@" not in said


def test_numbers_for_prometheus_are_off_unless_set(app: Flask, client: FlaskClient) -> None:
    assert client.get("/metrics", environ_overrides=HERE).status_code == 404
    site(app).settings = replace(site(app).settings, metrics=True)
    said = client.get("/metrics", environ_overrides=HERE)
    assert said.mimetype == "text/plain"
    assert 'discussion_well{part="mail"} 1.0' in said.text
    assert "discussion_mail_waiting 0.0" in said.text
    away = HERE | {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/metrics", environ_overrides=away).status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_HOST": "discussion.example.org"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
    ids=str,
)
def test_how_the_site_stands_is_for_this_machine_or_with_a_token(
    app: Flask, client: FlaskClient, elsewhere: dict[str, str]
) -> None:
    assert client.get("/statusz", environ_overrides=HERE).status_code == 200
    away = HERE | elsewhere
    assert client.get("/statusz", environ_overrides=away).status_code == 404
    assert asked(client, away, "Bearer ") == 404  # no token is no token
    site(app).settings = replace(site(app).settings, status_token=TOKEN)
    assert asked(client, away, f"Bearer {TOKEN}") == 200
    for wrong in (TOKEN, f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer \u00e4"):
        assert asked(client, away, wrong) == 404


def asked(client: FlaskClient, environ: dict[str, str], authorization: str) -> int:
    given = environ | {"HTTP_AUTHORIZATION": authorization}
    return client.get("/statusz", environ_overrides=given).status_code


def status(client: FlaskClient) -> dict[str, dict[str, Any]]:
    said: dict[str, dict[str, Any]] = json_of(client.get("/statusz", environ_overrides=HERE))
    return said
