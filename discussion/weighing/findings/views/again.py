"""Asking for findings that could not be made once more."""

from flask import flash, redirect
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.threads.queries import find_thread
from discussion.language import _
from discussion.permissions.may import May
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.weighing.findings.operations.failing import try_again
from discussion.weighing.findings.views import blueprint


@blueprint.post("/findings/<slug>/again")
def send_again(slug: str) -> Response:
    """Have them made now; the desk says so when that fails too."""
    thread = or_404(find_thread(session(), viewer(), slug))
    try_again(session(), acting(May.RUN_ROUND), thread, now=clock.now())
    flash(
        _(
            "The findings are being worked out again, which takes a few minutes."
            " If that fails, it is said here."
        ),
        "done",
    )
    return redirect(paths.desk(), 303)
