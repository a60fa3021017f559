"""Taking a response back; saying that it still stands."""

from dataclasses import dataclass

from flask import flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths, text
from discussion.debate.responses.operations.responding import say_it_stands as keep_standing
from discussion.debate.responses.operations.responding import withdraw_response
from discussion.debate.responses.queries import newest_text
from discussion.debate.responses.views import blueprint
from discussion.debate.responses.views.sheets import sheet_of
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.web.doorway import acting, session, viewer
from discussion.web.faces import answer
from discussion.web.forms import safe_next


@dataclass(frozen=True)
class Withdrawing:
    type: str
    html: object
    language: str
    was_published: bool
    position_url: str
    thread_question: str
    thread_url: str


@blueprint.get("/positions/<public_id>/responses/<response_id>/withdraw")
def withdraw_own_response(public_id: str, response_id: str) -> AnyResponse:
    """What withdrawing means, and a button that does it."""
    sheet = sheet_of(session(), public_id, response_id)
    row = sheet.response
    assert row is not None
    require(viewer(), May.WITHDRAW_RESPONSE, row)
    said = row.live or newest_text(row)
    thread = sheet.position.thread
    page = Withdrawing(
        type=row.type,
        html=text.stored(said.html),
        language=said.language,
        was_published=row.first_published_at is not None,
        position_url=paths.position(public_id),
        thread_question=thread.question,
        thread_url=paths.thread(thread.slug),
    )
    series = (thread.series.slug, thread.series.title)
    return answer("responses/withdraw.html", page, series=series)


@blueprint.post("/positions/<public_id>/responses/<response_id>/withdraw")
def withdraw_own_response_now(public_id: str, response_id: str) -> AnyResponse:
    sheet = sheet_of(session(), public_id, response_id)
    assert sheet.response is not None
    withdraw_response(session(), acting(May.RESPOND), sheet.response, now=clock.now())
    flash(_("Your response is withdrawn."), "done")
    return redirect(paths.position(public_id), 303)


@blueprint.post("/positions/<public_id>/responses/<response_id>/stands")
def say_it_stands(public_id: str, response_id: str) -> AnyResponse:
    """The position has a later version, and the answer to it needs no other words."""
    sheet = sheet_of(session(), public_id, response_id)
    assert sheet.response is not None
    if keep_standing(session(), acting(May.RESPOND), sheet.response, now=clock.now()):
        flash(_("Readers are told that your answer still holds for the new version."), "done")
    here = paths.response(public_id, response_id)
    return redirect(safe_next(request.form.get("next"), here), 303)
