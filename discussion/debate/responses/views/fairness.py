"""Saying whether somebody who disagrees restates one's own position fairly."""

from flask import flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.debate.positions.models import Response
from discussion.debate.positions.queries.page import find_position
from discussion.debate.responses.operations.fairness import answer_restatement
from discussion.debate.responses.queries_fairness import find_restatement, restated_page
from discussion.debate.responses.views import blueprint
from discussion.debate.threads.forms_arranging import AnswerForm
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.problems import Invalid, Refused
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.sector import speak_of


@blueprint.get("/positions/<public_id>/responses/<response_id>/fair")
def is_it_restated_fairly(public_id: str, response_id: str) -> AnyResponse:
    """For the author of the position alone; for everybody else there is no such page."""
    return _ask(_restated(public_id, response_id), None)


@blueprint.post("/positions/<public_id>/responses/<response_id>/fair")
def answer_restated(public_id: str, response_id: str) -> AnyResponse:
    form = AnswerForm.posted()
    row = _restated(public_id, response_id)
    try:
        answer_restatement(
            session(),
            acting(May.ANSWER_RESTATEMENT),
            row,
            seen=form.seen.data or "",
            answer=form.answer.data or "",
            said=form.said.data or "",
            now=clock.now(),
        )
    except Invalid as error:
        form.say(*error.problems)
        return _ask(row, form, status=422)
    except Refused as refused:
        begin_again()
        form.answer.errors = [refused.sentence]
        return _ask(_restated(public_id, response_id), form, status=422)
    flash(_("Thank you. Your answer is shown with the restatement, without who you are."), "done")
    return redirect(restated_page(row).response_url, 303)


def _restated(public_id: str, response_id: str) -> Response:
    asks = viewer()
    position = or_404(find_position(session(), asks, public_id))
    row = or_404(find_restatement(session(), public_id, response_id))
    if asks is None:
        require(asks, May.ANSWER_RESTATEMENT, row)
    if not allowed(asks, May.ANSWER_RESTATEMENT, row):
        if asks is not None and asks.person_id == position.author_id:
            require(asks, May.ANSWER_RESTATEMENT, row)
        or_404(None)
    speak_of(position.thread.series.slug)
    return row


def _ask(row: Response, form: AnswerForm | None, *, status: int = 200) -> AnyResponse:
    page = restated_page(row)
    if form is None:
        form = AnswerForm(data={"answer": page.answer, "said": page.said})
    series = row.series
    shown = answer(
        "responses/fair.html", page, form=form, status=status, series=(series.slug, series.title)
    )
    return private(shown)
