"""Keeping a form aside, and finding the page on which it stands."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from discussion import clock
from discussion.kept.operations import Owner, Typed, keep_form
from discussion.kept.views.tokens import sent_token
from discussion.kept.words import COOKIE, KEPT_FOR, PAGES
from discussion.web.doorway import separate_session
from discussion.web.forms import safe_next


@dataclass(frozen=True)
class KeptNote:
    """What was kept; the words come from the request that this answers."""

    id: str
    kept_at: datetime
    until: datetime
    is_for_one: bool  # a person who is known, not whoever sits at this browser


def keep_aside(owner: Owner, typed: Typed) -> KeptNote | None:
    """Keep it in a transaction of its own; None where that did not succeed."""
    try:
        with separate_session() as writing:
            row = keep_form(writing, owner, typed, now=clock.now())
            writing.commit()
    except SQLAlchemyError:
        return None
    if row is None:
        return None
    return KeptNote(row.public_id, row.kept_at, row.expires_at, row.person_id is not None)


def page_of(address: str) -> str:
    """Where the form that is sent there stands: as its token says, or the nearest page above it."""
    token = sent_token()
    said = [token.page if token else "", _referrer(), PAGES.get(request.endpoint or "", "")]
    parts = urlsplit(address).path.split("/")
    above = ["/".join(parts[:length]) for length in range(len(parts), 1, -1)]
    return next((safe_next(one, "") for one in [*said, *above] if one and _is_page(one)), "/")


def remember(response: Response, token: str) -> None:
    """This browser finds what was kept in it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(KEPT_FOR.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def flat(fields: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, values in fields.items() for value in values)


def _referrer() -> str:
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_page(address: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    try:
        adapter.match(urlsplit(address).path, method="GET")
    except HTTPException:
        return False
    return True
