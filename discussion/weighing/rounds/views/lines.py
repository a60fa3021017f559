"""Reading, as a moderator, what people would need to see, and letting it be shown."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.web.doorway import acting, session, viewer
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.site import raters_secret
from discussion.weighing.rounds.forms_lines import LineForm
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.lines import decide_line
from discussion.weighing.rounds.queries.lines import lines_page
from discussion.weighing.rounds.views import blueprint
from discussion.weighing.rounds.views.redirects import round_here


@blueprint.get("/rounds/<slug>/<int:number>/lines")
def lines(slug: str, number: int) -> Response:
    """By statement, without who wrote them, in an order drawn by lot."""
    return _show(_read(slug, number), LineForm())


@blueprint.post("/rounds/<slug>/<int:number>/lines")
def send_line(slug: str, number: int) -> AnyResponse:
    """Let a line be shown, or not, with a reason."""
    round = _read(slug, number)
    form = LineForm.sent(request.form)
    try:
        is_shown = decide_line(
            session(),
            acting(May.READ_LINES),
            round,
            form.line,
            is_let=form.is_let,
            why=form.why,
            secret=raters_secret(),
            now=clock.now(),
        )
    except Invalid as error:
        form.say(*error.problems)
        return _show(round, form, status=422)
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(_said(form, is_shown=is_shown), "done")
    return redirect(paths.lines_of_round(round.thread.slug, number), 303)


def _said(form: LineForm, *, is_shown: bool) -> str:
    if not form.is_let:
        return _("The line is not shown. Your reason is kept.")
    if is_shown:
        return _("The line is shown in the findings, without who wrote it.")
    return _("The line may be shown, and waits until there are enough on this statement.")


def _read(slug: str, number: int) -> Round:
    round = round_here(slug, number)
    require(viewer(), May.READ_LINES, round)
    return round


def _show(round: Round, form: LineForm, *, status: int = 200) -> Response:
    page = lines_page(session(), round, raters_secret())
    return private(
        answer(
            "rounds/lines.html",
            page,
            form=form,
            status=status,
            series=(page.about.series_slug, page.about.series_title),
        )
    )
