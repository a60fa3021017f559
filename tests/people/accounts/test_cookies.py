"""Cookies on a site that is served over TLS."""

from dataclasses import replace
from pathlib import Path

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import transaction
from discussion.migrations import every_table
from discussion.web.site import site
from tests.people.accounts.journeys import enter, make_account


def test_cookies_travel_over_tls_only_and_no_script_reads_them(
    settings: Settings, tmp_path: Path
) -> None:
    own = f"sqlite:///{tmp_path / 'own.sqlite'}"
    app = create_app(replace(settings, base_url="https://talk.example.org", database_url=own))
    every_table().create_all(site(app).engine)
    with transaction(site(app).engine) as session:
        make_account(session, email="known@example.org")

    answer = enter(app.test_client(), "known@example.org", remember="y")
    theme = app.test_client().post("/about/theme", data={"theme": "dark"})

    cookies = [*answer.headers.getlist("Set-Cookie"), *theme.headers.getlist("Set-Cookie")]
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "session",
        "remember_token",
        "device",
        "theme",
    }
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    site(app).engine.dispose()
