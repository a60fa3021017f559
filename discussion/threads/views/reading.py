"""Reading a thread, regrouped and filtered as its address says."""

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import paths
from discussion.threads.queries import find_new_slug, thread_page
from discussion.threads.views import blueprint
from discussion.threads.words import FILTERS
from discussion.web.doorway import session, viewer
from discussion.web.errors import found
from discussion.web.faces import SUFFIX, answer, wants_json


@blueprint.get("/threads/<slug>")
def page(slug: str) -> AnyResponse:
    """A thread with its positions."""
    shown = thread_page(
        session(),
        viewer(),
        slug,
        group=request.args.get("group", ""),
        filters={name: request.args.get(name, "") for name in FILTERS},
        after=request.args.get("after", ""),
    )
    if shown is None:
        return _moved(slug)
    return answer("threads/page.html", shown, series=(shown.series_slug, shown.series_title))


def _moved(slug: str) -> AnyResponse:
    """A former address leads to the present one for ever, with the question that was asked."""
    new = found(find_new_slug(session(), viewer(), slug))
    query = request.query_string.decode()
    suffix = SUFFIX if wants_json() else ""
    return redirect(paths.thread(new) + suffix + (f"?{query}" if query else ""), 301)
