"""Reading: the front page, a series, what was found in it, a theme, where to write."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from discussion.debate.threads.queries.head_series import series_head
from discussion.permissions.facts import Viewer
from discussion.permissions.menus import PUBLICATIONS
from discussion.web.bodies import Made, answer_kept
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import SUFFIX, answer, wants_json
from discussion.web.paging import page_asked
from discussion.weighing.overview.queries.choosing import write_choice
from discussion.weighing.overview.queries.found import findings_list
from discussion.weighing.overview.queries.front import quiet_page, with_news
from discussion.weighing.overview.queries.home import home_page, only_series
from discussion.weighing.overview.queries.shapes import SeriesPage
from discussion.weighing.overview.queries.theme import theme_page

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
def home() -> Response:
    """With exactly one series there is nothing to choose."""
    if slug := only_series(session(), viewer()):
        url = url_for("overview.page", slug=slug)
        return redirect(url + SUFFIX if wants_json() else url, 302)
    return answer("overview/home.html", home_page(session(), viewer()))


@blueprint.get("/series/<slug>")
def page(slug: str) -> Response:
    """A series at a glance."""

    head = or_404(series_head(session(), viewer(), slug, tells_replies=True))
    has_published = PUBLICATIONS in head.menu

    def make(asker: Viewer | None) -> Made | None:
        shown = quiet_page(session(), asker, slug, has_published=has_published)
        return Made(shown, (shown.slug, shown.title)) if shown else None

    def fill(asker: Viewer | None, shown: SeriesPage) -> SeriesPage:
        return with_news(session(), asker, shown, head.series_id)

    return or_404(answer_kept("overview/page.html", head, make, fill))


@blueprint.get("/series/<slug>/findings")
def findings(slug: str) -> Response:
    """The findings of a series, of each thread the newest."""

    def make(asker: Viewer | None) -> Made | None:
        shown = findings_list(session(), asker, slug, page_asked(), page_asked("waiting"))
        return Made(shown, (shown.series_slug, shown.series_title)) if shown else None

    head = series_head(session(), viewer(), slug)
    return or_404(answer_kept("overview/findings.html", head, make))


@blueprint.get("/series/<slug>/write")
def write(slug: str) -> Response:
    """Where to write is the writer's to choose, never the site's."""
    shown = or_404(write_choice(session(), viewer(), slug))
    return answer("overview/write.html", shown, series=(shown.series_slug, shown.series_title))


@blueprint.get("/series/<slug>/themes/<theme>")
def theme(slug: str, theme: str) -> Response:
    """A theme, its threads and what was found in them."""

    head = series_head(session(), viewer(), slug)
    has_published = head is not None and PUBLICATIONS in head.menu

    def make(asker: Viewer | None) -> Made | None:
        shown = theme_page(session(), asker, slug, theme, page_asked(), has_published=has_published)
        return Made(shown, (slug, shown.series_title)) if shown else None

    return or_404(answer_kept("overview/theme.html", head, make))
