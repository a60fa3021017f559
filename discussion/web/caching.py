"""Pages of visitors are kept until anything in the database changes, and carry an ETag."""

import sqlite3
from collections import OrderedDict
from hashlib import sha256
from sqlite3 import Connection
from threading import Lock

from flask import Flask, Response, g, request
from sqlalchemy import Engine, text

from discussion.web.layout import THEME_COOKIE
from discussion.web.site import site

KEPT_PAGES = 2_000
KEPT_TYPES = ("text/html", "application/json")
_COOKIES = ("session", "remember_token")


def install(app: Flask) -> None:
    pages = PageCache(site(app).engine)
    site(app).assets["pages"] = pages
    app.before_request(_from_cache)
    app.after_request(_into_cache)


class PageCache:
    """The newest pages, each valid for one state of the database.

    On SQLite the state is `PRAGMA data_version`, read on a connection that never writes: it changes
    with every commit of any other connection, in this process or another. On PostgreSQL it is the
    current snapshot: two equal ones see the same rows.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._pages: OrderedDict[str, tuple[str, bytes, str, str]] = OrderedDict()
        self._watcher: Connection | None = None

    def state(self) -> str:
        """A word that differs whenever anything was committed since."""
        if self._engine.dialect.name != "sqlite":
            with self._engine.connect() as connection:
                return str(connection.scalar(text("SELECT pg_current_snapshot()::text")))
        with self._lock:
            if self._watcher is None:
                path = self._engine.url.database or ":memory:"
                self._watcher = sqlite3.connect(path, check_same_thread=False)
            return str(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def find(self, key: str, state: str) -> tuple[bytes, str, str] | None:
        with self._lock:
            kept = self._pages.get(key)
        return kept[1:] if kept and kept[0] == state else None

    def keep(self, key: str, state: str, page: tuple[bytes, str, str]) -> None:
        with self._lock:
            self._pages[key] = (state, *page)
            self._pages.move_to_end(key)
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)


def is_anonymous_read() -> bool:
    """A GET by somebody who carries neither a session nor a remember cookie."""
    return request.method in ("GET", "HEAD") and not any(n in request.cookies for n in _COOKIES)


def _key() -> str:
    theme = request.cookies.get(THEME_COOKIE, "auto")
    language = request.headers.get("Accept-Language", "")
    face = request.environ.get("discussion.face", "")
    return "\n".join((request.host, request.full_path, face, theme, language))


def _pages() -> PageCache:
    kept: PageCache = site().assets["pages"]
    return kept


def _from_cache() -> Response | None:
    if not is_anonymous_read() or request.path.startswith(("/static/", "/healthz", "/readyz")):
        return None
    g.database_state = _pages().state()
    kept = _pages().find(_key(), g.database_state)
    if kept is None:
        return None
    body, mimetype, etag = kept
    response = Response(body, mimetype=mimetype)
    g.is_from_cache = True
    return _tagged(response, etag)


def _into_cache(response: Response) -> Response:
    if "database_state" not in g or g.get("is_from_cache"):
        return response
    is_kept = (
        response.status_code == 200
        and response.mimetype in KEPT_TYPES
        and "Set-Cookie" not in response.headers
        and "Cache-Control" not in response.headers
    )
    if not is_kept:
        return response
    body = response.get_data()
    etag = sha256(body).hexdigest()[:24]
    _pages().keep(_key(), g.database_state, (body, response.mimetype or "", etag))
    return _tagged(response, etag)


def _tagged(response: Response, etag: str) -> Response:
    response.set_etag(etag, weak=True)  # the same page, compressed or not
    response.headers["Cache-Control"] = "no-cache"  # keep it, but ask before each use
    response.headers["Vary"] = "Cookie, Accept-Language, Accept-Encoding"
    response.make_conditional(request)
    return response
