"""The page on which a form stands, and the browser that finds what was kept in it."""

from urllib.parse import urlsplit

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from discussion.kept.views.tokens import sent_token
from discussion.kept.words import COOKIE, KEPT_FOR, PAGES
from discussion.web.forms import safe_next


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
