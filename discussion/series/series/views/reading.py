"""Reading the rules of a series."""

from flask import Blueprint
from werkzeug.wrappers import Response

from discussion.series.series.queries.reading import rules_page
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer


def install(blueprint: Blueprint) -> None:
    blueprint.get("/series/<slug>/rules")(rules)


def rules(slug: str) -> Response:
    shown = or_404(rules_page(session(), viewer(), slug))
    return answer("series/rules.html", shown, series=(shown.series_slug, shown.series_title))
