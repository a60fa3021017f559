"""Pictures, each at an address of its own."""

import json
from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort

from discussion import paths
from discussion.language import language_tag
from discussion.reach.pictures.drawing import TYPE, as_png, icon
from discussion.reach.pictures.queries import finding
from discussion.reach.pictures.queries.shapes import Picture
from discussion.reach.pictures.words import ICONS, PAPER
from discussion.web.doorway import session
from discussion.web.drawn import Drawn
from discussion.web.errors import or_404
from discussion.web.site import site

blueprint = Blueprint("pictures", __name__)
_PICTURES: Drawn[tuple[Picture, str]] = Drawn()  # by all that they say, and the language around it

# Which picture goes with a page, by the page's endpoint and what its address names.
_GOES_WITH: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "overview.page": lambda named: paths.picture_of_series(named["slug"]),
    "overview.findings": lambda named: paths.picture_of_series(named["slug"]),
    "overview.theme": lambda named: paths.picture_of_series(named["slug"]),
    "threads.page": lambda named: paths.picture_of_thread(named["slug"]),
    "positions.version": lambda named: paths.picture_of_position(named["public_id"]),
    "positions.page": lambda named: paths.picture_of_position(named["public_id"]),
    "findings.page": lambda named: paths.picture_of_finding(named["slug"]),
    "findings.version": lambda named: paths.picture_of_finding(named["slug"]),
}
# Else by what `slug` names in a room's addresses: a series, or a thread.
_OF_SERIES = frozenset({"values", "evidence", "publications", "needed", "transparency", "packages"})
_OF_SERIES_TOO = frozenset({"series.rules", "feeds.of_a_series", "overview.write"})
_OF_THREADS = frozenset({"threads", "findings", "rounds", "statements"})


def goes_with(endpoint: str, named: Mapping[str, str]) -> str:
    """The picture beside a link to a page; the site's own where there is no nearer one."""
    if picture := _GOES_WITH.get(endpoint):
        return picture(named)
    room, slug = endpoint.partition(".")[0], named.get("slug", "")
    if slug and (room in _OF_SERIES or endpoint in _OF_SERIES_TOO):
        return paths.picture_of_series(slug)
    if slug and room in _OF_THREADS:
        return paths.picture_of_thread(slug)
    return paths.picture_of_site()


@blueprint.get("/pictures/icon-<int:size>.png")
def mark(size: int) -> Response:
    """The site's mark, for a telephone's first page."""
    if size not in ICONS:
        abort(404)
    return Response(icon(size), mimetype=TYPE)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a telephone asks of a site that is put on its first page."""
    name = site().settings.site_name
    icons = [{"src": paths.icon(size), "sizes": f"{size}x{size}", "type": TYPE} for size in ICONS]
    told = {"name": name, "short_name": name, "start_url": "/", "display": "browser"}
    colours = {"background_color": PAPER, "theme_color": PAPER}
    return Response(
        json.dumps({**told, **colours, "icons": icons}), mimetype="application/manifest+json"
    )


@blueprint.get("/pictures/site.png")
def of_site() -> Response:
    """The site's name, for pages that have no picture of their own."""
    return _drawn(finding.of_site(site().settings.site_name))


@blueprint.get("/pictures/series/<slug>.png")
def of_series(slug: str) -> Response:
    """The question of a series."""
    return _drawn(finding.of_series(session(), slug))


@blueprint.get("/pictures/threads/<slug>.png")
def of_thread(slug: str) -> Response:
    """The question of a thread, and where its positions stand."""
    return _drawn(finding.of_thread(session(), slug))


@blueprint.get("/pictures/positions/<public_id>.png")
def of_position(public_id: str) -> Response:
    """A claim, and the values that it serves."""
    return _drawn(finding.of_position(session(), public_id))


@blueprint.get("/pictures/findings/<slug>.png")
def of_finding(slug: str) -> Response:
    """What was found in a thread."""
    return _drawn(finding.of_finding(session(), slug))


def _drawn(picture: Picture | None) -> Response:
    shown = or_404(picture)
    made = _PICTURES.of((shown, language_tag()), lambda: as_png(shown))
    drawn = Response(made, mimetype=TYPE)
    drawn.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is shown where it is sent
    return drawn
