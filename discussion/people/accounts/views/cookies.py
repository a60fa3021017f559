"""What the browser is given: a fresh session at sign-in, and nothing of the one before."""

from flask import after_this_request, current_app, flash, request
from flask import session as cookie
from flask_login import login_user, logout_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock
from discussion.kept.forms import claim_at_sign_in
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.devices import (
    DEVICES_KEPT,
    device_key,
    know_device,
    new_device_secret,
)
from discussion.people.accounts.operations.sessions import begin_session, sign_out, tell_new_device
from discussion.people.accounts.queries_higher import KEPT
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.people.accounts.words import LASTS_AT_MOST, device_in_words
from discussion.people.accounts.words_kept import TOKEN, joined, named_in, tokens_in, without
from discussion.permissions.facts import Viewer
from discussion.web import doorway
from discussion.web.doorway import SignedIn

DEVICE = "device"  # the cookie by which an account knows this browser again


def secret() -> str:
    """The site's key, for links and keyed hashes."""
    return str(current_app.secret_key)


def client_address() -> str:
    return request.remote_addr or ""


def is_remembered() -> bool:
    """Whether this browser was asked to stay signed in."""
    return bool(request.cookies.get("remember_token"))


def device() -> str:
    """The secret of this browser; empty if nobody signed in here before."""
    return request.cookies.get(DEVICE, "")


def held_token() -> str:
    """Of everything that was written in this browser signed out, by whomever."""
    return str(cookie.get(TOKEN, ""))[:200]


def draft_token() -> str:
    """Of what somebody wrote a moment ago, and comes in to go on with; empty if they did not.

    It is what this browser holds *and* the page that they go on to names: another may have written
    here before them, and no stranger's address makes a text theirs.
    """
    held = tokens_in(held_token())
    named = named_in(request.form.get("next") or request.args.get("next", ""))
    ticked = (one[:200] for one in request.form.getlist(TOKEN))
    return joined(*(one for one in named if one in held), *ticked)


def hold_token(token: str) -> None:
    """What was written here signed out waits for who says that it was they."""
    if token:
        cookie[TOKEN] = token


def let_in(
    session: Session,
    person: Person,
    *,
    remember: bool = False,
    token: str = "",
    tells: bool = False,
) -> Viewer:
    """Begin a new session for the person; what they wrote before becomes theirs.

    The session that this browser had ends. If this `tells`, a new browser is told of by mail.
    """
    token = joined(token, draft_token())
    left = without(held_token(), token)
    session.flush()
    now = clock.now()
    actor = viewer_of(session, person, now)
    end_this_session(session)
    was_known, key = know_this_device(session, person)
    where = device_in_words(request.user_agent.string)
    row, own = begin_session(session, person, device=where, device_key=key, now=now)
    if tells and not was_known:
        tell_new_device(session, row, now=now)
    cookie.clear()
    if is_remembered() and not remember:
        cookie["_remember"] = "clear"  # somebody else's, perhaps: it must not come back
    login_user(SignedIn(actor, row, own), remember=remember, duration=LASTS_AT_MOST)
    if token:
        KEPT().claim(session, actor, token, now=now)
    hold_token(left)
    if left and KEPT().list_held(session, left):
        waits = _("Something that was written here signed out waits: its page asks whose it is.")
        flash(waits, "kept")
    claim_at_sign_in(session, actor, request.form, request.cookies)
    return actor


def end_this_session(session: Session) -> None:
    """Whoever was signed in here is not any more, not even with a copy of the cookie."""
    row = doorway.signed_in()
    if row is not None:
        sign_out(session, row.id, now=clock.now())


def let_out(session: Session) -> None:
    """End this browser's session, and what it remembered."""
    end_this_session(session)
    logout_user()
    remembered = cookie.get("_remember")  # asks Flask-Login to clear its cookie
    held = held_token()
    cookie.clear()
    hold_token(held)
    if remembered:
        cookie["_remember"] = remembered


def know_this_device(session: Session, person: Person) -> tuple[bool, str]:
    """Whether the account knew this browser before, and its key; from now on it does."""
    own = device() or new_device_secret()
    was_known = know_device(session, person, own, secret=secret(), now=clock.now())

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            DEVICE,
            own,
            max_age=DEVICES_KEPT,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response

    return was_known, device_key(person, own, secret())
