"""Reading: the front page, a series, what was found in it, its rules, a theme, where to write."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from discussion.series.series.queries.choosing import write_choice
from discussion.series.series.queries.found import findings_list
from discussion.series.series.queries.front import series_page
from discussion.series.series.queries.home import home_page, only_series
from discussion.series.series.queries.reading import rules_page, theme_page
from discussion.web.doorway import session, viewer
from discussion.web.errors import found
from discussion.web.faces import SUFFIX, answer, wants_json


def install(blueprint: Blueprint) -> None:
    blueprint.get("/")(home)
    blueprint.get("/series/<slug>")(page)
    blueprint.get("/series/<slug>/findings")(findings)
    blueprint.get("/series/<slug>/write")(write)
    blueprint.get("/series/<slug>/rules")(rules)
    blueprint.get("/series/<slug>/themes/<theme>")(theme)


def home() -> Response:
    """With exactly one series there is nothing to choose."""
    if slug := only_series(session(), viewer()):
        url = url_for("series.page", slug=slug)
        return redirect(url + SUFFIX if wants_json() else url, 302)
    return answer("series/home.html", home_page(session(), viewer()))


def page(slug: str) -> Response:
    shown = found(series_page(session(), viewer(), slug))
    return answer("series/page.html", shown, series=(shown.slug, shown.title))


def findings(slug: str) -> Response:
    shown = found(findings_list(session(), viewer(), slug))
    return answer("series/findings.html", shown, series=(shown.series_slug, shown.series_title))


def write(slug: str) -> Response:
    """Where to write is the writer's to choose, never the site's."""
    shown = found(write_choice(session(), viewer(), slug))
    return answer("series/write.html", shown, series=(shown.series_slug, shown.series_title))


def rules(slug: str) -> Response:
    shown = found(rules_page(session(), viewer(), slug))
    return answer("series/rules.html", shown, series=(shown.series_slug, shown.series_title))


def theme(slug: str, theme: str) -> Response:
    shown = found(theme_page(session(), viewer(), slug, theme))
    return answer("series/theme.html", shown, series=(slug, shown.series_title))
