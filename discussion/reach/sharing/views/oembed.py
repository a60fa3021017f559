"""oEmbed: a program that holds an address is told which card stands for it (oembed.com)."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import Response, current_app, jsonify, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from discussion.language import _
from discussion.reach.sharing.code import height_of, iframe, width_of
from discussion.reach.sharing.queries import cards
from discussion.reach.sharing.queries.shapes import EmbedCard
from discussion.reach.sharing.views import blueprint
from discussion.reach.sharing.words import PLACE
from discussion.web.doorway import session
from discussion.web.errors import NotFound
from discussion.web.refusals import refusal
from discussion.web.site import site

Values = Mapping[str, str]
# The card of a page, by the page's endpoint and what its address names.
_STANDS_FOR: Mapping[str, Callable[[Session, Values], EmbedCard | None]] = {
    "threads.page": lambda asked, named: cards.card_of_thread(asked, named["slug"]),
    "positions.page": lambda asked, named: cards.card_of_position(asked, named["public_id"]),
    "findings.page": lambda asked, named: cards.card_of_finding(asked, named["slug"]),
    "publications.page": lambda asked, named: cards.card_of_publication(
        asked, named["slug"], named["publication"]
    ),
}
PICTURE = (1200, 630)


@blueprint.get("/oembed")
def oembed() -> Response:
    """The card of the page at `url`, at most `maxwidth` by `maxheight` pixels."""
    if not site().settings.embed:
        raise NotFound
    if request.args.get("format", "json") != "json":
        return refusal(501, says=_("The answer is given as JSON alone."))
    limits = [_limit(name) for name in ("maxwidth", "maxheight")]
    if None in limits:
        return refusal(400, says=_("“maxwidth” and “maxheight” are whole numbers of pixels."))
    card = _card_at(request.args.get("url", ""))
    if card is None or not (card.words or card.state != "published" or card.gone):
        return refusal(404, says=_("No page of this site that may be shown has this address."))
    return jsonify(_told(card, limits[0] or 0, limits[1] or 0))


def _limit(name: str) -> int | None:
    """A number of pixels; 0 where none was asked for, None for what is no number."""
    asked = request.args.get(name, "")
    if not asked:
        return 0
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else None


def _card_at(address: str) -> EmbedCard | None:
    """What stands for the page at this address; whatever else it is, None."""
    try:
        asked, own = urlsplit(address), urlsplit(site().settings.public_url)
        if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
            return None
        endpoint, values = current_app.url_map.bind("").match(asked.path, method="GET")
    except (ValueError, HTTPException):
        return None
    find = _STANDS_FOR.get(endpoint)
    return find(session(), values) if find else None


def _told(card: EmbedCard, most_wide: int, most_high: int) -> dict[str, str | int]:
    base, name = site().settings.public_url, site().settings.site_name
    width = width_of(most_wide)
    height = min(height_of(card.words, width), most_high or height_of(card.words, width))
    told: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "provider_name": card.series_title or name,
        "provider_url": base,
        "title": card.words or card.label,
        "html": iframe(f"{base}/embed{card.url}", card.words or card.label, width, height),
        "width": width,
        "height": height,
        "cache_age": PLACE,
    }
    if card.byline is not None:
        told["author_name"] = card.byline.name
        if card.byline.person_url:
            told["author_url"] = base + card.byline.person_url
    fits = (not most_wide or most_wide >= PICTURE[0]) and (not most_high or most_high >= PICTURE[1])
    if card.picture_url and fits:
        told["thumbnail_url"] = base + card.picture_url
        told["thumbnail_width"], told["thumbnail_height"] = PICTURE
    return told
