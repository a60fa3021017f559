"""Reading what people would need to know."""

from flask import Response, request

from discussion.debate.threads.queries.head_series import series_head
from discussion.permissions.facts import Viewer
from discussion.reach.needed.queries.page import needed_page
from discussion.reach.needed.views import blueprint
from discussion.web.bodies import Made, answer_kept
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.paging import page_asked


@blueprint.get("/needed/<slug>")
def page(slug: str) -> Response:
    """What the people of a series would need to know."""
    why, number = request.args.get("why", ""), page_asked()

    def make(asker: Viewer | None) -> Made | None:
        shown = needed_page(session(), asker, slug, why=why, number=number)
        return Made(shown, (shown.series_slug, shown.series_title)) if shown else None

    head = series_head(session(), viewer(), slug)
    return or_404(answer_kept("needed/page.html", head, make))
