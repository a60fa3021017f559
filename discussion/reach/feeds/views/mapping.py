"""What search engines ask for."""

from flask import Response, abort, make_response, render_template

from discussion import clock, paths
from discussion.reach.feeds.queries import site_map
from discussion.reach.feeds.views import blueprint
from discussion.web.doorway import session
from discussion.web.site import site

NOT_FOUND_BY_ENGINES = ("/moderation", "/accounts", "/mine", "/kept")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Which addresses lead nowhere for a program, and where the map is."""
    lines = [f"Disallow: {path}" for path in NOT_FOUND_BY_ENGINES]
    base = site().settings.public_url
    written = "\n".join(("User-agent: *", *lines, f"Sitemap: {base}/sitemap.xml", ""))
    return Response(written, mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """Where the maps of the site are."""
    count = site_map.count_maps(session(), clock.now())
    base = site().settings.public_url
    maps = [base + paths.site_map(number) for number in range(1, count + 1)]
    return _as_xml("feeds/index.xml", maps)


@blueprint.get("/sitemaps/<int:number>.xml")
def one_map(number: int) -> Response:
    """Some of the addresses of the site."""
    found = site_map.list_addresses(session(), number, clock.now()) if number else []
    if not found:
        abort(404)
    base = site().settings.public_url
    return _as_xml("feeds/map.xml", [base + path for path in found])


def _as_xml(template: str, addresses: list[str]) -> Response:
    response = make_response(render_template(template, page=addresses))
    response.mimetype = "application/xml"
    return response
