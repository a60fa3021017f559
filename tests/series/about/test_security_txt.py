"""Whom to tell of a weakness, as RFC 9116 has it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from discussion.config import Settings, SettingsError
from discussion.web.site import site
from tests.factories import NOW

PATH = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("given", "contact"),
    [
        ({"security_contact": "https://example.org/tell"}, "https://example.org/tell"),
        ({"contact_address": "host@example.org"}, "mailto:host@example.org"),
        ({"security_contact": "mailto:s@example.org", "contact_address": "host@example.org"},
         "mailto:s@example.org"),
    ],
)  # fmt: skip
def test_it_names_somebody_for_half_a_year(
    app: Flask, client: FlaskClient, given: dict[str, str], contact: str
) -> None:
    at = "https://talk.example.org"
    site(app).settings = replace(site(app).settings, base_url=at, **given)  # type: ignore[arg-type]
    with time_machine.travel(NOW, tick=False):
        answer = client.get(PATH)

    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    said = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert (said["Contact"], said["Canonical"]) == (contact, at + PATH)
    ends = datetime.fromisoformat(said["Expires"])
    assert NOW + timedelta(days=170) < ends < NOW + timedelta(days=365)


def test_where_nobody_is_named_there_is_none(client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("contact", ["s@example.org", "http://example.org", "mailto:s\nExpires: x"])
def test_it_is_an_address_that_can_be_followed(contact: str) -> None:
    with pytest.raises(SettingsError, match="SECURITY_CONTACT must begin with"):
        Settings(environment="test", security_contact=contact)
