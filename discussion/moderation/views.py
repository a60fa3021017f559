"""The desk in the browser."""

from flask import Blueprint, Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.language import _
from discussion.moderation.forms import DecideForm, LookForm
from discussion.moderation.operations import (
    AlreadyDecided,
    NeedsReason,
    Taken,
    TooLong,
    decide,
    give_back,
    show_author,
    take,
    take_next,
)
from discussion.moderation.queries import Filters, desk_page, find_contribution, find_line
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
    page = found(
        desk_page(session(), viewer(), filters=Filters.read(request.args), now=clock.now())
    )
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
        except Taken as taken:
            begin_again()
            form.action.errors = [str(taken)]
            contribution = found(find_contribution(session(), viewer(), kind, public_id))
        except TooLong:
            form.why.errors = [_("This note is too long.")]
        else:
            flash(
                _("%(done)s. The author has been told.", done=ACTIONS[form.action.data or ""]),
                "done",
            )
            return _on_to_the_next()
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


@blueprint.post("/moderation/take")
def take_one() -> AnyResponse:
    """Take what waits, or give it back; then it is open."""
    kind, _slash, public_id = request.form.get("item", "").partition("/")
    line = found(find_line(session(), viewer(), kind, public_id, now=clock.now()))
    if request.form.get("back"):
        give_back(session(), found(viewer()), kind, public_id)
    elif not line.is_own:
        try:
            take(session(), found(viewer()), kind, public_id, line.series, now=clock.now())
        except Taken as taken:
            flash(str(taken), "error")
    return redirect(Filters.read(request.args).on(line.url), 303)


@blueprint.post("/moderation/next")
def next_one() -> AnyResponse:
    """Leave this one as it is, and take the next."""
    return _on_to_the_next()


def _on_to_the_next() -> AnyResponse:
    """The next item that is free, now taken; or the desk, when there is none."""
    after, filters = request.form.get("next", ""), Filters.read(request.args)
    url = take_next(session(), found(viewer()), after=after, filters=filters, now=clock.now())
    return redirect(url, 303)


def _opened(
    contribution: Position | Contribution,
    form: DecideForm,
    *,
    author_shown: str = "",
    status: int = 200,
) -> Response:
    page = found(
        desk_page(
            session(),
            viewer(),
            item=contribution,
            author_shown=author_shown,
            filters=Filters.read(request.args),
            now=clock.now(),
        )
    )
    return answer(TEMPLATE, page, form=form, status=status)
