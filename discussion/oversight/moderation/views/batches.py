"""Approving what was ticked, and taking it back within the minute."""

from flask import flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.decisions.shapes import Filters
from discussion.language import _, _n
from discussion.oversight.moderation.forms import read_ticked
from discussion.oversight.moderation.operations.batching import (
    AlreadyFinal,
    NothingToApprove,
    OneAtATime,
    make_batch,
    undo_batch,
)
from discussion.oversight.moderation.queries.batches import find_own_batch
from discussion.oversight.moderation.views import blueprint
from discussion.web.doorway import begin_again, session, viewer
from discussion.web.errors import or_404


@blueprint.post("/moderation/batch")
def approve_many() -> AnyResponse:
    """Promise to approve what was ticked; for a minute it can be undone."""
    ticked = read_ticked(request.form.getlist("item"))
    try:
        batch = make_batch(session(), or_404(viewer()), ticked, now=clock.now())
    except OneAtATime:
        flash(_("Other items of yours are about to be approved. Undo them, or wait."), "error")
    except NothingToApprove:
        begin_again()
        flash(
            _(
                "Nothing is approved. Tick at least one item that nobody has taken. Open"
                " and read those with a warning."
            ),
            "error",
        )
    else:
        if left_out := len(set(ticked)) - len(batch.items):
            flash(
                _n(
                    "%(num)s was left out: it changed, somebody has it, or it has to be "
                    "read first.",
                    "%(num)s were left out: they changed, somebody has them, or they have to be "
                    "read first.",
                    left_out,
                ),
                "note",
            )
    return redirect(Filters.read(request.args).on(paths.desk()), 303)


@blueprint.post("/moderation/batch/<batch>/undo")
def undo_many(batch: str) -> AnyResponse:
    """Take it back, as if nothing had been ticked."""
    own = or_404(find_own_batch(session(), viewer(), batch))
    try:
        undo_batch(session(), or_404(viewer()), own, now=clock.now())
    except AlreadyFinal:
        begin_again()
        flash(_("Too late: they are approved, or were taken back before."), "error")
    else:
        flash(_("Nothing was approved, and nobody was told."), "done")
    return redirect(Filters.read(request.args).on(paths.desk()), 303)
