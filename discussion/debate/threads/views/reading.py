"""Reading a thread, regrouped and filtered as its address says."""

from flask import Response, request

from discussion.debate.threads.queries import cycle_page, history_page, thread_page
from discussion.debate.threads.queries.head import thread_head
from discussion.debate.threads.views import blueprint
from discussion.debate.threads.views.redirects import found_here, lead_on
from discussion.debate.threads.words import FILTERS
from discussion.permissions.facts import Viewer
from discussion.web.bodies import Made, answer_kept
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer


@blueprint.get("/threads/<slug>")
def page(slug: str) -> Response:
    """A thread with its positions."""

    def make(asker: Viewer | None) -> Made | None:
        shown = thread_page(
            session(),
            asker,
            slug,
            group=request.args.get("group", ""),
            filters={name: request.args.get(name, "") for name in (*FILTERS, "at")},
            after=request.args.get("after", ""),
            is_full=request.args.get("full") == "1",
        )
        return Made(shown, (shown.series_slug, shown.series_title)) if shown else None

    head = thread_head(session(), viewer(), slug)
    return answer_kept("threads/page.html", head, make) or lead_on(slug)


@blueprint.get("/threads/<slug>/cycles/<int:number>")
def cycle(slug: str, number: int) -> Response:
    """How an earlier cycle of a thread ended."""
    shown = cycle_page(session(), viewer(), slug, number)
    if shown is None:
        found_here(slug)  # leads on from a former address
    shown = or_404(shown)
    return answer("threads/cycle.html", shown, series=(shown.series_slug, shown.series_title))


@blueprint.get("/threads/<slug>/history")
def history(slug: str) -> Response:
    """What moderators did in it, when, in which role, and why."""
    told = history_page(session(), viewer(), slug) or lead_on(slug)
    return answer("threads/history.html", told, series=(told.series_slug, told.series_title))
