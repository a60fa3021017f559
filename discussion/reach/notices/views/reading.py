"""/notices: what happened to what one wrote and follows."""

from contextlib import suppress
from functools import partial

from flask import Response, flash, redirect, request
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.reach.notices.operations.choosing import mark_all_seen, mark_seen
from discussion.reach.notices.queries.page import notices_page
from discussion.reach.notices.views import blueprint
from discussion.web.doorway import acting, keep_aside, only_read, session
from discussion.web.faces import answer
from discussion.web.headers import private


@blueprint.get("/notices")
def page() -> Response:
    """What is shown here has been seen, unless the browser only looked ahead."""
    actor, now = acting(May.KEEP_ACCOUNT), clock.now()
    shown = notices_page(session(), actor, now=now, before=request.args.get("before", "")[:20])
    new = [line.id for line in shown.lines if line.is_new]
    response = private(answer("notices/page.html", shown))
    if new and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        only_read()  # nothing of this request is read any more, so that nobody waits for it
        with suppress(OperationalError):  # somebody writes for long: they are new once more
            keep_aside(partial(mark_seen, actor=actor, ids=new, now=now))
    return response


@blueprint.post("/notices/seen")
def seen() -> AnyResponse:
    """All of them."""
    mark_all_seen(session(), acting(May.KEEP_ACCOUNT), now=clock.now())
    flash(_("Everything is marked as seen."), "done")
    return redirect(paths.notices(), 303)
