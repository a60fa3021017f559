"""An author's yes: the place on a scale that was replaced holds on the new one."""

from dataclasses import replace

from flask import flash, redirect
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.positions.forms import draft_of, follow_merges, written_from
from discussion.debate.positions.operations.publishing import revise_position
from discussion.debate.positions.queries.placing import places_to_carry
from discussion.debate.positions.queries.writing import find_own_position
from discussion.debate.positions.views import blueprint
from discussion.debate.positions.words import PLACED
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404


@blueprint.post("/positions/<public_id>/place/<scale>")
def carry_place(public_id: str, scale: str) -> Response:
    """A new version that says what the live one says, with this place; nothing else changes."""
    position = or_404(find_own_position(session(), viewer(), public_id))
    require(viewer(), May.REVISE_POSITION, position)
    carried = next(
        (one for one in places_to_carry(session(), viewer(), position) if one.scale == scale), None
    )
    if carried is None or position.live is None:
        flash(_("There is no longer a place to carry over, so nothing was changed."), "note")
        return redirect(paths.position(public_id), 303)
    thread, live = position.thread, position.live
    written = follow_merges(written_from(position, live), thread.series.values)
    draft = draft_of(
        replace(written, places={**written.places, scale: f"{carried.at:g}"}),
        scales=[each.slug for each in thread.scales],
    )
    draft = replace(
        draft,
        change_reason=PLACED,
        language=live.language,
        nobody_identified=live.nobody_identified,
    )
    try:
        made = revise_position(session(), acting(May.POST), position, draft, now=clock.now())
    except Invalid as invalid:
        why = " ".join(problem.sentence for problem in invalid.problems)
        said = _("Your place could not be carried over: %(why)s Choose it on this page.", why=why)
        flash(said, "note")
        return redirect(carried.revise_url, 303)
    is_live = made.status == "live"
    if is_live:
        flash(_("Your position has that place now."), "done")
    else:
        flash(_("Your position has that place once a moderator has looked at it."), "done")
    return redirect(paths.position(public_id), 303)
