"""Composing: changed by the buttons of its form, kept, put together, or thrown away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import flash, jsonify, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.answers import ask_to_come_in, form_again, go_back, say
from discussion.debate.composing.composition import (
    Composition,
)
from discussion.debate.composing.forms import (
    Shape,
    Written,
    act,
    as_kept,
    read,
)
from discussion.debate.composing.keeping import (
    compare,
    keep_draft,
    say_clash,
    say_theirs,
)
from discussion.debate.composing.publishing import publish
from discussion.debate.composing.signed_out import (
    named,
    take_up,
    throw_away,
)
from discussion.debate.composing.versions import (
    Clash,
    opened_with,
    read_settled,
)
from discussion.debate.threads.queries.pacing import why_over
from discussion.kept.forms import ASIDE, THEIRS
from discussion.language import _
from discussion.people.accounts.words_kept import ASKED
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden
from discussion.problems import Problem
from discussion.series.members.operations.inviting import come_in
from discussion.web.doorway import acting, separate_session, session, viewer
from discussion.web.refusals import refusal

Find = Callable[[Session], Composition]  # in a session
Press = Callable[[Composition, Written], Response]


def press(find: Find, shape: Shape) -> Response:
    """What a button of the form asks for; those that change only the page take no write lock."""
    do = request.form.get("do", "publish")
    if keeps := request.form.get("keep"):  # a press on the page that compares two
        do = "keep-both" if keeps == ASIDE else "keep"
    written = read_settled(shape) if keeps else read(request.form, shape)
    if do == "enter":  # the Enter key in a field
        do = "find" if written.texts["find"].strip() else "preview"
    if handle := _PRESSES.get(do):
        sheet = find(session())
        written = sheet.follow(written)
        try:
            return handle(sheet, written)
        except Forbidden:
            if not why_over(sheet.thread):
                raise
            return say(sheet, written, [Problem("publish", sheet.why_not(session()))])
    with separate_session(writes=False) as opened:
        sheet = find(opened)
        if do.startswith(f"{shape.item}-add-"):
            written = written.saying(find="")
        form = form_again(sheet.follow(act(written, do)), said=_said(do))
        return sheet.show(opened, form)


def keep_typed(find: Find, shape: Shape) -> Response:
    """Save what is typed so far, with what another tab saved in other fields.

    Answers what the form is opened with from now on, when it was saved, and what to tell the
    writer about another tab; 409, and nothing saved, where that changed the same.
    """
    written = read(request.form, shape)
    if viewer() is None:
        return refusal(401, beside={"error": "signed_out"})
    sheet = find(session())
    try:
        kept, together = keep_draft(sheet, written)
    except Forbidden:
        says = why_over(sheet.thread)
        return refusal(403, says=says, beside={"error": "over", "says": says})
    except Clash as clash:
        says = say_clash(sheet, clash.together)
        return refusal(409, says=says, beside={"error": "changed", "says": says})
    opened = opened_with(sheet.follow(written), kept.saved_at)
    says = say_theirs(sheet, together) if together.merged.theirs_alone else ""
    at = kept.saved_at.isoformat()
    return jsonify({"saved_at": at, "opened": opened, "says": says})


def _keep(sheet: Composition, written: Written) -> Response:
    """Keep a draft and show it again from what is kept."""
    sentence = _("Your draft is kept. Nobody else can see it.")
    if request.form.get("keep") == THEIRS:
        sentence = _("What the other tab saved stands.")
    return _kept(sheet, written) or go_back(sheet, sentence)


def _keep_both(sheet: Composition, written: Written) -> Response:
    """Go on with this tab's text, and put what another saved aside as the earlier one."""
    if viewer() is None:
        return ask_to_come_in(sheet, written)
    typed, now = as_kept(written), clock.now()
    drafts.keep_beside(session(), acting(May.POST), sheet.kind, sheet.subject, typed, now=now)
    return go_back(sheet, _("Both drafts are kept. You go on with this one."))


def _add_evidence(sheet: Composition, written: Written) -> Response:
    """Keep what is written, go and add an item to the library, and come back with it."""
    if refused := _kept(sheet, written):
        return refused
    typed = {"next": sheet.url} | ({"q": sought} if (sought := written.texts["find"]) else {})
    library = paths.library(sheet.thread.series.slug)
    return redirect(f"{library}/add?{urlencode(typed)}", 303)


def _join(sheet: Composition, written: Written) -> Response:
    """Keep what is written, and join the series with the same press."""
    if refused := _kept(sheet, written):
        return refused
    come_in(session(), acting(May.POST), sheet.thread.series, now=clock.now())
    sentence = _("You belong to this series now. What you wrote is kept.")
    return go_back(sheet, sentence, "done")


def _ask_whether_to_discard(sheet: Composition, written: Written) -> Response:
    return sheet.show(session(), replace(form_again(written), is_discarding=True))


def _discard(sheet: Composition, _written: Written) -> Response:
    if viewer() is None:
        throw_away(sheet.kind, sheet.subject, named())
    else:
        drafts.discard_draft(session(), acting(May.POST), sheet.kind, sheet.subject)
    flash(_("The draft is thrown away."), "done")
    return redirect(sheet.back, 303)


def _take_up(sheet: Composition, _written: Written) -> Response:
    """The press of who says that what waits in this browser is theirs."""
    token = take_up(sheet.kind, sheet.subject)
    if viewer() is None and token:
        return redirect(f"{sheet.url}?{urlencode({ASKED: token})}", 303)
    return redirect(sheet.url, 303)


def _throw_away_waiting(sheet: Composition, _written: Written) -> Response:
    throw_away(sheet.kind, sheet.subject)
    return go_back(sheet, _("It is thrown away."), "done")


_PRESSES: Mapping[str, Press] = {
    "publish": publish,
    "keep": _keep,
    "keep-both": _keep_both,
    "add-evidence": _add_evidence,
    "join": _join,
    "discard": _ask_whether_to_discard,
    "discard-yes": _discard,
    "take-up": _take_up,
    "throw-away": _throw_away_waiting,
}


def _kept(sheet: Composition, written: Written) -> Response | None:
    """Keep it; what to answer instead where one is signed out, or another tab changed the same."""
    if viewer() is None:
        return ask_to_come_in(sheet, written)
    try:
        _row, together = keep_draft(sheet, written)
    except Clash as clash:
        return compare(sheet, clash.together)
    if together.merged.theirs_alone:
        flash(say_theirs(sheet, together), "done")
    return None


def _said(do: str) -> str:
    verb = do.split("-")[1] if "-" in do else do
    return {
        "up": _("Moved up."),
        "down": _("Moved down."),
        "remove": _("Removed."),
        "add": _("Added."),
    }.get(verb, "")
