"""One page, many faces: the same frozen dataclass as HTML, as a fragment, or as JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from string import punctuation
from typing import Any, Protocol, runtime_checkable
from urllib.parse import quote

from flask import (
    Flask,
    Response,
    abort,
    jsonify,
    make_response,
    render_template,
    request,
)
from markupsafe import Markup
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from discussion.language import _
from discussion.web.refusals import TYPE, refusal

SUFFIX = ".json"
_FACE = "discussion.face"
_BY_SUFFIX, _BY_ACCEPT = "json", "json, if there is any"
_SAFE = ("GET", "HEAD")
_BY_FACE = ("text/html", "application/json", TYPE)


@runtime_checkable
class TellsProblems(Protocol):
    """A form that says what is wrong with it."""

    def problems(self) -> list[tuple[str, str]]:
        """As (field id, sentence), in the order of the page."""


class JsonAsked:
    """Hears who asks for JSON, by `Accept` or by `/any/page.json`, and says so in the environment.

    Kept pages are told apart by that, so that none is sent in the face that another asked for.
    """

    def __init__(self, wrapped: Any) -> None:
        self.wrapped = wrapped

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if not query.isascii():  # bytes that a client should have escaped, and that are no text
            environ["QUERY_STRING"] = quote(query.encode("latin-1"), safe=punctuation)
        path = environ.get("PATH_INFO", "")
        if path.endswith(SUFFIX) and not path.startswith("/static/"):
            environ[_FACE] = _BY_SUFFIX
            environ["PATH_INFO"] = path[: -len(SUFFIX)] or "/"
        elif prefers_json(environ.get("HTTP_ACCEPT", "")):
            environ[_FACE] = _BY_ACCEPT
        return self.wrapped(environ, start)  # type: ignore[no-any-return]


def install(app: Flask) -> None:
    app.wsgi_app = JsonAsked(app.wsgi_app)  # type: ignore[assignment,method-assign]
    app.after_request(_only_pages_have_json)


def prefers_json(accept: str) -> bool:
    """Whether this header would rather have JSON than HTML: `*/*` alone would not."""
    if "json" not in accept:
        return False
    accepted = parse_accept_header(accept, MIMEAccept)
    data, page = accepted.quality("application/json"), accepted.quality("text/html")
    is_named = any(kind == "text/html" for kind, _quality in accepted)
    return data > page or (data == page > 0 and not is_named)


def wants_json() -> bool:
    """Whether the address or the header `Accept` asked for data instead of HTML."""
    return _FACE in request.environ


def wants_fragment() -> bool:
    """Whether the site's own script asked for a part of the page."""
    return request.headers.get("X-Fragment") == "1"


def answer(
    template: str,
    page: Any,
    *,
    form: Any = None,
    status: int = 200,
    series: tuple[str, str] | None = None,
) -> Response:
    """The page in the face that was asked for; `series` is (slug, title) for the navigation."""
    if wants_json() and status >= 400:
        return refusal(status, wrong=form.problems() if isinstance(form, TellsProblems) else ())
    if wants_json() and request.method in _SAFE:
        return as_data(page)
    if _is_by_suffix():
        abort(404)
    from discussion.web.layout import layout_for

    is_page = status < 400 and request.method in _SAFE
    given = {"page": page, "layout": layout_for(series, has_data=is_page)}
    if form is not None:
        given["form"] = form
    return make_response(render_template(template, **given), status)


def plain_data(value: Any) -> Any:
    """A dataclass as JSON can say it; a URL stays a path on this site."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain_data(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Markup):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_data(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def as_data(page: Any) -> Response:
    """The page's data, of what has another face than HTML."""
    return jsonify(plain_data(page))


def _is_by_suffix() -> bool:
    return request.environ.get(_FACE) == _BY_SUFFIX


def _only_pages_have_json(response: Response) -> Response:
    """An address in `.json` is one of a page's data; `Accept` speaks of pages alone."""
    if wants_json() and response.status_code == 200 and not response.is_json:
        if _is_by_suffix():
            response = refusal(404, says=_("This page has no JSON."))
        elif response.mimetype == "text/html" and request.method in _SAFE:
            response = refusal(406)
    if response.mimetype in _BY_FACE:
        response.vary.add("Accept")
    return response
