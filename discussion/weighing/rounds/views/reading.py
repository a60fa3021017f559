"""Reading how a round was fixed."""

from flask import Response

from discussion import clock
from discussion.web.doorway import session, viewer
from discussion.web.faces import answer
from discussion.web.site import raters_secret
from discussion.weighing.rounds.forms_planning import CloseRoundForm
from discussion.weighing.rounds.queries.reading import round_page
from discussion.weighing.rounds.views import blueprint
from discussion.weighing.rounds.views.redirects import round_here


@blueprint.get("/rounds/<slug>/<int:number>")
def page(slug: str, number: int) -> Response:
    """All its rules, its statements, and until it is closed only how many have answered."""
    round = round_here(slug, number)
    shown = round_page(session(), viewer(), round, raters_secret(), clock.now())
    return answer(
        "rounds/page.html",
        shown,
        form=CloseRoundForm(),
        series=(shown.about.series_slug, shown.about.series_title),
    )
