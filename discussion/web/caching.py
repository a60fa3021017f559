"""Pages of visitors are kept until anything in the database changes, and carry an ETag.

A page that is asked for again is answered before Flask begins: no session, no routes, no template.
Of those who ask for a page that is not kept, one makes it and the others wait for it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from time import monotonic
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.http import parse_cookie

from discussion import clock
from discussion.web import logs
from discussion.web.flights import Flights
from discussion.web.giving_way import Writers
from discussion.web.layout import THEME_COOKIE
from discussion.web.pieces import pieces_of
from discussion.web.site import Site, site
from discussion.web.watching import watch_for

KEPT_BYTES = 64 * 1024 * 1024  # in all; anybody can make up addresses
KEPT_TYPES = (
    "text/html",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "text/calendar",
    "image/png",
    "application/manifest+json",
)
NEVER = ("/static/", "/healthz", "/readyz", "/statusz", "/metrics")
NOT_KEPT = frozenset({"x-request-id", "date"})  # headers of one answer, not of the page
_OF_A_BODY = frozenset({"Content-Length", "Content-Type", "Content-Encoding"})
_COOKIES = ("session", "remember_token")
_MAY_KEEP = "discussion.may_keep"  # in the environment, from within Flask to around it
_SAME = ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "PATH_INFO",
         "QUERY_STRING", "discussion.face", "HTTP_X_FRAGMENT", "HTTP_ACCEPT_LANGUAGE",
         "HTTP_ACCEPT_ENCODING")  # fmt: skip


Key = tuple[str, ...]  # what a page is kept under: its address, and what else it depends on


@dataclass(frozen=True)
class Page:
    """An answer as it was sent, and the endpoint that made it."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    endpoint: str


def install(app: Flask) -> None:
    site(app).assets["pages"] = pages = PageCache(site(app).engine)
    site(app).assets["writers"] = Writers(site(app).engine)
    site(app).unnoticed = pages.unnoticed
    app.after_request(_tag)
    app.wsgi_app = Shortcut(app.wsgi_app, site(app))  # type: ignore[assignment,method-assign]


class PageCache:
    """The newest pages, each valid for one state of the database."""

    def __init__(self, engine: Engine) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[Key, tuple[str, Page]] = OrderedDict()
        self._bytes = 0
        self._watch = watch_for(engine)
        self.flights: Flights[Key, tuple[str, Page]] = Flights()

    def state(self) -> str:
        """A word that differs whenever anything was committed since, but for who was seen when.

        And each day, since pages say which days lie ahead.
        """
        return f"{clock.today()} {self._watch.state()}"

    def unnoticed(self) -> AbstractContextManager[Session]:
        """A transaction of which the state says nothing: for when somebody was last seen."""
        return self._watch.unnoticed()

    def find(self, key: Key, state: str) -> Page | None:
        with self._lock:
            kept = self._pages.get(key)
        return kept[1] if kept and kept[0] == state else None

    def keep(self, key: Key, state: str, page: Page) -> None:
        with self._lock:
            self._forget(key)
            self._pages[key] = (state, page)
            self._bytes += _weight(key, page)
            while self._bytes > KEPT_BYTES:
                self._forget(next(iter(self._pages)))

    def _forget(self, key: Key) -> None:
        kept = self._pages.pop(key, None)
        self._bytes -= _weight(key, kept[1]) if kept else 0


