"""/notices/follow: following or muting something, and no longer."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.problems import Refused
from discussion.reach.notices.operations.following import follow as begin
from discussion.reach.notices.operations.following import unfollow
from discussion.reach.notices.queries.followable import followable
from discussion.reach.notices.queries.followed import find_followed, follow_page
from discussion.reach.notices.views import blueprint
from discussion.web.doorway import acting, session
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import safe_next
from discussion.web.headers import private

LONGEST = 400


@blueprint.get("/notices/follow")
def follow() -> Response:
    """Whether one follows it, and the buttons."""
    actor = acting(May.KEEP_ACCOUNT)
    what, subject = (request.args.get(name, "")[:LONGEST] for name in ("what", "subject"))
    page = or_404(follow_page(session(), actor, what, subject))
    return private(answer("notices/follow.html", page))


@blueprint.post("/notices/follow")
def send_follow() -> AnyResponse:
    """Follow, mute, or stop; what one may not read any more can be stopped too."""
    actor = acting(May.KEEP_ACCOUNT)
    what, subject, act = (
        request.form.get(name, "")[:LONGEST] for name in ("what", "subject", "act")
    )
    back = safe_next(request.form.get("next"), paths.notices())
    if act == "stop":
        unfollow(session(), actor, what, subject)
        flash(_("Stopped."), "done")
        return redirect(back, 303)
    found = or_404(find_followed(session(), actor, what, subject))
    kind = followable(what)
    is_muted = act == "mute" and kind is not None and kind.is_place
    try:
        begin(session(), actor, what, subject, is_muted=is_muted, now=clock.now())
    except Refused as refused:
        flash(refused.sentence, "error")
        return redirect(back, 303)
    flash(_("You hear nothing more of it.") if is_muted else _("You follow it."), "done")
    return redirect(found.url, 303)
