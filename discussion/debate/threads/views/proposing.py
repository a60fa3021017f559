"""Proposing a thread to the moderators."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.threads.drafts import warnings_in
from discussion.debate.threads.forms import ProposeForm
from discussion.debate.threads.operations import propose_thread
from discussion.debate.threads.queries import find_series_to_propose_in, propose_page
from discussion.debate.threads.views import blueprint
from discussion.decisions.targets import in_words, target_of
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem
from discussion.series.series.models import Series
from discussion.vocabulary import of_series
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer


@blueprint.get("/threads/propose/<series>")
def propose(series: str) -> Response:
    """The form; `?theme=` picks a theme beforehand."""
    row = _series(series)
    theme = request.args.get("theme", "")
    return _show(row, ProposeForm(data={"themes": [theme], "attribution": row.attribution}))


@blueprint.post("/threads/propose/<series>")
def send_proposal(series: str) -> AnyResponse:
    """Hand it to the moderators; what may identify somebody is asked about once."""
    form = ProposeForm.posted()
    draft = form.draft()
    row = _series(series)
    try:
        thread = propose_thread(session(), acting(May.PROPOSE_THREAD), row, draft, now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        return _show(row, form, status=422)
    if (notices := warnings_in(draft, of_series(row.slug).signs)) and not form.looked_again.data:
        # The status rolls back what was just written.
        words = ", ".join(f"“{notice.found}”" for notice in notices)
        sentence = _("Could somebody be recognised by %(words)s? Look at it again.", words=words)
        form.say(Problem("looked_again", sentence))
        return _show(row, form, status=422)
    flash(
        _(
            "Your thread is with the moderators, who decide %(within)s. We tell you the"
            " result. Until then you can read it here.",
            within=in_words(target_of(row, "contribution")),
        ),
        "done",
    )
    return redirect(paths.thread(thread.slug), 303)


def _series(slug: str) -> Series:
    row = or_404(find_series_to_propose_in(session(), viewer(), slug))
    require(viewer(), May.PROPOSE_THREAD, row)
    return row


def _show(row: Series, form: ProposeForm, *, status: int = 200) -> Response:
    page = propose_page(row)
    form.offer(page.series_slug, page)
    return answer(
        "threads/propose.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )
