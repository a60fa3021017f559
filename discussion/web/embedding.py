"""What other sites may show: cards and their pictures, which know nobody and keep nothing.

Whoever asks for one is a visitor. The cookies of who is signed in are left at the door, so that
none is read, and none is set, in the frame of another site.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOR_OTHERS = ("/embed/", "/oembed", "/pictures/")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors *",
    )
)


class WithoutCookies:
    """Around the application, its kept pages among it."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self.inner = inner

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(FOR_OTHERS):
            environ.pop("HTTP_COOKIE", None)
            environ.pop("HTTP_AUTHORIZATION", None)
        return self.inner(environ, start_response)


def install(app: Flask) -> None:
    app.wsgi_app = WithoutCookies(app.wsgi_app)  # type: ignore[method-assign]


def framed(response: Response) -> Response:
    """Any site may show it in a frame."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
