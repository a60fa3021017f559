"""The pages about the site, and the colours a reader chooses."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION


@pytest.mark.parametrize("path", ["", "/privacy", "/accessibility", "/terms"])
def test_every_page_about_the_site_has_one_heading_and_a_title(
    client: FlaskClient, session: Session, path: str
) -> None:
    answer = client.get(f"/about{path}")

    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "<title></title>" not in answer.text


def test_the_terms_say_their_version(client: FlaskClient, session: Session) -> None:
    assert TERMS_VERSION in client.get("/about/terms").text
    assert client.get("/about/terms.json").json == {
        "terms_version": TERMS_VERSION,
        "rules_version": RULES_VERSION,
        "contact": "",
    }


@pytest.mark.parametrize(
    ("theme", "kept"), [("light", "light"), ("dark", "dark"), ("auto", "auto"), ("pink", "auto")]
)
def test_the_colours_are_remembered_for_a_year(
    client: FlaskClient, session: Session, theme: str, kept: str
) -> None:
    answer = client.post("/about/theme", data={"theme": theme, "next": "/about/terms?x=1"})

    assert (answer.status_code, answer.location) == (303, "/about/terms?x=1")
    cookie = answer.headers["Set-Cookie"]
    assert f"theme={kept};" in cookie
    assert "Max-Age=31536000" in cookie
    assert "SameSite=Lax" in cookie
    assert f'data-theme="{kept}"' in client.get("/about").text


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", ""]
)
def test_choosing_colours_sends_nobody_elsewhere(
    client: FlaskClient, session: Session, target: str
) -> None:
    assert client.post("/about/theme", data={"theme": "dark", "next": target}).location == "/"
