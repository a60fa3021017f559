"""The page on which conveners write to all members."""

from flask import Blueprint, Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.problems import Refused
from discussion.reach.announcements import operations
from discussion.reach.announcements.forms import AnnouncementForm
from discussion.reach.announcements.queries.page import announcements_page, find_announcement
from discussion.series.series.queries.convening import find_convened
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer

blueprint = Blueprint("announcements", __name__)


@blueprint.get("/announcements/<slug>")
def page(slug: str) -> Response:
    """What was written, and the form."""
    return _show(slug, AnnouncementForm())


@blueprint.post("/announcements/<slug>")
def send(slug: str) -> AnyResponse:
    """Write to every member."""
    series = or_404(find_convened(session(), viewer(), slug))
    actor, form = acting(May.CONVENE), AnnouncementForm.posted()
    if not form.validate():
        return _show(slug, form, 422)
    try:
        operations.announce(session(), actor, series, form.draft(), now=clock.now())
    except Refused as refused:
        form.title.errors = [refused.sentence]
        return _show(slug, form, 422)
    flash(_("Your letter is on its way to the members."), "done")
    return redirect(paths.announcements(slug), 303)


@blueprint.post("/announcements/<slug>/<public_id>/stop")
def stop(slug: str, public_id: str) -> AnyResponse:
    """Send no more of its letters."""
    row = or_404(find_announcement(session(), viewer(), slug, public_id))
    operations.stop_announcement(session(), acting(May.CONVENE), row, now=clock.now())
    flash(_("No more of these letters are sent. Those that went cannot be called back."), "done")
    return redirect(paths.announcements(slug), 303)


def _show(slug: str, form: AnnouncementForm, status: int = 200) -> Response:
    shown = or_404(announcements_page(session(), viewer(), slug, clock.now()))
    series = (shown.series.slug, shown.series.title)
    return answer("announcements/page.html", shown, form=form, status=status, series=series)
