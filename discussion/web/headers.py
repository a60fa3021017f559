"""Headers of every answer, and the refusal of unsafe requests from elsewhere."""

from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from discussion.web.doorway import SAFE_METHODS
from discussion.web.site import site

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "manifest-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PORTS = {"http": 80, "https": 443}
Kept = TypeVar("Kept", bound=AnyResponse)
Origin = tuple[str, str, int]  # scheme, host, port
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


def install(app: Flask) -> None:
    app.before_request(_refuse_foreign)
    app.after_request(_set_headers)


def is_from_elsewhere() -> bool:
    """Whether a browser says that another site made this request.

    `Sec-Fetch-Site` first, then `Origin`; a client that sends neither is not a browser that could
    be abused with somebody's cookies.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and _origin(origin) != _own_origin()


def _own_origin() -> Origin | None:
    """That of readers' addresses, where the request came to their host; else that of the request.

    A proxy that speaks TLS may say nothing of it, so that what came over TLS looks plain here.
    """
    public = _origin(site().settings.public_url)
    asked = urlsplit(f"//{request.host}")
    if public and (asked.hostname, asked.port or public[2]) == public[1:]:
        return public
    return _origin(request.host_url)


def _origin(address: str) -> Origin | None:
    """None for `null`, and for whatever else is no origin."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def _refuse_foreign() -> None:
    if request.method not in SAFE_METHODS and is_from_elsewhere():
        abort(403, "elsewhere")


def private(response: Kept) -> Kept:
    """Nobody but its owner, and no cache, keeps it."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if site().settings.public_url.startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        private(response)
    return response
