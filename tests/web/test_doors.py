"""Doors of a site: where it may be reached, under which key, and from which pages."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import run_wsgi_app

from discussion import serving
from discussion.app import create_app
from discussion.cli import main
from discussion.config import PUBLISHED_KEY, Settings, SettingsError, from_environment
from discussion.migrations import every_table
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.factories import make_person

PUBLIC = "https://talk.example.org"
OPEN: dict[str, Any] = {"environment": "test", "host": "0.0.0.0", "secret_key": SECRET}
LIVE: dict[str, Any] = {"environment": "production", "base_url": PUBLIC, "secret_key": SECRET}
HEXADECIMAL = "3f9a1c07e5b2d84460f1a7c9be23d5088c6e4f1207ab93dd51c0e8f69a7b2c14"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (LIVE | {"secret_key": ""}, "SECRET_KEY is empty: it must be set"),
        (LIVE | {"secret_key": "k" * 40}, "SECRET_KEY has only 1 different characters"),
        (LIVE | {"secret_key": "abababcdcdcdefefefghghghababababcdcd"}, "has only 8 different"),
        (LIVE | {"secret_key": "correct-horse-battery-9-" * 2}, "SECRET_KEY repeats itself"),
        (LIVE | {"secret_key": "abcdefghijklmnopqrstuvwxyz0123456789"}, "order of the alphabet"),
        (LIVE | {"secret_key": SECRET[:31]}, "SECRET_KEY has only 31 characters"),
        (LIVE | {"secret_key": PUBLISHED_KEY}, "SECRET_KEY is printed in this project"),
        (LIVE | {"rater_key": "r" * 40}, "RATER_KEY has only 1 different"),
        (LIVE | {"redaction_key": "short"}, "REDACTION_KEY has only 5 characters"),
        (LIVE | {"debug": True}, "DEBUG shows the site's inner workings"),
        (LIVE | {"base_url": ""}, "BASE_URL must be the https address"),
        (LIVE | {"base_url": "http://talk.example.org"}, "BASE_URL must be the https address"),
        (OPEN | {"secret_key": ""}, "no secret key is set, the site may be reached from this"),
        (OPEN | {"secret_key": PUBLISHED_KEY}, "SECRET_KEY is printed in this project"),
        (OPEN | {"secret_key": "k" * 40}, "SECRET_KEY has only 1 different"),
        (OPEN | {"debug": True}, "While debug is on, the site may be reached from this machine"),
        (OPEN | {"host": "127.0.0.1", "base_url": PUBLIC, "secret_key": ""}, "no secret key is"),
        (OPEN | {"host": "127.0.0.1", "base_url": PUBLIC, "debug": True}, "While debug is on"),
        (OPEN | {"base_url": "http://127.0.0.1:8000", "secret_key": ""}, "no secret key is set"),
        (OPEN | {"base_url": "http://localhost@evil.example", "debug": True}, "While debug is on"),
        (OPEN | {"environment": "demonstration", "secret_key": ""}, "no secret key is set"),
    ],
)
def test_a_site_that_others_reach_starts_with_a_key_of_its_own_only(
    given: dict[str, Any], says: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(says)):
        Settings(**given)


@pytest.mark.parametrize(
    "given",
    [
        LIVE,
        LIVE | {"secret_key": HEXADECIMAL},
        LIVE | {"secret_key": HEXADECIMAL[:32]},
        LIVE | {"host": "0.0.0.0"},
        OPEN,
        {"environment": "test"},
        {"environment": "test", "debug": True},
        {"environment": "test", "host": "::1"},
        {"environment": "test", "secret_key": PUBLISHED_KEY},
        {"environment": "demonstration", "base_url": "http://LOCALHOST:8000", "debug": True},
    ],
)
def test_a_site_with_one_and_one_for_this_machine_alone_start(given: dict[str, Any]) -> None:
    has_own_key = given.get("secret_key", PUBLISHED_KEY) != PUBLISHED_KEY
    assert Settings(**given).is_for_here_only is not has_own_key


def test_flasks_own_word_for_debug_is_heard() -> None:
    given = {"DISCUSSION_ENVIRONMENT": "production", "DISCUSSION_SECRET_KEY": SECRET,
             "DISCUSSION_BASE_URL": PUBLIC}  # fmt: skip
    assert not from_environment(given | {"FLASK_DEBUG": "0"}).debug
    with pytest.raises(SettingsError, match="DEBUG"):
        from_environment(given | {"FLASK_DEBUG": "1"})


@pytest.mark.parametrize("way", ["--host", "DISCUSSION_HOST", "DISCUSSION_BASE_URL"])
def test_the_command_line_refuses_to_listen_elsewhere_with_a_published_key(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCUSSION_ENVIRONMENT", "test")
    monkeypatch.setenv("DISCUSSION_DATA_DIR", str(tmp_path))
    if way != "--host":
        monkeypatch.setenv(way, {"DISCUSSION_HOST": "192.0.2.1"}.get(way, PUBLIC))

    assert main(["serve", *(["--host", "192.0.2.1"] if way == "--host" else [])]) == 1
    assert "no secret key is set, the site may be reached" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


ELSEWHERE = (
    {"REMOTE_ADDR": "192.0.2.7"},
    {"HTTP_HOST": "talk.example.org"},
    {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_FORWARDED": "for=192.0.2.7"},
    {"HTTP_VIA": "1.1 proxy"},
)


@pytest.mark.parametrize(
    "given", [{}, {"secret_key": PUBLISHED_KEY}, {"secret_key": SECRET, "debug": True}]
)
@pytest.mark.parametrize("proxies", [0, 1])
def test_who_binds_it_elsewhere_all_the_same_serves_nobody_there(
    given: dict[str, Any], proxies: int, tmp_path: Path
) -> None:
    """As gunicorn and `flask run` may, whose addresses the settings do not know."""
    settings = Settings(environment="test", data_dir=tmp_path, worker="separate",
                        trusted_proxies=proxies, **given)  # fmt: skip
    app = serving.application(settings)
    every_table().create_all(site(app).engine)

    paths = ("/", "/healthz", "/static/css/tokens.css")
    assert [asked(app, path, {}) for path in paths] == [200] * 3
    for elsewhere in ELSEWHERE:
        assert [asked(app, path, elsewhere) for path in paths] == [403] * 3, elsewhere
    site(app).engine.dispose()
    serving._held.pop().close()


def test_a_site_with_a_key_of_its_own_serves_everybody(client: FlaskClient) -> None:
    for elsewhere in ELSEWHERE:
        assert client.get("/healthz", environ_overrides=elsewhere).status_code == 200


def test_what_a_reader_claims_of_the_host_is_not_believed(settings: Settings) -> None:
    """nginx passes on X-Forwarded-Host as it came unless it is told otherwise."""
    app = create_app(replace(settings, trusted_proxies=1))
    with app.test_client() as client:
        client.get("/healthz", headers={"X-Forwarded-Host": "evil.example"})
        from flask import request

        assert request.host == "localhost"
    site(app).engine.dispose()


HERE, TLS = "http://localhost", "https://talk.example.org"
OVER_TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


@pytest.mark.parametrize(
    ("base_url", "proxies", "host", "headers", "origin", "is_taken"),
    [
        ("", 0, "localhost", {}, HERE, True),
        ("", 0, "localhost", {}, f"{HERE}:80", True),
        ("", 0, "localhost", {}, "https://localhost", False),
        ("", 0, "localhost", {}, f"{HERE}:8000", False),
        ("", 0, "localhost", {}, "null", False),
        ("", 0, "localhost", {}, "", False),
        ("", 0, "localhost", {}, "http://localhost.evil.example", False),
        ("", 0, "localhost", {}, "http://localhost@evil.example", False),
        ("", 0, "localhost:8000", {}, "http://localhost:8000", True),
        ("", 0, "localhost:8000", {}, "http://localhost:9000", False),
        ("", 0, "localhost:8000", {}, HERE, False),
        ("", 0, "localhost", OVER_TLS, "https://localhost", False),
        ("", 1, "localhost", OVER_TLS, "https://localhost", True),
        ("", 1, "localhost", OVER_TLS, HERE, False),
        (TLS, 0, "talk.example.org", {}, TLS, True),
        (TLS, 0, "talk.example.org", {}, f"{TLS}:443", True),
        (TLS, 0, "talk.example.org", {}, "http://talk.example.org", False),
        (TLS, 1, "talk.example.org", OVER_TLS, TLS, True),
        (TLS, 1, "talk.example.org", OVER_TLS, "http://talk.example.org", False),
        (TLS, 1, "talk.example.org", OVER_TLS, f"{TLS}:8443", False),
        (f"{TLS}:8443", 1, "talk.example.org:8443", OVER_TLS, f"{TLS}:8443", True),
        (f"{TLS}:8443", 1, "talk.example.org:8443", OVER_TLS, TLS, False),
    ],
)
def test_an_origin_is_scheme_host_and_port(
    app: Flask, session: Session, base_url: str, proxies: int, host: str,
    headers: dict[str, str], origin: str, is_taken: bool,
) -> None:  # fmt: skip
    from werkzeug.middleware.proxy_fix import ProxyFix

    site(app).settings = replace(site(app).settings, base_url=base_url)
    client = app.test_client()
    sign_in(client, make_person(session))
    inner = app.wsgi_app
    if proxies:
        app.wsgi_app = ProxyFix(inner, x_for=1, x_proto=1)  # type: ignore[method-assign]
    try:
        answer = client.post(
            "/about/theme", data={"theme": "dark"}, base_url=f"http://{host}",
            headers=headers | {"Origin": origin},
        )  # fmt: skip
    finally:
        app.wsgi_app = inner  # type: ignore[method-assign]
    assert (answer.status_code == 303) is is_taken, answer.status_code
    assert answer.status_code in (303, 403)


def asked(app: Flask, path: str, environ: dict[str, str]) -> int:
    """The status of an answer to a request as a server makes it."""
    seen: dict[str, Any] = {"PATH_INFO": path, "REMOTE_ADDR": "127.0.0.1",
                            "HTTP_HOST": "127.0.0.1:8000"} | environ  # fmt: skip
    setup_testing_defaults(seen)
    return int(run_wsgi_app(app, seen, buffered=True)[1][:3])
