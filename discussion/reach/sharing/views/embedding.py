"""Cards, each in a small page that other sites may frame: no script, no cookie, one style."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Response, abort, current_app, make_response, render_template

from discussion.language import language_tag
from discussion.reach.sharing.queries import cards
from discussion.reach.sharing.queries.shapes import EmbedCard
from discussion.reach.sharing.views import blueprint
from discussion.web.assets import YEAR
from discussion.web.doorway import session
from discussion.web.embedding import framed
from discussion.web.errors import NotFound
from discussion.web.shrinking import shrink_css
from discussion.web.site import site


@blueprint.get("/embed/threads/<slug>")
def thread(slug: str) -> Response:
    """The card of a thread."""
    return _drawn(cards.card_of_thread(session(), slug)) if _is_on() else _nothing()


@blueprint.get("/embed/positions/<public_id>")
def position(public_id: str) -> Response:
    """The card of a position."""
    return _drawn(cards.card_of_position(session(), public_id)) if _is_on() else _nothing()


@blueprint.get("/embed/findings/<slug>")
def finding(slug: str) -> Response:
    """The card of what was found in a thread."""
    return _drawn(cards.card_of_finding(session(), slug)) if _is_on() else _nothing()


@blueprint.get("/embed/publications/<slug>/<publication>")
def publication(slug: str, publication: str) -> Response:
    """The card of a briefing or an essay."""
    if not _is_on():
        return _nothing()
    return _drawn(cards.card_of_publication(session(), slug, publication))


@blueprint.get("/embed/card-<digest>.css")
def style(digest: str) -> Response:
    """The style of every card."""
    css, version = _style(Path(current_app.static_folder or ""))
    if digest != version:
        abort(404)
    response = framed(Response(css, mimetype="text/css"))
    response.headers["Cache-Control"] = YEAR
    return response


def _is_on() -> bool:
    return site().settings.embed


def _nothing() -> Response:
    raise NotFound


def _drawn(card: EmbedCard | None) -> Response:
    """Of what may not be shown nothing is told, whatever the reason; it fits into a frame too."""
    page = {
        "card": card,
        "site_url": site().settings.public_url,
        "style_url": f"/embed/card-{_style(Path(current_app.static_folder or ''))[1]}.css",
        "language": language_tag(),
    }
    answered = make_response(render_template("sharing/card.html", page=page), 200 if card else 404)
    answered.headers["X-Robots-Tag"] = "noindex"
    return framed(answered)


@cache
def _style(static: Path) -> tuple[bytes, str]:
    (css,) = shrink_css((static / "card" / "card.css").read_text())
    return css.encode(), sha256(css.encode()).hexdigest()[:12]
