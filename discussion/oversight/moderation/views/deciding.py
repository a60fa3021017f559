"""Deciding on a contribution, and looking at who wrote it."""

from flask import Response, flash, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.decisions.operations.claiming import Taken
from discussion.decisions.operations.refusing import (
    AlreadyDecided,
    NeedsEdit,
    NeedsReason,
    NeedsTwin,
    TooLong,
)
from discussion.decisions.queries.overtaken import decided_meanwhile
from discussion.decisions.shapes import Filters, Overtaken
from discussion.decisions.words import ACTIONS
from discussion.language import _
from discussion.oversight.moderation.forms import DecideForm, LookForm
from discussion.oversight.moderation.operations import (
    decide,
    decide_left,
    record_refused_look,
    show_author,
)
from discussion.oversight.moderation.queries import desk_page, find_contribution
from discussion.oversight.moderation.queries.item import Contribution
from discussion.oversight.moderation.queries.shapes import Look
from discussion.oversight.moderation.views import blueprint
from discussion.oversight.moderation.views.desk import TEMPLATE, on_to_the_next
from discussion.permissions.facts import series_of
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed
from discussion.subjects.finding import subject_of
from discussion.web.doorway import begin_again, separate_session, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer, wants_fragment
from discussion.web.forms import OVERTAKEN
from discussion.web.sector import speak_of


@blueprint.get("/moderation/<kind>/<public_id>")
def item(kind: str, public_id: str) -> Response:
    """One contribution, beside the queue."""
    contribution = _find(session(), kind, public_id)
    return _opened(contribution, DecideForm())


@blueprint.post("/moderation/<kind>/<public_id>/decide")
def decide_on(kind: str, public_id: str) -> AnyResponse:
    """Decide, and go on to the next; or first show what the author would read."""
    form = DecideForm.posted()
    if request.form.get("do") == "preview":
        return _preview(kind, public_id, form)
    contribution = _find(session(), kind, public_id)
    if form.validate() and _decides(form, contribution):
        done = ACTIONS[form.action.data or ""]
        flash(_("%(done)s. The author has been told.", done=done), "done")
        if not allowed(viewer(), May.MODERATE, contribution):
            return redirect(paths.left_to_administrator(), 303)
        return on_to_the_next()
    contribution = _find(session(), kind, public_id)
    return _opened(contribution, form, status=OVERTAKEN if form.overtaken else 422)


def _find(reading: Session, kind: str, public_id: str) -> Contribution:
    contribution = find_contribution(reading, viewer(), kind, public_id)
    if contribution is None:
        raise NotFound
    return contribution


def _decides(form: DecideForm, contribution: Contribution) -> bool:
    """Whether it is decided now; otherwise the form says why it is not."""
    act = decide if allowed(viewer(), May.MODERATE, contribution) else decide_left
    try:
        act(session(), or_404(viewer()), contribution, form.draft(), now=clock.now())
    except NeedsReason:
        form.reason.errors = [_("Choose a reason from the series’ list.")]
    except NeedsTwin:
        form.refuse_twin()
    except NeedsEdit:
        form.marks.errors = [
            _("Marks ask for an edit: choose “Send back” or “Ask for an edit”, or take them away.")
        ]
    except TooLong:
        form.why.errors = [_("This note is too long.")]
    except AlreadyDecided:
        series = series_of(contribution)
        about = subject_of(contribution).key
        form.overtaken = decided_meanwhile(
            begin_again(), or_404(viewer()), series, about, seen=form.decided.data or ""
        )
    except Taken as taken:
        begin_again()
        form.overtaken = Overtaken(str(taken))
    else:
        return True
    return False


def _preview(kind: str, public_id: str, form: DecideForm) -> Response:
    """The letter as it stands; for the page's script only the part that changes."""
    with separate_session(writes=False) as reading:
        contribution = _find(reading, kind, public_id)
        speak_of(contribution.thread.series.slug)
        page = or_404(
            desk_page(
                reading,
                viewer(),
                item=contribution,
                draft=form.draft(),
                filters=Filters.read(request.args),
                now=clock.now(),
            )
        )
    if wants_fragment():
        return make_response(render_template("moderation/_follows.html", page=page, form=form))
    return answer(TEMPLATE, page, form=form)


@blueprint.post("/moderation/<kind>/<public_id>/author")
def author(kind: str, public_id: str) -> Response:
    """Who wrote it, for a reason that is kept; a look that is refused is kept as well."""
    form = LookForm.posted()
    contribution = _find(session(), kind, public_id)
    if not form.validate():
        look = Look(typed=form.why.data or "", problem=str(form.why.errors[0]))
        return _opened(contribution, DecideForm(), look=look, status=422)
    why = form.why.data or ""
    try:
        person = show_author(session(), or_404(viewer()), contribution, why=why, now=clock.now())
    except Forbidden:
        _keep_refused_look(contribution, why)
        raise
    return _opened(contribution, DecideForm(), look=Look(shown=person.display_name))


def _keep_refused_look(contribution: Contribution, why: str) -> None:
    """The refused request rolls back, so this is written in a transaction of its own."""
    subject = subject_of(contribution).key
    series_id = series_of(contribution).id
    begin_again()
    with separate_session() as kept:
        record_refused_look(kept, or_404(viewer()), subject, series_id, why=why, now=clock.now())
        kept.commit()


def _opened(
    contribution: Contribution,
    form: DecideForm,
    *,
    look: Look | None = None,
    status: int = 200,
) -> Response:
    speak_of(contribution.thread.series.slug)
    page = or_404(
        desk_page(
            session(),
            viewer(),
            item=contribution,
            look=look,
            draft=form.draft() if status >= 400 else None,
            filters=Filters.read(request.args),
            now=clock.now(),
        )
    )
    return answer(TEMPLATE, page, form=form, status=status)
