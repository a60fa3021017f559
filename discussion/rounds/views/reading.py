"""Reading how a round was fixed."""

from flask import Response

from discussion import clock
from discussion.rounds.forms_planning import CloseRoundForm
from discussion.rounds.queries.reading import round_page
from discussion.rounds.views import blueprint
from discussion.rounds.views.leading import round_here
from discussion.web.doorway import session, viewer
from discussion.web.faces import answer
from discussion.web.site import raters_secret


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
