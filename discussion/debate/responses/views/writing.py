"""Responding to a position, and mending one's response."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import flash, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths, text
from discussion.debate.composing.looking import actor, notice_in_words
from discussion.debate.composing.signed_out import ask_to_sign_in, kept_here
from discussion.debate.positions.drafts import strictest
from discussion.debate.positions.models import Response as ResponseRow
from discussion.debate.positions.operations import drafts
from discussion.debate.positions.queries.coming_in import posting_given
from discussion.debate.positions.words_held import held_for_author
from discussion.debate.responses import forms
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.forms import Typed
from discussion.debate.responses.operations.handing_in import (
    DRAFT_KIND,
    AroundResponse,
    find_response_needs,
    hand_in_new_text,
    hand_in_response,
)
from discussion.debate.responses.queries import (
    newest_text,
    respond_page,
    why_not,
)
from discussion.debate.responses.views import blueprint
from discussion.debate.responses.views.sheets import Sheet, sheet_of
from discussion.debate.threads.queries.pacing import why_closed, why_over
from discussion.language import _
from discussion.permissions import facts
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, refuse_removed, require
from discussion.problems import Invalid, Problem
from discussion.series.members.operations.inviting import come_in
from discussion.vocabulary import of_series
from discussion.web.doorway import aside, begin_again, session, viewer
from discussion.web.faces import answer


@dataclass(frozen=True)
class ResponseForm(forms.ResponseForm):
    """The form with the words for what may identify somebody."""

    kind_of = staticmethod(notice_in_words)


@blueprint.get("/positions/<public_id>/respond")
def respond(public_id: str) -> AnyResponse:
    """The form; who is signed out can write, and signs in before it is handed in."""
    sheet = sheet_of(session(), public_id)
    refuse_removed(viewer(), May.RESPOND, sheet.position)
    if facts.is_author(viewer(), sheet.position):
        flash(_("This is your own position. You can revise it instead."), "note")
        return redirect(paths.position(public_id), 303)
    return _show(session(), sheet, ResponseForm(_with_new_item(_first_typed(sheet))))


@blueprint.post("/positions/<public_id>/respond")
def respond_on(public_id: str) -> AnyResponse:
    return _take(public_id, "")


@blueprint.get("/positions/<public_id>/responses/<response_id>/revise")
def revise_own_response(public_id: str, response_id: str) -> AnyResponse:
    sheet = sheet_of(session(), public_id, response_id)
    assert sheet.response is not None
    require(viewer(), May.REVISE_RESPONSE, sheet.response)
    typed = sheet.follow(forms.typed_from(sheet.response, newest_text(sheet.response)))
    return _show(session(), sheet, ResponseForm(_with_new_item(typed)))


@blueprint.post("/positions/<public_id>/responses/<response_id>/revise")
def revise_own_response_on(public_id: str, response_id: str) -> AnyResponse:
    return _take(public_id, response_id)


def _take(public_id: str, response_id: str) -> AnyResponse:
    """What a button of the form asks for."""
    typed = forms.read(request.form)
    do = request.form.get("do", "publish")
    if do == "enter":  # the Enter key in a field
        do = "find"
    if do == "find":
        with aside(writes=False) as opened:
            sheet = sheet_of(opened, public_id, response_id)
            return _show(opened, sheet, ResponseForm(sheet.follow(typed)))
    sheet = sheet_of(session(), public_id, response_id)
    typed = sheet.follow(typed)
    try:
        return _do(do, sheet, typed)
    except Forbidden:
        if not why_over(sheet.position.thread):
            raise
        return _refused(sheet, typed)


def _do(do: str, sheet: Sheet, typed: Typed) -> AnyResponse:
    if viewer() is None:
        return _do_signed_out(do, sheet, typed)
    return _TAKES.get(do, _publish)(sheet, typed)


def _do_signed_out(do: str, sheet: Sheet, typed: Typed) -> AnyResponse:
    """Say all that is still needed; only when nothing is, ask for an account."""
    if do in _TAKES and do != "publish":
        return _ask_to_sign_in(sheet, typed)
    thread = sheet.position.thread
    closed = why_closed(session(), None, thread) or why_not(None, sheet.position, None)
    problems = [Problem("publish", closed)] if closed else []
    problems += _needs(sheet, typed)
    if problems:
        return _say_problems(sheet, typed, problems)
    return _ask_to_sign_in(sheet, typed, hands_in=True)


def _refused(sheet: Sheet, typed: Typed) -> AnyResponse:
    """The page again, with what was typed and why nothing of it is taken."""
    return _say_problems(sheet, typed, [Problem("publish", why_over(sheet.position.thread))])


def _publish(sheet: Sheet, typed: Typed) -> AnyResponse:
    try:
        row = _hand_in(sheet, typed)
    except Invalid as invalid:
        problems = invalid.problems
    except Forbidden:
        thread = sheet.position.thread
        over = why_over(thread)
        sentence = (
            over
            or why_closed(session(), actor().person_id, thread)
            or why_not(viewer(), sheet.position, sheet.response)
        )
        if not sentence:
            raise
        problems = [Problem("publish", sentence), *_needs(sheet, typed)]
    else:
        return _handed_in(sheet, row)
    begin_again()
    again = sheet_of(
        session(), sheet.position.public_id, sheet.response.public_id if sheet.response else ""
    )
    return _say_problems(again, typed, problems)


def _say_problems(sheet: Sheet, typed: Typed, problems: list[Problem]) -> AnyResponse:
    signs = of_series(sheet.position.thread.series.slug).signs
    notices = tuple(text.identifying(_draft(sheet, typed).text, signs))
    form = ResponseForm(typed, problems=tuple(problems), notices=notices)
    return _show(session(), sheet, form, status=422)


def _hand_in(sheet: Sheet, typed: Typed) -> ResponseRow:
    draft, around, now = _draft(sheet, typed), _around(sheet, typed), clock.now()
    if sheet.response is not None:
        return hand_in_new_text(session(), actor(), sheet.response, draft, around, now=now)
    return hand_in_response(session(), actor(), sheet.position, draft, around, now=now)


def _needs(sheet: Sheet, typed: Typed) -> list[Problem]:
    return find_response_needs(
        session(),
        viewer(),
        sheet.position,
        _draft(sheet, typed),
        _around(sheet, typed),
        response=sheet.response,
    )


def _draft(sheet: Sheet, typed: Typed) -> ResponseDraft:
    return forms.draft_of(typed)


def _around(sheet: Sheet, typed: Typed) -> AroundResponse:
    chosen = (typed["posting_role"], typed["posting_phase"])
    is_first = sheet.response is None
    thread = sheet.position.thread
    return AroundResponse(
        posting=posting_given(viewer(), thread, chosen) if is_first else None,
        looked_again=typed["looked_again"],
        seen=typed["seen"],
    )


def _handed_in(sheet: Sheet, row: ResponseRow) -> AnyResponse:
    if newest_text(row).status == "live":
        flash(_("Your response is published."), "done")
        return redirect(paths.response(sheet.position.public_id, row.public_id), 303)
    said = _(
        "Your response is with the moderators. You find it under “My"
        " contributions”, with what happens next."
    )
    moderation = sheet.position.thread.series.moderation
    held = held_for_author(newest_text(row).held_for, moderation)
    flash(f"{said} {held}".rstrip(), "done")
    return redirect(paths.position(sheet.position.public_id), 303)


def _keep(sheet: Sheet, typed: Typed) -> AnyResponse:
    drafts.keep_draft(
        session(),
        actor(),
        DRAFT_KIND,
        sheet.position,
        forms.as_typed(typed),
        version=None,
        now=clock.now(),
    )
    flash(_("Your draft is kept. Nobody else can see it."), "kept")
    return redirect(sheet.url, 303)


def _add_evidence(sheet: Sheet, typed: Typed) -> AnyResponse:
    """Keep what is written, go and add an item to the library, and come back with it."""
    drafts.keep_draft(
        session(),
        actor(),
        DRAFT_KIND,
        sheet.position,
        forms.as_typed(typed),
        version=None,
        now=clock.now(),
    )
    library = paths.library(sheet.position.thread.series.slug)
    asked = {"next": sheet.url} | ({"q": typed["find"]} if typed["find"] else {})
    return redirect(f"{library}/add?{urlencode(asked)}", 303)


def _discard(sheet: Sheet, _typed: Typed) -> AnyResponse:
    drafts.discard_draft(session(), actor(), DRAFT_KIND, sheet.position)
    flash(_("The draft is thrown away."), "done")
    return redirect(paths.position(sheet.position.public_id), 303)


def _join(sheet: Sheet, typed: Typed) -> AnyResponse:
    """Keep what is written, and join the series with the same press."""
    if viewer() is None:
        return _ask_to_sign_in(sheet, typed)
    kept = _keep(sheet, typed)
    come_in(session(), actor(), sheet.position.thread.series, now=clock.now())
    flash(_("You belong to this series now."), "done")
    return kept


_TAKES = {
    "publish": _publish,
    "keep": _keep,
    "add-evidence": _add_evidence,
    "discard": _discard,
    "join": _join,
}


def _ask_to_sign_in(sheet: Sheet, typed: Typed, *, hands_in: bool = False) -> AnyResponse:
    kept = forms.as_ready(typed) if hands_in else forms.as_typed(typed)
    return ask_to_sign_in(DRAFT_KIND, sheet.position, kept, sheet.url, hands_in=hands_in)


def _first_typed(sheet: Sheet) -> dict[str, str]:
    """What the page opens with: one's draft, what was kept signed out, or nothing."""
    own = drafts.find_draft(session(), viewer(), DRAFT_KIND, sheet.position)
    own = own or kept_here(session(), DRAFT_KIND, sheet.position)
    if own is not None:
        return sheet.follow(forms.read_kept(own.typed))
    thread = sheet.position.thread
    loosest = strictest(thread.attribution, thread.series.attribution)
    live = sheet.position.live
    first = {"attribution": "" if loosest == "named" else loosest}
    return dict.fromkeys(forms.FIELDS, "") | first | {"seen": str(live.version) if live else ""}


def _with_new_item(typed: dict[str, str]) -> dict[str, str]:
    """The form with the item that was just added to the library."""
    item = request.args.get("item", "")[:20]
    return typed | {"item_id": item} if item else typed


def _show(opened: Session, sheet: Sheet, form: ResponseForm, *, status: int = 200) -> AnyResponse:
    page = respond_page(
        opened, viewer(), sheet.position, form.typed, response=sheet.response, now=clock.now()
    )
    series = (page.series_slug, page.series_title)
    response = answer("responses/write.html", page, form=form, status=status, series=series)
    response.headers["Cache-Control"] = "private, no-store"
    return response
