"""The page on which an author says whether a statement is fair; for them alone."""

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.problems import Invalid, Refused
from discussion.web.doorway import acting, begin_again, session
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.weighing.statements.forms import FairForm
from discussion.weighing.statements.models import Confirmation
from discussion.weighing.statements.operations.asking import confirm_statement
from discussion.weighing.statements.queries.asked import fair_page, find_own_confirmation
from discussion.weighing.statements.views import blueprint


@blueprint.get("/rounds/<slug>/statements/<public_id>/fair")
def fair(slug: str, public_id: str) -> AnyResponse:
    """What one is asked, wherever the statement stands now."""
    row = _own(public_id)
    thread = row.version.statement.thread
    if thread.slug != slug:
        return redirect(paths.is_it_fair(thread.slug, public_id), 302)
    return _ask(row, None)


@blueprint.post("/rounds/<slug>/statements/<public_id>/fair")
def send_fair(slug: str, public_id: str) -> AnyResponse:
    """The author's answer; then the next statement that waits for one."""
    form = FairForm.posted()
    row = _own(public_id)
    try:
        confirm_statement(
            session(),
            acting(May.CONFIRM_STATEMENT),
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
        return _ask(_own(public_id), form, status=422)
    page = fair_page(session(), acting(May.CONFIRM_STATEMENT), row, clock.today())
    if page.left:
        flash(_("Thank you. Here is the next statement that draws on what you wrote."), "done")
        return redirect(page.left[0].url, 303)
    flash(_("Thank you. The moderators have your answer; nobody is told who gave it."), "done")
    return redirect(url_for("positions.mine"), 303)


def _ask(row: Confirmation, form: FairForm | None, *, status: int = 200) -> Response:
    page = fair_page(session(), acting(May.CONFIRM_STATEMENT), row, clock.today())
    if form is None:
        given = "" if page.answer == "unanswered" else page.answer
        form = FairForm(data={"answer": given, "said": page.said})
    form.seen.data = page.id
    response = answer(
        "statements/fair.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )
    return private(response)


def _own(public_id: str) -> Confirmation:
    """What one is asked oneself; for everybody else there is no such page."""
    return or_404(find_own_confirmation(session(), acting(May.CONFIRM_STATEMENT), public_id))
