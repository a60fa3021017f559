"""Addresses as people copy them: with a full stop, a bracket, a slash, in capitals."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.web.tidying import HOLD_A_SECRET, SECRET_PLACES
from tests.factories import make_series, make_thread

BEHIND = [
    "/", ".", ",", ";", ":", "!", "?", ")", "]", ">", "’", "'", "”", '"', "…", "%20", "%20%20",
    "%0A", "%C2%A0", "%E2%80%99", "%E2%80%9D", "%29", "%2E", "%2C", "%3E", "%3B", ").", ".)", "/.",
    "./", "//", "*", "_", "&gt;", "&quot;", "%5C", "%E3%80%82", "%E2%80%8B", "=", "***",
]  # fmt: skip


@pytest.mark.parametrize("behind", BEHIND)
def test_what_stands_behind_an_address_goes(
    client: FlaskClient, session: Session, behind: str
) -> None:
    thread = make_thread(session, make_series(session))
    for behind_of in ("/about", f"/threads/{thread.slug}", f"/threads/{thread.slug}/history"):
        asked = behind_of + ("%3F" if behind == "?" else behind)
        answered = client.get(asked)
        assert (answered.status_code, answered.headers["Location"]) == (308, behind_of), asked
        assert client.get(behind_of).status_code == 200


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/About", "/about"),
        ("/ABOUT/PRIVACY.", "/about/privacy"),
        ("/Series/A-Series", "/series/a-series"),
        ("/Threads/Nothing-Here/", "/threads/nothing-here"),
        ("/threads/nothing?by=value&x=%2F%2Fevil.example", None),
        ("/threads/nothing.?by=value&x=%2F%2Fevil.example",
         "/threads/nothing?by=value&x=%2F%2Fevil.example"),
        ("/threads/nothing)?a=b;c", "/threads/nothing?a=b;c"),
        ("/threads/nothing/.json", "/threads/nothing.json"),
        ("/Threads/nothing.json", "/threads/nothing.json"),
        ("/threads/nothing.json.", "/threads/nothing.json"),
        ("/.", "/"),
        ("/)", "/"),
        ("/nothing", None),
        ("/nothing.", None),
        ("/nothing/at/all/", None),
        ("/threads/nothing", None),
        ("/static/css/base.css.", None),
        ("/static/CSS/base.css", None),
        ("/%5Cevil.example.", None),
        ("/%5C%5Cevil.example/", None),
        ("/%2F%2Fevil.example/", None),
        ("/threads/..%2Fevil.", None),
        ("/threads/%0D%0ALocation:%20x.", None),
        ("/threads/n%C3%B8thing.", None),
        ("/threads/" + "a" * 500 + ".", None),
        ("/invitations/a-secret.", None),
        ("/Invitations/A-Secret", None),
        ("/accounts/confirm/Token.", None),
        ("/ACCOUNTS/reset/token/", None),
        ("/accounts/address/token)", None),
        ("/threads/warnings/token.", None),
        ("/notices/stop/token.", None),
        ("/reports/receipt/2b3c.", None),
        ("/accounts/move/2b3c.", None),
        ("/positions/write/nothing.?draft=abc", None),
        ("/threads/nothing.?next=%2Fpositions%2Fwrite%2Fx%3Fdraft%3Dabc", None),
    ],
)  # fmt: skip
def test_only_the_address_of_a_page_that_holds_no_secret_is_tidied(
    client: FlaskClient, asked: str, leads_to: str | None
) -> None:
    for method in ("GET", "HEAD"):
        answered = client.open(asked, method=method)
        if leads_to is None:
            assert answered.status_code in (400, 404, 410), answered.status_code
        else:
            assert (answered.status_code, answered.headers["Location"]) == (308, leads_to)
            assert client.open(leads_to, method=method).status_code != 308  # no loop


@pytest.mark.parametrize("asked", ["//evil.example/.", "///evil.example/", "//evil.example%2F."])
def test_nobody_is_led_to_another_site(client: FlaskClient, asked: str) -> None:
    answered = client.get("/", environ_overrides={"PATH_INFO": asked, "REQUEST_URI": asked})
    leads_to = answered.headers.get("Location", "http://localhost/")
    assert leads_to.startswith(("http://localhost/", "/")), leads_to
    assert not leads_to.startswith("//")


def test_what_is_sent_is_never_sent_on(client: FlaskClient) -> None:
    assert client.post("/accounts/sign-in/", data={"email": "a@b.example"}).status_code in (
        403,
        404,
    )


def test_every_address_that_holds_a_secret_is_known(app: Flask) -> None:
    """A parameter with another name would be sent on."""
    places = {
        str(rule).partition("<")[0]
        for rule in app.url_map.iter_rules()
        if HOLD_A_SECRET & rule.arguments
        or ("<" in str(rule) and str(rule).startswith(SECRET_PLACES))
    }
    assert places == {
        "/accounts/address/", "/accounts/confirm/", "/accounts/move/", "/accounts/reset/",
        "/invitations/", "/notices/stop/", "/reports/receipt/", "/threads/warnings/",
    }  # fmt: skip
