"""One page, many faces: the same frozen dataclass as HTML, as a fragment, or as JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from string import punctuation
from typing import Any
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

SUFFIX = ".json"
_FACE = "discussion.face"


class JsonSuffix:
    """Serves `/any/page.json` from the route of `/any/page`, and says so in the environment."""

    def __init__(self, wrapped: Any) -> None:
        self.wrapped = wrapped

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if not query.isascii():  # bytes that a client should have escaped, and that are no text
            environ["QUERY_STRING"] = quote(query.encode("latin-1"), safe=punctuation)
        path = environ.get("PATH_INFO", "")
        if path.endswith(SUFFIX) and not path.startswith("/static/"):
            environ[_FACE] = "json"
            environ["PATH_INFO"] = path[: -len(SUFFIX)] or "/"
        return self.wrapped(environ, start)  # type: ignore[no-any-return]


def install(app: Flask) -> None:
    app.wsgi_app = JsonSuffix(app.wsgi_app)  # type: ignore[assignment,method-assign]
    app.after_request(_only_pages_have_json)


def wants_json() -> bool:
    """Whether the address asked for the page’s data instead of its HTML."""
    return request.environ.get(_FACE) == "json"


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
    if wants_json():
        return _as_json(page, status)
    from discussion.web.layout import layout_for

    given = {"page": page, "layout": layout_for(series)}
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


def _as_json(page: Any, status: int) -> Response:
    if status >= 400 or request.method not in ("GET", "HEAD"):
        abort(404)
    return as_data(page)


def _only_pages_have_json(response: Response) -> Response:
    if wants_json() and response.status_code == 200 and not response.is_json:
        response.set_data(b'{"error": "This page has no JSON."}')
        response.status_code = 404
        response.mimetype = "application/json"
    return response
