"""The ladder of a thread, and the ladders of a series together, in the browser."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from discussion import paths
from discussion.debate.threads.queries import find_new_slug
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import SUFFIX, answer, wants_json
from discussion.web.paging import page_asked
from discussion.web.sector import speak_of
from discussion.weighing.levels.queries.ladder import Asked, ladder_page
from discussion.weighing.levels.queries.summed import series_levels_page

blueprint = Blueprint("levels", __name__)


@blueprint.get("/levels/<slug>")
def ladder(slug: str) -> Response:
    """If it is decided at one level, what follows above and below."""
    asked = Asked(
        decided_at=request.args.get("decided", ""),
        position=request.args.get("position", ""),
        rung=request.args.get("rung", ""),
        page=page_asked(),
    )
    page = ladder_page(session(), viewer(), slug, asked)
    if page is None:
        url = paths.ladder(or_404(find_new_slug(session(), viewer(), slug)))
        return redirect(url + SUFFIX if wants_json() else url, 301)
    speak_of(page.series_slug)
    return answer("levels/ladder.html", page, series=(page.series_slug, page.series_title))


@blueprint.get("/series/<slug>/levels")
def summed(slug: str) -> Response:
    """Which rungs of a series are answered, and what its levels put first."""
    page = or_404(series_levels_page(session(), viewer(), slug, page_asked()))
    speak_of(page.series_slug)
    return answer("levels/series.html", page, series=(page.series_slug, page.series_title))
