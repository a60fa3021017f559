"""/dev/mail: only in a demonstration, and only at this very machine."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from discussion.mail.envelope import envelope
from discussion.mail.post import deliver
from discussion.web.site import site
from tests.factories import NOW
from tests.mail.test_letters import SETTINGS, job
from tests.mail.test_letters import letter as a_letter

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


def test_letters_are_listed_and_their_links_into_the_site_work(
    app: Flask, client: FlaskClient
) -> None:
    settings = site(app).settings
    link = f"{settings.public_url}/accounts/confirm/abc"
    text = replace(a_letter(), body=f"Confirm: {link}\nElsewhere: https://evil.example/\n")
    deliver(envelope(text, job(), SETTINGS, NOW), settings)
    box = client.get("/dev/mail", environ_overrides=HERE)
    assert "Hello" in box.text
    (name,) = (path.stem for path in settings.mail_folder.iterdir())
    page = client.get(f"/dev/mail/{name}", environ_overrides=HERE)
    assert f'<a href="{link}">' in page.text
    assert 'href="https://evil.example' not in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_HOST": "discussion.example.org"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_HOST": "127.0.0.1:8000"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "127.0.0.1@evil.example"},
    ],
)
def test_the_box_does_not_exist_for_anybody_elsewhere(
    client: FlaskClient, elsewhere: dict[str, str]
) -> None:
    assert client.get("/dev/mail", environ_overrides=HERE).status_code == 200
    for address in ("/dev/mail", "/dev/mail.json", "/dev/mail/x"):
        assert client.get(address, environ_overrides=HERE | elsewhere).status_code == 404


def test_the_box_does_not_exist_in_production(app: Flask, client: FlaskClient) -> None:
    site(app).settings = replace(
        site(app).settings,
        environment="production",
        fast_passwords=False,
        base_url="https://talk.example.org",
    )
    assert client.get("/dev/mail", environ_overrides=HERE).status_code == 404


@pytest.mark.parametrize(
    "public", [{"host": "0.0.0.0"}, {"base_url": "https://talk.example.org"}, {"host": "::"}]
)
def test_the_box_does_not_exist_where_others_are_to_reach_the_site(
    app: Flask, client: FlaskClient, public: dict[str, str]
) -> None:
    site(app).settings = replace(site(app).settings, **public)  # type: ignore[arg-type]
    assert client.get("/dev/mail", environ_overrides=HERE).status_code == 404


@pytest.mark.parametrize("name", ["../../secret", "%2e%2e%2fsecret", ".", "nothing"])
def test_no_other_file_can_be_read(client: FlaskClient, name: str) -> None:
    assert client.get(f"/dev/mail/{name}", environ_overrides=HERE).status_code == 404
