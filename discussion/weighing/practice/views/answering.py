"""Answering by one's own link: no account, no cookie, nothing that tells who it is.

What is wrong with a link, and a run that is over, are pages that say what can be done. Nothing here
is kept but the answers themselves.
"""

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import paths
from discussion.language import _
from discussion.problems import Invalid
from discussion.web.doorway import begin_again, session
from discussion.web.faces import answer, wants_fragment
from discussion.web.headers import private
from discussion.web.sector import speak_of
from discussion.web.site import raters_secret
from discussion.weighing.practice.forms_answering import AnswerForm
from discussion.weighing.practice.models import OPEN, RunInvitation
from discussion.weighing.practice.operations import answering as do
from discussion.weighing.practice.operations.forgetting import take_back as forget_own
from discussion.weighing.practice.queries import answering as ask
from discussion.weighing.practice.queries.finding import find_invitation
from discussion.weighing.practice.views import blueprint

NO_LINK = "practice/no_link.html"


@blueprint.get("/practice/answer/<link>", endpoint="answer")
def answer_page(link: str) -> Response:
    """What is asked and who sees it; one step of the way; the end; or that it is over."""
    row = _found(link)
    if row is None:
        return _no_link()
    at = request.args.get("at", "")
    if row.run.state != OPEN or row.is_withdrawn:
        return _show("practice/over.html", ask.asking(session(), row, link, raters_secret()))
    if at == ask.END:
        return _show("practice/end.html", ask.asking(session(), row, link, raters_secret()))
    if at == ask.VISION and row.run.instrument.visions:
        return _vision(row, link)
    function = ask.function_of(row, at)
    if function is None:
        return _show("practice/begin.html", ask.asking(session(), row, link, raters_secret()))
    page = ask.function_page(session(), row, function, link, raters_secret())
    return _show("practice/answer.html", page, AnswerForm(page.said))


@blueprint.post("/practice/answer/<link>")
def send_answer(link: str) -> AnyResponse:
    """Keep what was chosen, and go on to the next step."""
    row = _found(link)
    if row is None:
        return _no_link()
    at, what = request.form.get("at", ""), request.form.get("do", "")
    function = ask.function_of(row, at)
    form = AnswerForm.sent(request.form)
    secret = raters_secret()
    try:
        if what == "skip":
            pass
        elif at == ask.VISION:
            do.save_fits(session(), row, _fits(), secret=secret)
        elif function is not None:
            do.save_answer(session(), row, function, form.draft, secret=secret)
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _refuse(link, at, form)
    except do.RunClosed as closed:
        begin_again()
        return _too_late(link, form, closed)
    if wants_fragment():
        return _saved(row, link)
    after = ask.next_step(row, at, secret)
    if after == ask.END:
        do.finish(session(), row, secret=secret)
    return redirect(paths.answer_run(link, after), 303)


@blueprint.get("/practice/answer/<link>/letters")
def letters(link: str) -> Response:
    """Stop letters, or take everything back: asks first, since mail programs follow links."""
    row = _found(link)
    if row is None:
        return _no_link()
    return _show("practice/letters.html", ask.asking(session(), row, link, raters_secret()))


@blueprint.post("/practice/answer/<link>/letters")
def stop_letters(link: str) -> AnyResponse:
    """From the button of the page, or of a mail program, which sends no cookie."""
    row = _found(link)
    if row is None:
        return _no_link()
    do.stop_letters(session(), row)
    return _show("practice/letters.html", ask.asking(session(), row, link, raters_secret()))


@blueprint.post("/practice/answer/<link>/take-back")
def take_back(link: str) -> AnyResponse:
    """Delete one's answers and one's address."""
    row = _found(link)
    if row is None:
        return _no_link()
    forget_own(session(), row, raters_secret())
    return redirect(paths.run_letters(link), 303)


def _found(link: str) -> RunInvitation | None:
    row = find_invitation(session(), link)
    if row is not None:
        speak_of(row.run.series.slug)
    return row


def _vision(row: RunInvitation, link: str) -> Response:
    page = ask.vision_page(session(), row, link, raters_secret())
    return _show("practice/vision.html", page)


def _fits() -> dict[str, str]:
    return {
        name.removeprefix("fit-"): value
        for name, value in request.form.items()
        if name.startswith("fit-")
    }


def _saved(row: RunInvitation, link: str) -> AnyResponse:
    """For the script: that it is saved, and how many of how many."""
    shown = ask.asking(session(), row, link, raters_secret())
    answered = ask.count_own(session(), row, raters_secret())
    body = render_template("practice/_saved.html", page=shown, answered=answered)
    return private(make_response(body))


def _refuse(link: str, at: str, form: AnswerForm) -> AnyResponse:
    """The page again, with everything that was chosen and typed."""
    row = _found(link)
    function = ask.function_of(row, at) if row is not None else None
    if row is None or function is None:
        return _no_link()
    if wants_fragment():
        return private(make_response(form.problems()[0][1], 422))
    page = ask.function_page(session(), row, function, link, raters_secret())
    return _show("practice/answer.html", page, form, 422)


def _too_late(link: str, form: AnswerForm, closed: do.RunClosed) -> AnyResponse:
    """What was typed just now, to be copied; it is not kept."""
    if wants_fragment():
        return private(make_response(closed.sentence, 409))
    row = _found(link)
    if row is None:
        return _no_link()
    page = ask.asking(session(), row, link, raters_secret())
    return _show("practice/over.html", page, form, 409)


def _no_link() -> Response:
    said = _("This link is not one of ours, or it was copied in part. Open it from your letter.")
    return private(answer(NO_LINK, said, status=404))


def _show(
    template: str,
    page: "ask.Asking | ask.FunctionPage | ask.VisionPage",
    form: AnswerForm | None = None,
    status: int = 200,
) -> Response:
    """Kept by no cache, found by no search engine; no page is named to another site anyway."""
    asking = page if isinstance(page, ask.Asking) else page.asking
    series = (asking.series_slug, asking.series_title)
    response = private(answer(template, page, form=form, status=status, series=series))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
