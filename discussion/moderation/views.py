"""The desk in the browser."""

from flask import Blueprint, Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.language import _
from discussion.moderation.forms import DecideForm, LookForm
from discussion.moderation.operations import (
    AlreadyDecided,
    NeedsReason,
    TooLong,
    decide,
    show_author,
)
from discussion.moderation.queries import desk_page, find_contribution
from discussion.moderation.words import ACTIONS
from discussion.positions.models import Position
from discussion.positions.models import Response as Contribution
from discussion.web.doorway import begin_again, session, viewer
from discussion.web.errors import found
from discussion.web.faces import answer

blueprint = Blueprint("moderation", __name__)
TEMPLATE = "moderation/desk.html"


@blueprint.get("/moderation")
def desk() -> Response:
    """Everything that waits."""
    kind = request.args.get("kind", "")
    page = found(desk_page(session(), viewer(), kind=kind, now=clock.now()))
    return answer(TEMPLATE, page, form=DecideForm())


@blueprint.get("/moderation/<kind>/<public_id>")
def item(kind: str, public_id: str) -> Response:
    """One contribution, beside the queue."""
    contribution = found(find_contribution(session(), viewer(), kind, public_id))
    return _opened(contribution, DecideForm())


@blueprint.post("/moderation/<kind>/<public_id>/decide")
def decide_on(kind: str, public_id: str) -> AnyResponse:
    """Decide, and go on to the next."""
    form = DecideForm.posted()
    contribution = found(find_contribution(session(), viewer(), kind, public_id))
    if form.validate():
        try:
            decide(
                session(),
                found(viewer()),
                contribution,
                form.action.data or "",
                reason=form.reason.data or "",
                why=form.why.data or "",
                version_id=form.seen_version,
                now=clock.now(),
            )
        except NeedsReason:
            form.reason.errors = [_("Choose a reason from the series’ list.")]
        except AlreadyDecided:
            begin_again()
            form.action.errors = [
                _("This was decided or changed meanwhile. Read it again before you decide.")
            ]
            contribution = found(find_contribution(session(), viewer(), kind, public_id))
        except TooLong:
            form.why.errors = [_("This note is too long.")]
        else:
            page = found(desk_page(session(), viewer(), item=contribution, now=clock.now()))
            flash(
                _("%(done)s. The author has been told.", done=ACTIONS[form.action.data or ""]),
                "done",
            )
            return redirect(page.next_url or "/moderation", 303)
    return _opened(contribution, form, status=422)


@blueprint.post("/moderation/<kind>/<public_id>/author")
def author(kind: str, public_id: str) -> Response:
    """Who wrote it, for a reason that is kept."""
    form = LookForm.posted()
    contribution = found(find_contribution(session(), viewer(), kind, public_id))
    if not form.validate():
        flash(_("Say why you need to know, in at most 300 characters."), "error")
        return _opened(contribution, DecideForm(), status=422)
    person = show_author(
        session(), found(viewer()), contribution, why=form.why.data or "", now=clock.now()
    )
    return _opened(contribution, DecideForm(), author_shown=person.display_name)


def _opened(
    contribution: Position | Contribution,
    form: DecideForm,
    *,
    author_shown: str = "",
    status: int = 200,
) -> Response:
    page = found(
        desk_page(
            session(), viewer(), item=contribution, author_shown=author_shown, now=clock.now()
        )
    )
    return answer(TEMPLATE, page, form=form, status=status)
