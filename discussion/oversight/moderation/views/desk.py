"""What waits: the list, taking an item of it, going on to the next, and how the desk is doing."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.decisions.operations.claiming import Taken, give_back, take
from discussion.decisions.shapes import Filters
from discussion.language import _
from discussion.oversight.moderation.forms import DecideForm
from discussion.oversight.moderation.operations import take_next
from discussion.oversight.moderation.queries import desk_page, find_line
from discussion.oversight.moderation.queries.pace import statistics_page
from discussion.oversight.moderation.queries.queue import moderated_by
from discussion.oversight.moderation.views import blueprint
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer

TEMPLATE = "moderation/desk.html"


@blueprint.get("/moderation")
def desk() -> Response:
    """Everything that waits."""
    page = or_404(
        desk_page(session(), viewer(), filters=Filters.read(request.args), now=clock.now())
    )
    return answer(TEMPLATE, page, form=DecideForm())


@blueprint.get("/moderation/statistics")
def statistics() -> Response:
    """How quickly the desk decides."""
    asked = {name: request.args.get(name, "") for name in ("series", "kind")}
    page = or_404(statistics_page(session(), viewer(), **asked, now=clock.now()))
    return answer("moderation/statistics.html", page)


@blueprint.post("/moderation/take")
def take_one() -> AnyResponse:
    """Take what waits (`item`), or give it `back`; then it is open."""
    back = request.form.get("back", "")
    kind, _slash, public_id = (back or request.form.get("item", "")).partition("/")
    or_404(moderated_by(viewer()) or None)
    line = find_line(session(), viewer(), kind, public_id, now=clock.now())
    if line is None:
        flash(
            _(
                "It does not wait any more: somebody has decided it, or its author has taken it "
                "back."
            ),
            "note",
        )
        return redirect(Filters.read(request.args).on(paths.desk()), 303)
    if back:
        give_back(session(), or_404(viewer()), kind, public_id)
    elif not line.is_own:
        try:
            take(session(), or_404(viewer()), kind, public_id, line.series, now=clock.now())
        except Taken as taken:
            flash(str(taken), "error")
    return redirect(Filters.read(request.args).on(line.url), 303)


@blueprint.post("/moderation/next")
def next_one() -> AnyResponse:
    """Leave this one (`left`) to anybody, and take the next."""
    or_404(moderated_by(viewer()) or None)
    kind, _slash, public_id = request.form.get("left", "").partition("/")
    give_back(session(), or_404(viewer()), kind, public_id)
    return on_to_the_next()


def on_to_the_next() -> AnyResponse:
    """The next item that is free, now taken; or the desk, when there is none."""
    after, filters = request.form.get("next", ""), Filters.read(request.args)
    url = take_next(session(), or_404(viewer()), after=after, filters=filters, now=clock.now())
    return redirect(url, 303)
