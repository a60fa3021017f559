"""Values by evidence, level and role."""

from dataclasses import astuple, fields

from flask import Response, request

from discussion.reach.search.queries.pivot import NARROWED, SIDES, PivotAsked, pivot_page
from discussion.reach.search.queries.pivot_file import PivotLine, list_pivot
from discussion.reach.search.views import blueprint
from discussion.reach.search.words import LONGEST_CHOICE
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.sector import speak_of
from discussion.web.spreadsheets import as_csv


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


@blueprint.get("/search/series/<slug>/values-by-evidence.csv")
def pivot_file(slug: str) -> Response:
    """The same as one table: each value by evidence, level and role."""
    lines = or_404(list_pivot(session(), viewer(), slug))
    head = [field.name for field in fields(PivotLine)]
    response = as_csv(f"values-by-evidence-{slug}.csv", head, map(astuple, lines))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
