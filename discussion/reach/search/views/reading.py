"""Results as a page, as data and as a feed."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.reach.feeds import atom
from discussion.reach.search.queries.feed import search_feed
from discussion.reach.search.queries.first import first_found
from discussion.reach.search.queries.near import near_page
from discussion.reach.search.queries.page import Asked, read_asked, search_page
from discussion.reach.search.views import blueprint
from discussion.reach.search.words import LONGEST_CHOICE
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer, as_data, wants_fragment, wants_json
from discussion.web.paging import page_asked


@blueprint.get("/search")
def page() -> Response:
    """What was found; with nothing asked, the box and what can be looked for."""
    shown = or_404(search_page(session(), viewer(), asked()))
    series = (shown.series_slug, shown.series_title) if shown.series_slug else None
    response = answer("search/page.html", shown, series=series)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/search/first")
def first() -> AnyResponse:
    """For the box while somebody types: a fragment for its script, JSON, or the page of results."""
    slug = request.args.get("series", "")[:LONGEST_CHOICE]
    found = or_404(first_found(session(), viewer(), request.args.get("q", ""), slug))
    if not (wants_fragment() or wants_json()):
        return redirect(found.all_url, 303)
    response = answer("search/first.html", found)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/search/near/<public_id>")
def near(public_id: str) -> AnyResponse:
    """What is near a position: a part of its page for its script, JSON, or the page of results."""
    found = or_404(near_page(session(), viewer(), public_id))
    if not (wants_fragment() or wants_json()):
        return redirect(found.all_url, 303)
    response = answer("search/near.html", found)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/search/atom")
def feed() -> Response:
    """What is new of it, for programs; as a visitor finds it, whoever asks."""
    found = or_404(search_feed(session(), asked(), clock.now()))
    if wants_json():
        return as_data(found)
    own_path = request.full_path.rstrip("?")
    return Response(atom.as_atom(found, own_path), mimetype=atom.TYPE)


def asked() -> Asked:
    """What the address of this request asks for."""
    return read_asked(request.args, page_asked())
