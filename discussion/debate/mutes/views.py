"""Mutes in the browser."""

from flask import Blueprint, flash, redirect, request
from flask import Response as Page
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.mutes.operations import mute, unmute
from discussion.debate.mutes.queries import find_own_mute, find_voice, mutes_page
from discussion.language import _
from discussion.permissions.may import May
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.forms import safe_next

blueprint = Blueprint("mutes", __name__)


@blueprint.get("/mutes")
def mine() -> Page:
    """Whom one muted."""
    acting(May.MUTE)
    return answer("mutes/page.html", or_404(mutes_page(session(), viewer())))


@blueprint.post("/mutes")
def add() -> AnyResponse:
    """Mute whoever wrote the position or response that the form names."""
    actor = acting(May.MUTE)
    kind, public_id = (request.form.get(name, "")[:20] for name in ("kind", "id"))
    subject = or_404(find_voice(session(), actor, kind, public_id))
    if subject.voiced is None:
        raise NotFound
    mute(session(), actor, subject.voiced, now=clock.now())
    flash(
        _("Muted, everywhere they write by name.")
        if subject.attribution == "named"
        else _("Muted in this thread."),
        "done",
    )
    return redirect(subject.place_url, 303)


@blueprint.post("/mutes/<public_id>/end")
def end(public_id: str) -> AnyResponse:
    """Read somebody again."""
    actor = acting(May.MUTE)
    unmute(session(), actor, or_404(find_own_mute(session(), actor, public_id)))
    flash(_("No longer muted."), "done")
    return redirect(safe_next(request.form.get("next"), paths.mutes()), 303)
