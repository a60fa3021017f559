"""The door of every request: who comes in, one session, and its end: who reads never commits."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from flask import Flask, Response, current_app, g, make_response, request
from flask_login import AnonymousUserMixin, UserMixin, current_user
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from discussion import clock
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden
from discussion.registers import Only
from discussion.web.remembering import Remembering
from discussion.web.site import site

log = logging.getLogger("discussion.web")
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class OwnSession(Protocol):
    """A session of somebody on one browser, as who keeps it holds it."""

    id: int
    public_id: str
    made_at: datetime
    last_seen_at: datetime
    password_at: datetime


class SessionRead(OwnSession, Protocol):
    """A session as it was read with who asks, and what is read beside it for the page."""

    unseen: str | None  # notices, and under which states they can be read
    visited: tuple[datetime | None, datetime | None]  # this page: last, and the time before


class FindsViewer(Protocol):
    """Reads who has a session, by its key; None where it has ended."""

    def __call__(
        self, session: Session, key: str, now: datetime, place: tuple[str, str]
    ) -> tuple[Viewer, SessionRead] | None:
        """Whose session has this key, and the session; None once it is over.

        `place`: as what and which the page that is asked for is visited; empty for most pages.
        """


class NotesSession(Protocol):
    """Notes something about a session at a time."""

    def __call__(self, session: Session, session_id: int, *, now: datetime) -> None: ...


@dataclass(frozen=True)
class Doorkeeper:
    """Who knows people by their sessions."""

    find_viewer: FindsViewer
    key_of: Callable[[str], str]  # of a session, by its secret
    note_seen: NotesSession  # its owner was here
    note_password: NotesSession  # its owner has just given the password
    seen_every: timedelta  # how exactly it is known when somebody was here


DOORKEEPER: Only[Doorkeeper] = Only("who comes in")
# As what and which a page is visited, by its endpoint and what its address names.
VISITED_AS: Only[Callable[[str, Mapping[str, Any]], tuple[str, str]]] = Only(
    "what one comes back to"
)


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """What Flask-Login keeps of somebody: the viewer, their session, and its secret."""

    def __init__(
        self,
        viewer: Viewer,
        signed_in: OwnSession,
        token: str,
        read: SessionRead | None = None,  # nothing, in the request that they come in with
    ) -> None:
        self.viewer = viewer
        self.signed_in = signed_in
        self.id = token
        self.read = read


class SignedOut(AnonymousUserMixin):  # type: ignore[misc]
    """Nobody is signed in."""

    viewer: Viewer | None = None
    signed_in: OwnSession | None = None
    read: SessionRead | None = None


def install(app: Flask) -> None:
    """Hang the door: sign-in, the session of each request, and its end."""
    manager = Remembering(app)
    manager.anonymous_user = SignedOut
    manager.user_loader(_load)
    app.after_request(_commit_or_roll_back)
    app.teardown_request(_leave)


def session() -> Session:
    """This request's session; an unsafe request takes the write lock on first use.

    So do slow work (hashing, asking another server) before you call it.
    """
    if "session" not in g:
        g.session = site().open_session(_may_write())
    opened: Session = g.session
    return opened


def _may_write() -> bool:
    return request.method not in SAFE_METHODS and not g.get("only_reads")


def viewer() -> Viewer | None:
    """Who asks; None when signed out."""
    found: Viewer | None = current_user.viewer
    return found


def remembered(find: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Find it once in a request that only reads: a page and each of its forms ask alike."""

    @wraps(find)
    def found(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        if request.method not in SAFE_METHODS:
            return find(*args, **named)
        kept: dict[Any, Answer] = g.setdefault("remembered", {})
        key = (find, args, tuple(named.items()))
        if key not in kept:
            kept[key] = find(*args, **named)
        return kept[key]

    return found


def acting(right: May) -> Viewer:
    """Who asks, for what only somebody signed in may do; a visitor is asked to sign in."""
    actor = viewer()
    if actor is None:
        raise Forbidden(right)
    return actor


def signed_in() -> OwnSession | None:
    """The session of who asks, as it was when they came in; None when signed out."""
    found: OwnSession | None = current_user.signed_in
    return found


def session_read() -> SessionRead | None:
    """The session that was read with who asks; None when signed out, or signing in."""
    found: SessionRead | None = current_user.read
    return found


def password_given() -> None:
    """From now on, and for a while, this session speaks for acts of power too."""
    here = signed_in()
    if here is None:
        return
    with separate_session() as opened:
        DOORKEEPER().note_password(opened, here.id, now=clock.now())
        opened.commit()
    here.password_at = clock.now()


def only_read() -> None:
    """Undo what this request wrote; from now on it reads, and waits for no lock."""
    _close()
    g.only_reads = True


def begin_again() -> Session:
    """End the session so far without keeping anything, and open a new one."""
    _close()
    return session()


class WaitsForItself(Exception):
    """A request would wait for the write lock that it holds itself."""


def separate_session(*, writes: bool = True) -> Session:
    """A session of its own, for what must outlive a refused request; the caller commits.

    Raises WaitsForItself where the request's own session writes already: SQLite has one write lock.
    """
    opened: Session | None = g.get("session")
    if writes and opened is not None and opened.in_transaction() and _may_write():
        raise WaitsForItself("let go of the request's own session first, or write before it")
    return site().open_session(writes)


def keep_aside(write: Callable[[Session], object]) -> None:
    """Write something in a transaction of its own, and keep it."""
    with separate_session() as writing:
        write(writing)
        writing.commit()


def note_aside(write: Callable[[Session], object]) -> None:
    """Write what the next request can write as well: nobody waits while somebody else writes."""
    try:
        with site().unnoticed() as writing:
            write(writing)
    except (OperationalError, IntegrityError) as error:  # somebody writes, or has written the same
        log.info("not noted", extra={"error": type(error.orig).__name__})


def _load(token: str) -> SignedIn | None:
    keeper, now = DOORKEEPER(), clock.now()
    key = keeper.key_of(token)
    if request.method in SAFE_METHODS:
        place = VISITED_AS()(request.endpoint or "", request.view_args or {})
        found = keeper.find_viewer(session(), key, now, place)
    else:  # reading who asks must not take the write lock yet
        with separate_session(writes=False) as reading:
            found = keeper.find_viewer(reading, key, now, ("", ""))
    if found is None:
        return None
    if now - found[1].last_seen_at >= keeper.seen_every:
        g.seen = found[1].id
    return SignedIn(*found, token, read=found[1])


def _commit_or_roll_back(response: Response) -> Response:
    """What was only read is let go of on leaving: a page that is read writes nothing."""
    opened: Session | None = g.get("session")
    if opened is None or not _may_write():
        return response
    if response.status_code >= 400:
        opened.rollback()
        return response
    try:
        opened.commit()
    except SQLAlchemyError as error:  # the disk is full, or another one was quicker
        return make_response(current_app.handle_user_exception(error))
    if opened.info.pop("has_jobs", False):
        site().wake()
    return response


def _leave(error: Any = None) -> None:
    """Once the request's own work is over, say at most hourly that its sender was there."""
    _close(error)
    seen: int | None = g.pop("seen", None)
    if seen is None:
        return
    note_aside(lambda writing: DOORKEEPER().note_seen(writing, seen, now=clock.now()))


def _close(_error: Any = None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
