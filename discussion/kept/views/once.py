"""Two presses make one thing: the second leads to what the first made.

What was sent is noted in the transaction of what it did, so that of two at the same time the second
waits for the first, sees that it was, and undoes itself.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, flash, g, make_response, redirect, request
from flask import session as cookie
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.kept.models import SentForm
from discussion.kept.operations import forget_sent, note_sent
from discussion.kept.queries import find_kept, find_sent, last_saved
from discussion.kept.tokens import Led, content_of, keyed, opened
from discussion.kept.views.tokens import is_from_script, secret, sent_token
from discussion.kept.words import FILLED, NOT_ONCE, ONCE_WHERE, TOKEN
from discussion.web import doorway
from discussion.web.doorway import SAFE_METHODS, separate_session
from discussion.web.versions import versioned_at


@dataclass(frozen=True)
class Sending:
    """A form that is on its way, and by what a second press is known."""

    key: str
    place: str
    nonce: str


def install(blueprint: Blueprint) -> None:
    blueprint.before_app_request(answer_again)
    blueprint.after_app_request(note_or_answer_again)


def place_of(path: str) -> str:
    """One edit form, whoever saves it."""
    return keyed(secret(), "place", path)


def answer_again() -> AnyResponse | None:
    """A form that was sent before leads where it led, and does nothing."""
    if request.method in SAFE_METHODS or is_from_script() or not _is_once():
        return None
    token = sent_token()
    if token is None:
        return None
    fields = [(name, values) for name, values in request.form.lists() if name != TOKEN]
    viewer = doorway.viewer()
    who = f"person {viewer.public_id}" if viewer else "visitor"
    key = keyed(secret(), who, request.full_path, token.nonce, content_of(fields))
    g.sending = Sending(key, place_of(request.path), token.nonce)
    with separate_session(writes=False) as reading:
        row = find_sent(reading, key)
        if row is None or _was_changed_since(reading, row):
            return None
    return _led_again(row, token.nonce, says=True)


def note_or_answer_again(response: Response) -> Response:
    """Note what was done; where another press was quicker, undo this one and lead to that."""
    sending: Sending | None = g.pop("sending", None)
    if sending is None:
        return response
    if response.status_code >= 400:
        return _after_refusal(response, sending)
    if response.location is None or "session" not in g:
        return response
    try:
        return _noted(response, sending)
    except SQLAlchemyError as error:  # the disk is full, or the database refused
        return make_response(current_app.handle_user_exception(error))


def _noted(response: Response, sending: Sending) -> Response:
    session = doorway.session()
    _forget_what_filled(session)
    led = Led(response.location or "/", tuple(map(tuple, cookie.get("_flashes", ()))))
    viewer = doorway.viewer()
    edits = viewer is not None and versioned_at(request.endpoint) is not None
    sealed = led.sealed(secret(), sending.nonce)
    by = viewer.person_id if viewer and edits else None
    if g.get("sends_again"):
        forget_sent(session, sending.key)
    if note_sent(session, sending.key, sending.place, sealed, saved_by_id=by, now=clock.now()):
        return response
    first = find_sent(session, sending.key)
    session.rollback()
    again = _led_again(first, sending.nonce, says=False) if first else None
    if again is not None:
        response.location = again.location
    return response


def _after_refusal(response: Response, sending: Sending) -> Response:
    """It may be refused because the first press had done it already."""
    with separate_session(writes=False) as reading:
        row = find_sent(reading, sending.key)
    is_again = row is not None and not g.get("sends_again")
    again = _led_again(row, sending.nonce, says=True) if row is not None and is_again else None
    if again is None:
        return response
    if "session" in g:
        g.session.rollback()
    return make_response(again)


def _is_once() -> bool:
    name, value = ONCE_WHERE.get(request.endpoint or "", ("", ""))
    return request.endpoint not in NOT_ONCE or (bool(name) and request.form.get(name) == value)


def _was_changed_since(session: Session, row: SentForm) -> bool:
    """An edit form that is saved again after another change is meant, not pressed twice."""
    if versioned_at(request.endpoint) is None:
        return False
    newest = last_saved(session, row.place)
    g.sends_again = newest is not None and newest.id != row.id
    return bool(g.sends_again)


def _led_again(row: SentForm, nonce: str, *, says: bool) -> AnyResponse | None:
    led = opened(row.sealed, secret(), nonce)
    if led is None:
        return None
    for kind, words in led.says if says else ():
        flash(words, kind)
    return redirect(led.location, 303)


def _forget_what_filled(session: Session) -> None:
    """What was kept was sent at last: it is kept no longer."""
    viewer, public_id = doorway.viewer(), request.form.get(FILLED, "")
    if viewer is None or not public_id:
        return
    row = find_kept(session, public_id, now=clock.now())
    if row is not None and row.person_id == viewer.person_id:
        session.delete(row)
