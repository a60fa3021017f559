"""A browser that fills forms as they stand in a page, and sends them with everything they hold."""

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Pairs = list[tuple[str, str]]


class Forms(HTMLParser):
    """The forms of a page: (where to, what they hold), and the ids of those with text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, Pairs]] = []
        self._select: str | None = None
        self._text: str | None = None
        self._is_open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "form":
            self.forms.append((given.get("action", ""), []))
            self._is_open = True
        elif not self._is_open:
            return
        elif tag == "input" and name and kind not in ("submit", "button"):
            is_on = kind not in ("checkbox", "radio") or "checked" in dict(attrs)
            if is_on:
                self._hold(name, given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._text = ""
            self._name = name
        elif tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and self._select is not None:
            self._first = self._first if self._first is not None else given.get("value", "")
            if "selected" in dict(attrs):
                self._hold(self._select, given.get("value", ""))
                self._first = ""

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            self._hold(self._name, self._text.removeprefix("\r").removeprefix("\n"))
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._is_open = False

    def _hold(self, name: str, value: str) -> None:
        self.forms[-1][1].append((name, value))


def form_of(html: str, action: str) -> dict[str, list[str]]:
    """What the form that sends to the address holds."""
    holds: dict[str, list[str]] = {}
    found = next(pairs for where, pairs in Forms(html).forms if urlsplit(where).path == action)
    for name, value in found:
        holds.setdefault(name, []).append(value)
    return holds


def fill(
    client: FlaskClient, page: str, action: str, typed: Mapping[str, str | list[str]]
) -> dict[str, list[str]]:
    """The form of a page, opened and filled, ready to be sent."""
    opened = client.get(page)
    assert opened.status_code == 200, (page, opened.status_code)
    holds = form_of(opened.text, action)
    for name, value in typed.items():
        holds[name] = [value] if isinstance(value, str) else list(value)
    return holds


def sign_in_at(client: FlaskClient, page: TestResponse, email: str, password: str) -> TestResponse:
    """Sign in with the form that stands on the page, and go where that leads."""
    form = form_of(page.text, "/accounts/sign-in")
    form["email"], form["password"] = [email], [password]
    return client.post("/accounts/sign-in", data=form, follow_redirects=True)
