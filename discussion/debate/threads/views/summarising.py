"""The summary of a thread: moderators write it, and authors say whether they are put fairly."""

from typing import Any

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField, TextAreaField
from wtforms.form import BaseForm

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.writing import find_own_position
from discussion.debate.threads import operations as do
from discussion.debate.threads.forms_arranging import AnswerForm, SummaryForm
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import find_position_in
from discussion.debate.threads.queries.summaries import steelman_page, summarise_page
from discussion.debate.threads.views import blueprint
from discussion.debate.threads.views.redirects import found_here
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.versions import versioned


@blueprint.get("/threads/<slug>/summary")
def summarise(slug: str) -> Response:
    """The page on which it is written."""
    return _show(_curated(slug))


def _opened(slug: str) -> BaseForm:
    """The summary's fields as its page opens them: one for each position that it may put."""
    page = summarise_page(session(), acting(May.CURATE_THREAD), _curated(slug))
    lines = [line for line in page.lines if line.can_write]
    put = {f"steelman-{line.id}": line for line in lines}
    fields: dict[str, Any] = {
        "text": TextAreaField(_("The summary")),
        "language": StringField(_("Language")),
        "version": StringField(),
        **{
            name: TextAreaField(_("Position %(number)s at its strongest", number=line.number))
            for name, line in put.items()
        },
    }
    form = BaseForm(fields)
    held = {"text": page.text, "language": page.typed_language, "version": str(page.version)}
    form.process(data=held | {name: line.text for name, line in put.items()})
    return form


@blueprint.post("/threads/<slug>/summary")
@versioned(_opened)
def send_summary(slug: str) -> AnyResponse:
    """The next version, or none any more."""
    form = SummaryForm.read(request.form)
    thread = _curated(slug)
    if request.form.get("do") == "take-away":
        return _take_away(thread, form)
    try:
        do.write_summary(
            session(),
            acting(May.CURATE_THREAD),
            thread,
            form.draft(),
            seen=form.version,
            now=clock.now(),
        )
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show(_curated(slug), form, status=422)
    except do.Rewritten:
        begin_again()
        form.conflict = _(
            "Somebody else has saved a version since you opened this page. What you"
            " wrote is below and not saved yet. Save again to add it as the next version."
        )
        return _show(_curated(slug), form, status=422)
    flash(_("The summary is on the thread. Authors are asked about what is new."), "done")
    return redirect(f"{paths.thread(thread.slug)}#summary", 303)


@blueprint.get("/threads/<slug>/summary/<public_id>")
def steelman(slug: str, public_id: str) -> AnyResponse:
    """How the summary puts one's own position; for its author alone, wherever it stands now."""
    position = _own(slug, public_id)
    if position.thread.slug != slug:
        return redirect(paths.steelman(position.thread.slug, public_id), 302)
    return _ask(position, None)


@blueprint.post("/threads/<slug>/summary/<public_id>")
def send_answer(slug: str, public_id: str) -> AnyResponse:
    """The author's yes or no."""
    form = AnswerForm.posted()
    position = _own(slug, public_id)
    try:
        do.answer_steelman(
            session(),
            acting(May.ANSWER_STEELMAN),
            position,
            seen=form.seen.data or "",
            answer=form.answer.data or "",
            said=form.said.data or "",
            now=clock.now(),
        )
    except Invalid as error:
        form.say(*error.problems)
        return _ask(position, form, status=422)
    except Refused as refused:
        form.answer.errors = [refused.sentence]
        return _ask(position, form, status=422)
    flash(_("Thank you. The moderators have your answer; nobody is told who gave it."), "done")
    return redirect(paths.position(public_id), 303)


def _take_away(thread: Thread, form: SummaryForm) -> AnyResponse:
    form.why = request.form.get("why", "")
    try:
        do.take_summary_away(
            session(), acting(May.CURATE_THREAD), thread, why=form.why, now=clock.now()
        )
    except Invalid as error:
        form.say(*error.problems)
        return _show(thread, form, status=422)
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(_("The summary is removed. Its versions are kept."), "done")
    return redirect(paths.curate_thread(thread.slug), 303)


def _show(thread: Thread, form: SummaryForm | None = None, *, status: int = 200) -> Response:
    page = summarise_page(session(), acting(May.CURATE_THREAD), thread)
    if form is None:
        texts = {line.id: line.text for line in page.lines if line.can_write}
        form = SummaryForm(page.text, texts, page.version, page.typed_language)
    elif form.conflict:
        form.version = page.version
    return answer(
        "threads/summarise.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )


def _ask(position: Position, form: AnswerForm | None, *, status: int = 200) -> Response:
    page = steelman_page(session(), position)
    if form is None:
        given = "" if page.answer == "unanswered" else page.answer
        form = AnswerForm(data={"answer": given, "said": page.said})
    response = answer(
        "threads/steelman.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )
    return private(response)


def _own(slug: str, public_id: str) -> Position:
    """One's own position; for everybody else there is no such page."""
    if viewer() is None:
        or_404(find_position_in(session(), None, slug, public_id))
    asks = acting(May.ANSWER_STEELMAN)
    position = or_404(find_own_position(session(), asks, public_id))
    if position.author_id != asks.person_id:
        or_404(None)
    return position


def _curated(slug: str) -> Thread:
    thread = found_here(slug)
    require(viewer(), May.CURATE_THREAD, thread)
    return thread
