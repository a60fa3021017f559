"""Reading: the front page, a series, its rules, a theme."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from discussion.series.queries.reading import home_page, rules_page, series_page, theme_page
from discussion.web.doorway import session, viewer
from discussion.web.errors import found
from discussion.web.faces import SUFFIX, answer, wants_json


def install(blueprint: Blueprint) -> None:
    blueprint.get("/")(home)
    blueprint.get("/series/<slug>")(page)
    blueprint.get("/series/<slug>/rules")(rules)
    blueprint.get("/series/<slug>/themes/<theme>")(theme)


def home() -> Response:
    """With exactly one series there is nothing to choose."""
    listed = home_page(session(), viewer())
    if len(listed.series) == 1 and not listed.create_url:
        url = url_for("series.page", slug=listed.series[0].slug)
        return redirect(url + SUFFIX if wants_json() else url, 302)
    return answer("series/home.html", listed)


def page(slug: str) -> Response:
    shown = found(series_page(session(), viewer(), slug))
    return answer("series/page.html", shown, series=(shown.slug, shown.title))


def rules(slug: str) -> Response:
    shown = found(rules_page(session(), viewer(), slug))
    return answer("series/rules.html", shown, series=(shown.series_slug, shown.series_title))


def theme(slug: str, theme: str) -> Response:
    shown = found(theme_page(session(), viewer(), slug, theme))
    return answer("series/theme.html", shown, series=(slug, shown.series_title))