class Shortcut:
    """Around the application: answers what is kept, and keeps what the application allows."""

    def __init__(self, wrapped: Any, site: Site) -> None:
        self._wrapped = wrapped
        self._site = site

    @property
    def _pages(self) -> PageCache:
        kept: PageCache = self._site.assets["pages"]
        return kept

    @property
    def _writers(self) -> Writers:
        kept: Writers = self._site.assets["writers"]
        return kept

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            if _is_page(environ):
                self._writers.let_end()
            return self._wrapped(environ, start)  # type: ignore[no-any-return]
        began, pages = monotonic(), self._pages
        state = pages.state()
        page = pages.find(key, state)
        if page is not None:
            return _send_again(page, environ, start, began)
        flight = pages.flights.share(key, lambda made: made[0] == state)
        if isinstance(flight, tuple):
            return _send_again(flight[1], environ, start, began)
        made = None
        try:
            self._writers.let_end()
            state = pages.state()  # after boarding, so that whoever waits misses nothing
            page = pages.find(key, state)
            if page is not None:  # somebody landed it just now
                made = state, page
                return _send_again(page, environ, start, began)
            made, request_id, answer = self._make(environ, start, state)
            if made is None:
                return answer
            pages.keep(key, *made)
            return _send(made[1], environ, start, request_id)
        finally:
            pages.flights.land(key, flight, made)

    def _make(
        self, environ: dict[str, Any], start: Callable[..., Any], state: str
    ) -> tuple[tuple[str, Page] | None, str, Iterable[bytes]]:
        """What others may be given too, under the state before it was made; else the answer.

        Beside it the number of the request. A page is never newer than its state.
        """
        sent: list[Any] = []
        known = environ.pop("HTTP_IF_NONE_MATCH", None)  # others may not know this page

        def listen(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            sent[:] = [status, headers, error]

        parts = self._wrapped(environ, listen)
        if known is not None:
            environ["HTTP_IF_NONE_MATCH"] = known
        endpoint = environ.get(_MAY_KEEP)
        own = {name.lower(): value for name, value in sent[1]}
        # Flask writes the session's cookie last of all, so only here can be seen that it did.
        if endpoint is None or not sent[0].startswith("200") or "set-cookie" in own:
            start(*sent)
            return None, "", parts
        body = b"".join(parts)
        getattr(parts, "close", lambda: None)()
        headers = tuple((name, value) for name, value in sent[1] if name.lower() not in NOT_KEPT)
        page = Page(headers, body, own["etag"], endpoint)
        return (state, page), own.get("x-request-id", ""), ()


def _send_again(
    page: Page, environ: dict[str, Any], start: Callable[..., Any], began: float
) -> Iterable[bytes]:
    """A page that was made for somebody else."""
    status = 304 if _is_known(page, environ) else 200
    return _send(page, environ, start, logs.note_kept(page.endpoint, status, began))


def _send(
    page: Page, environ: dict[str, Any], start: Callable[..., Any], request_id: str
) -> Iterable[bytes]:
    headers = [*page.headers, ("X-Request-Id", request_id)]
    if _is_known(page, environ):
        start("304 NOT MODIFIED", [one for one in headers if one[0] not in _OF_A_BODY])
        return []
    start("200 OK", headers)
    return [page.body]


def _is_known(page: Page, environ: dict[str, Any]) -> bool:
    """Whether the reader says that they have it."""
    return bool(environ.get("HTTP_IF_NONE_MATCH") == page.etag)


def is_anonymous_read() -> bool:
    """A GET by somebody who carries neither a session nor a remember cookie."""
    return request.method in ("GET", "HEAD") and not any(n in request.cookies for n in _COOKIES)


def _weight(key: Key, page: Page) -> int:
    """Addresses and languages are made up by whoever asks, and weigh something too."""
    return len(page.body) + sum(len(part) for part in key)


def _key(environ: dict[str, Any]) -> Key | None:
    """What two requests must have in common to be answered alike; None is never kept."""
    if not _is_page(environ):
        return None
    cookies = parse_cookie(environ.get("HTTP_COOKIE")) if "HTTP_COOKIE" in environ else {}
    if any(name in cookies for name in _COOKIES):
        return None
    return (*(environ.get(name, "") for name in _SAME), cookies.get(THEME_COOKIE, ""))


def _is_page(environ: dict[str, Any]) -> bool:
    return bool(
        environ.get("REQUEST_METHOD") == "GET"
        and not environ.get("PATH_INFO", "").startswith(NEVER)
    )


def _tag(response: Response) -> Response:
    """Give a visitor's page its ETag, and allow it to be kept; while debug is on, keep nothing."""
    if current_app.debug:
        response.headers["Cache-Control"] = "no-store"
        return response
    may_keep = (
        is_anonymous_read()
        and response.status_code == 200
        and response.mimetype in KEPT_TYPES
        and not request.path.startswith(NEVER)
        and "Set-Cookie" not in response.headers
        and "Cache-Control" not in response.headers
    )
    if not may_keep:
        return response
    pieces = pieces_of(response)
    name = pieces.name if pieces is not None else sha256(response.get_data()).hexdigest()
    response.set_etag(name[:24], weak=True)  # the same page, compressed or not
    response.headers["Cache-Control"] = "no-cache"  # keep it, but ask before each use
    response.headers["Vary"] = "Cookie, Accept, Accept-Language, Accept-Encoding, X-Fragment"
    request.environ[_MAY_KEEP] = request.endpoint or ""
    if "HTTP_IF_NONE_MATCH" in request.environ:
        response.make_conditional(request)
    return response
