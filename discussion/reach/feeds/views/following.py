"""Feeds and calendars, and the page that lists them."""

from collections.abc import Callable, Mapping

from flask import Response, request

from discussion import clock, paths
from discussion.language import language_tag
from discussion.reach.feeds import atom, ics
from discussion.reach.feeds.queries import calendar as of_series
from discussion.reach.feeds.queries import feeds, needed, page
from discussion.reach.feeds.queries.shapes import Feed
from discussion.reach.feeds.views import blueprint
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer, as_data, wants_json
from discussion.web.site import site

# Which feed follows a page, by the page's endpoint and what its address names.
_FOLLOWS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "overview.home": lambda _named: paths.site_feed(),
    "overview.page": lambda named: paths.series_feed(named["slug"]),
    "overview.findings": lambda named: paths.series_feed(named["slug"]),
    "overview.theme": lambda named: paths.theme_feed(named["slug"], named["theme"]),
    "threads.page": lambda named: paths.thread_feed(named["slug"]),
    "findings.page": lambda named: paths.thread_feed(named["slug"]),
    "values.value": lambda named: paths.value_feed(named["slug"], named["value"]),
    "evidence.item": lambda named: paths.item_feed(named["slug"], named["public_id"]),
    "publications.listed": lambda named: paths.publications_feed(named["slug"]),
    "publications.page": lambda named: paths.publications_feed(named["slug"]),
    "needed.page": lambda named: paths.needed_feed(named["slug"]),
    "needed.question": lambda named: paths.needed_question_feed(named["slug"], named["question"]),
    "transparency.log": lambda named: paths.log_feed(named["slug"]),
}


def follows(endpoint: str, named: Mapping[str, str]) -> str:
    """The feed of what a page shows; empty where there is none."""
    feed = _FOLLOWS.get(endpoint)
    return feed(named) if feed else ""


@blueprint.get("/feeds")
def of_site() -> Response:
    """Which feeds there are."""
    return answer("feeds/page.html", page.site_feeds(session()))


@blueprint.get("/feeds/series/<slug>")
def of_a_series(slug: str) -> Response:
    """Which feeds a series has."""
    shown = or_404(page.series_feeds(session(), viewer(), slug))
    return answer("feeds/page.html", shown, series=(shown.series_slug, shown.series_title))


@blueprint.get("/feeds/atom")
def everything() -> Response:
    """What is new on the site."""
    name = site().settings.site_name
    return _followed(feeds.site_feed(session(), name, language_tag(), clock.now()))


@blueprint.get("/feeds/series/<slug>/atom")
def series(slug: str) -> Response:
    """What is new in a series."""
    return _followed(feeds.series_feed(session(), slug, clock.now()))


@blueprint.get("/feeds/series/<slug>/themes/<theme>/atom")
def theme(slug: str, theme: str) -> Response:
    """What is new under a theme."""
    return _followed(feeds.theme_feed(session(), slug, theme, clock.now()))


@blueprint.get("/feeds/threads/<slug>/atom")
def thread(slug: str) -> Response:
    """What is new in a thread."""
    return _followed(feeds.thread_feed(session(), slug, clock.now()))


@blueprint.get("/feeds/series/<slug>/values/<value>/atom")
def value(slug: str, value: str) -> Response:
    """Who names a value."""
    return _followed(feeds.value_feed(session(), slug, value, clock.now()))


@blueprint.get("/feeds/series/<slug>/evidence/<public_id>/atom")
def item(slug: str, public_id: str) -> Response:
    """Who cites an item."""
    return _followed(feeds.item_feed(session(), slug, public_id, clock.now()))


@blueprint.get("/feeds/publications/atom")
def published() -> Response:
    """The briefings and essays of the site."""
    name = site().settings.site_name
    return _followed(feeds.site_publications(session(), name, language_tag()))


@blueprint.get("/feeds/series/<slug>/publications/atom")
def published_in(slug: str) -> Response:
    """The briefings and essays of a series."""
    return _followed(feeds.series_publications(session(), slug))


@blueprint.get("/feeds/series/<slug>/log/atom")
def log(slug: str) -> Response:
    """What moderators decided."""
    return _followed(feeds.log_feed(session(), slug, clock.now()))


@blueprint.get("/feeds/series/<slug>/needed/atom")
def what_is_needed(slug: str) -> Response:
    """What people would need to know."""
    return _followed(needed.needed_feed(session(), slug, clock.now()))


@blueprint.get("/feeds/series/<slug>/needed/<question>/atom")
def question(slug: str, question: str) -> Response:
    """What was done with one question."""
    return _followed(needed.question_feed(session(), slug, question, clock.now()))


@blueprint.get("/feeds/series/<slug>/calendar.ics")
def calendar(slug: str) -> Response:
    """The dates of a series."""
    return Response(
        ics.as_ics(or_404(of_series.series_calendar(session(), slug))), mimetype=ics.TYPE
    )


def _followed(feed: Feed | None) -> Response:
    found = or_404(feed)
    if wants_json():
        return as_data(found)
    return Response(atom.as_atom(found, request.path), mimetype=atom.TYPE)
