"""What this site is, what it keeps, what it asks; and the colours a reader chooses."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, redirect, request
from flask import Response as Answer
from werkzeug.wrappers import Response

from discussion import clock
from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION
from discussion.web.errors import NotFound
from discussion.web.faces import answer
from discussion.web.forms import safe_next
from discussion.web.layout import THEME_COOKIE, THEMES
from discussion.web.site import site

blueprint = Blueprint("about", __name__)
YEAR = 365 * 24 * 3600
HALF_A_YEAR = timedelta(days=180)


@dataclass(frozen=True)
class AboutPage:
    """The versions of what people agree to, and whom to write to; the words are the templates'."""

    contact: str  # the address of whoever runs the site, empty if they give none
    terms_version: str = TERMS_VERSION
    rules_version: str = RULES_VERSION


@blueprint.get("/about")
def page() -> Response:
    return answer("about/page.html", _page())


@blueprint.get("/about/privacy")
def privacy() -> Response:
    return answer("about/privacy.html", _page())


@blueprint.get("/about/accessibility")
def accessibility() -> Response:
    return answer("about/accessibility.html", _page())


@blueprint.get("/about/terms")
def terms() -> Response:
    return answer("about/terms.html", _page())


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Whom to tell of a weakness (RFC 9116); it runs out half a year from today."""
    settings = site().settings
    contact = settings.security_contact or (
        f"mailto:{settings.contact_address}" if settings.contact_address else ""
    )
    if not contact:
        raise NotFound
    ends = (clock.now() + HALF_A_YEAR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.public_url}{request.path}",
    )
    return Answer("".join(f"{line}\n" for line in lines), mimetype="text/plain")


def _page() -> AboutPage:
    return AboutPage(contact=site().settings.contact_address)


@blueprint.post("/about/theme")
def choose_theme() -> Response:
    """Remember the colours for a year; an unknown choice follows the device."""
    chosen = request.form.get("theme", "")
    response = redirect(safe_next(request.form.get("next"), "/"), 303)
    response.set_cookie(
        THEME_COOKIE,
        chosen if chosen in THEMES else THEMES[0],
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=not site().settings.is_loopback,
    )
    return response
