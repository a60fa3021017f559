"""Statements of decisions and appeals in the browser."""

from flask import Blueprint, Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import Taken
from discussion.decisions.shapes import Filters, Overtaken
from discussion.language import _
from discussion.oversight.appeals.forms import AppealForm, ReviewForm
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.appeals.operations.appealing import BadText, CannotAppeal, make_appeal
from discussion.oversight.appeals.operations.reviewing import (
    AlreadyReviewed,
    BadOutcome,
    review_appeal,
)
from discussion.oversight.appeals.queries.desk import appeals_desk, find_appeal_for, says_done
from discussion.oversight.appeals.queries.left import left_page
from discussion.oversight.appeals.queries.overtaken import reviewed_meanwhile
from discussion.oversight.appeals.queries.statement import (
    find_statement,
    statement_page,
    statements_page,
)
from discussion.oversight.moderation.operations import take_next
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN

blueprint = Blueprint("appeals", __name__)


@blueprint.get("/appeals")
def own() -> Response:
    """Every decision that was addressed to me."""
    reader = acting(May.KEEP_ACCOUNT)
    return answer("appeals/own.html", statements_page(session(), reader, clock.now()))


@blueprint.get("/appeals/<public_id>")
def statement(public_id: str) -> Response:
    """What was decided, why, and how to appeal."""
    if viewer() is None:  # from a letter: sign in, and come back
        raise Forbidden(May.READ_STATEMENT)
    decision = or_404(find_statement(session(), viewer(), public_id))
    return _stated(decision, AppealForm())


@blueprint.post("/appeals/<public_id>")
def appeal(public_id: str) -> AnyResponse:
    """Ask that somebody else look again."""
    form = AppealForm.posted()
    is_sound = form.validate()
    decision = or_404(find_statement(session(), viewer(), public_id))
    status = 422
    if is_sound:
        try:
            make_appeal(
                session(), or_404(viewer()), decision, form.text.data or "", now=clock.now()
            )
        except BadText as bad:
            form.text.errors = [str(bad)]
        except CannotAppeal as cannot:
            begin_again()
            decision = or_404(find_statement(session(), viewer(), public_id))
            form.text.errors, status = [str(cannot)], OVERTAKEN
        else:
            flash(_("Your appeal is with somebody who did not decide this."), "done")
            return redirect(paths.statement(public_id), 303)
    return _stated(decision, form, status=status)


@blueprint.get("/appeals/desk")
def left_to_me() -> Response:
    """What nobody in its series may decide, for the administrator."""
    return answer("appeals/left.html", or_404(left_page(session(), viewer(), clock.now())))


@blueprint.get("/appeals/desk/<public_id>")
def desk(public_id: str) -> Response:
    """One appeal, beside the queue."""
    return _opened(or_404(find_appeal_for(session(), viewer(), public_id)), ReviewForm())


@blueprint.post("/appeals/desk/<public_id>")
def review(public_id: str) -> AnyResponse:
    """Say what was found, and go on to the next."""
    form = ReviewForm.posted()
    is_sound = form.validate()
    row = or_404(find_appeal_for(session(), viewer(), public_id))
    if is_sound:
        outcome = form.outcome.data or ""
        try:
            review_appeal(
                session(), or_404(viewer()), row, outcome, form.why.data or "", now=clock.now()
            )
        except BadOutcome as bad:
            form.why.errors = [str(bad)]
        except (AlreadyReviewed, Taken) as overtaken:
            begin_again()
            row = or_404(find_appeal_for(session(), viewer(), public_id))
            form.overtaken = _overtaken(overtaken, row)
        else:
            flash(says_done(outcome), "done")
            return _on_to_the_next()
    return _opened(row, form, status=OVERTAKEN if form.overtaken else 422)


def _stated(decision: Decision, form: AppealForm, *, status: int = 200) -> Response:
    page = statement_page(session(), or_404(viewer()), decision, clock.now())
    series = (page.series_slug, page.series_title)
    return answer("appeals/statement.html", page, form=form, status=status, series=series)


def _opened(row: Appeal, form: ReviewForm, *, status: int = 200) -> Response:
    page = appeals_desk(
        session(), or_404(viewer()), row, filters=Filters.read(request.args), now=clock.now()
    )
    template = "appeals/desk.html" if page.frame else "appeals/alone.html"
    return answer(template, page, form=form, status=status)


def _overtaken(overtaken: Exception, row: Appeal) -> Overtaken:
    if isinstance(overtaken, Taken):
        return Overtaken(str(overtaken))
    return reviewed_meanwhile(or_404(viewer()), row)


def _on_to_the_next() -> AnyResponse:
    actor, filters = or_404(viewer()), Filters.read(request.args)
    if not actor.series_as("moderator", "convener"):
        return redirect(paths.left_to_administrator(), 303)
    after = request.form.get("next", "")
    return redirect(take_next(session(), actor, after=after, filters=filters, now=clock.now()), 303)
