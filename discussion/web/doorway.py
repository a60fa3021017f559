"""The door of every request: who comes in, one session, and commit or roll back on leaving."""

from typing import Any

from flask import Flask, Response, g, request
from flask_login import AnonymousUserMixin, UserMixin, current_user
from sqlalchemy.orm import Session

from discussion import clock
from discussion.accounts.queries import find_viewer
from discussion.permissions.facts import Viewer
from discussion.web.remembering import Remembering
from discussion.web.site import site

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """What Flask-Login keeps of somebody: the viewer, and the cookie's name for them."""

    def __init__(self, viewer: Viewer, generation: int) -> None:
        self.viewer = viewer
        self.id = f"{viewer.public_id}.{generation}"


class SignedOut(AnonymousUserMixin):  # type: ignore[misc]
    viewer: Viewer | None = None


def install(app: Flask) -> None:
    """Hang the door: sign-in, the session of each request, and its end."""
    manager = Remembering(app)
    manager.anonymous_user = SignedOut
    manager.user_loader(_load)
    app.after_request(_commit_or_roll_back)
    app.teardown_request(_close)


def session() -> Session:
    """This request's session; an unsafe request takes the write lock on first use.

    So do slow work (hashing, asking another server) before you call it.
    """
    if "session" not in g:
        g.session = site().open_session(request.method not in SAFE_METHODS)
    opened: Session = g.session
    return opened


def viewer() -> Viewer | None:
    """Who asks; None when signed out."""
    found: Viewer | None = current_user.viewer
    return found


def begin_again() -> Session:
    """End the session so far without keeping anything, and open a new one."""
    _close()
    return session()


def aside(*, writes: bool = True) -> Session:
    """A session of its own, for what must outlive a refused request; the caller commits."""
    return site().open_session(writes)


def _load(cookie_id: str) -> SignedIn | None:
    public_id, _, generation = cookie_id.partition(".")
    if not generation.isdigit():
        return None
    if request.method in SAFE_METHODS:
        found = find_viewer(session(), public_id, int(generation), clock.now())
    else:  # reading who asks must not take the write lock yet
        with aside(writes=False) as reading:
            found = find_viewer(reading, public_id, int(generation), clock.now())
    return SignedIn(found, int(generation)) if found else None


def _commit_or_roll_back(response: Response) -> Response:
    opened: Session | None = g.get("session")
    if opened is None:
        return response
    if response.status_code >= 400:
        opened.rollback()
        return response
    opened.commit()
    if opened.info.pop("has_jobs", False):
        site().wake()
    return response


def _close(_error: Any = None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
