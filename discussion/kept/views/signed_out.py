"""A form whose sender is signed out is kept, and its page says so, or that it is not."""

from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask import session as cookie
from sqlalchemy.orm import Session

from discussion.kept.forms import Line, browser_token, sent_fields, settled, shown
from discussion.kept.forms_aside import KeptNote, keep_aside
from discussion.kept.operations import Owner, Typed
from discussion.kept.queries import name_of, whose_session
from discussion.kept.tokens import keyed
from discussion.kept.views.keeping import flat, page_of, remember
from discussion.kept.views.tokens import is_from_script, secret, sent_token
from discussion.kept.words import FOR_VISITORS, NEVER_KEPT, OPENED
from discussion.text.networks import network_of
from discussion.web import doorway
from discussion.web.doorway import SAFE_METHODS, separate_session
from discussion.web.faces import answer, wants_json

SIGN_IN_FIRST, ANOTHER = 401, 409


@dataclass(frozen=True)
class SignedOutPage:
    """The page after a session that ended, or for who was not signed in at all."""

    was_signed_in: bool
    kept: KeptNote | None
    why_not: str  # the reason why such a form is never kept; "" where it could not be
    lines: tuple[Line, ...]
    typed: tuple[tuple[str, str], ...]  # to be sent again from this page
    address: str
    page_url: str
    next: str


@dataclass(frozen=True)
class AnotherPage:
    """The page for a form that was opened under another account than is signed in now."""

    name: str  # who is signed in
    opened_by: str
    lines: tuple[Line, ...]
    typed: tuple[tuple[str, str], ...]
    address: str
    page_url: str


def install(blueprint: Blueprint) -> None:
    blueprint.before_app_request(keep_or_show)


def keep_or_show() -> Response | None:
    """Before a form is looked at: its sender must be here, and be who opened it."""
    is_form = request.method not in SAFE_METHODS and not (is_from_script() or wants_json())
    if not is_form or request.endpoint is None:
        return None
    if doorway.viewer() is None:
        return None if request.endpoint in FOR_VISITORS else _signed_out()
    return _if_opened_by_another()


def _signed_out() -> Response:
    address = request.full_path.rstrip("?")
    page_url = page_of(address)
    fields = settled(sent_fields(request.form))
    token = browser_token(request.cookies) or token_urlsafe(24)
    with separate_session(writes=False) as reading:
        person_id = _whose(reading)
    why_not = str(NEVER_KEPT.get(request.endpoint or "", ""))
    kept = None
    if not why_not and _has_words(fields):
        owner = Owner(person_id, token, _network())
        kept = keep_aside(owner, Typed(address, page_url, fields))
    separator = "&" if "?" in page_url else "?"
    page = SignedOutPage(
        was_signed_in=person_id is not None,
        kept=kept,
        why_not=why_not,
        lines=tuple(shown(fields)),
        typed=flat(fields),
        address=address,
        page_url=page_url,
        next=f"{page_url}{separator}{urlencode({'kept': kept.id})}" if kept else page_url,
    )
    response = answer("kept/signed_out.html", page, status=SIGN_IN_FIRST)
    if kept:
        remember(response, token)
    return response


def _whose(reading: Session) -> int | None:
    """Of the session that this browser had; else of the one in which the form was opened."""
    had = str(cookie.get("_user_id", ""))
    person_id = whose_session()(reading, token=had) if had else None
    token = sent_token()
    if person_id is None and token and token.session_id:
        person_id = whose_session()(reading, public_id=token.session_id)
    return person_id


def _if_opened_by_another() -> Response | None:
    token, session, viewer = sent_token(), doorway.signed_in(), doorway.viewer()
    assert viewer is not None
    if token is None or session is None or token.session_id in ("", session.public_id):
        return None
    with separate_session(writes=False) as reading:
        person_id = whose_session()(reading, public_id=token.session_id)
        if person_id in (None, viewer.person_id):
            return None
        assert person_id is not None
        opened_by = name_of()(reading, person_id)
    fields = sent_fields(request.form)
    page = AnotherPage(
        name=viewer.name,
        opened_by=opened_by,
        lines=tuple(shown(fields)),
        typed=flat(fields),
        address=request.full_path.rstrip("?"),
        page_url=page_of(request.path),
    )
    return answer("kept/another.html", page, status=ANOTHER)


def _has_words(fields: dict[str, list[str]]) -> bool:
    return any(
        value.strip() for name, values in fields.items() if name != OPENED for value in values
    )


def _network() -> str:
    return keyed(secret(), "network", network_of(request.remote_addr or ""))
