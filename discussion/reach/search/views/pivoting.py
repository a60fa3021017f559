"""Values by evidence, level and role."""

from flask import Response, request

from discussion.reach.search.queries.pivot import NARROWED, SIDES, PivotAsked, pivot_page
from discussion.reach.search.views import blueprint
from discussion.reach.search.words import LONGEST_CHOICE
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.sector import speak_of


@blueprint.get("/search/series/<slug>")
def pivot(slug: str) -> Response:
    """How many positions serve each value with each kind of evidence."""
    said = {name: request.args.get(name, "")[:LONGEST_CHOICE] for name in NARROWED}
    side = request.args.get("by", "")
    chosen = {name: word for name, word in said.items() if word}
    asked = PivotAsked(side if side in SIDES else SIDES[0], chosen)
    shown = or_404(pivot_page(session(), viewer(), slug, asked))
    speak_of(slug)
    response = answer("search/pivot.html", shown, series=(slug, shown.series_title))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
