"""What only this machine may reach: pages of demonstrations, and a site with a published key.

Where a process listens, and what stands before it, no setting knows for certain: gunicorn, `flask
run` and proxies say it for themselves. So each request is looked at, before anything else is.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask

from discussion.config import LOOPBACK
from discussion.web.site import Site, site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SIGNS_OF_A_PROXY = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
)
REFUSAL = (
    "This site has no secret key of its own, or shows tracebacks, so it answers on its own machine"
    " only. Set DISCUSSION_SECRET_KEY, and turn DISCUSSION_DEBUG off.\n"
)


def install(app: Flask) -> None:
    app.wsgi_app = OnlyHere(app.wsgi_app, site(app))  # type: ignore[method-assign]


class OnlyHere:
    """Around the whole application, kept pages and files among it."""

    def __init__(self, inner: "WSGIApplication", place: Site) -> None:
        self.inner = inner
        self.place = place

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not self.place.settings.is_for_here_only or is_at_this_machine(environ):
            return self.inner(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [REFUSAL.encode()]


def is_at_this_machine(environ: dict[str, Any]) -> bool:
    """Whether a request began here: by its connection, its host, and no word of a proxy."""
    seen = environ | environ.get("werkzeug.proxy_fix.orig", {})
    host = urlsplit(f"//{seen.get('HTTP_HOST') or seen.get('SERVER_NAME', '')}").hostname or ""
    is_passed_on = any(
        name in SIGNS_OF_A_PROXY or name.startswith("HTTP_X_FORWARDED") for name in seen
    )
    return seen.get("REMOTE_ADDR") in LOOPBACK and host in LOOPBACK and not is_passed_on
