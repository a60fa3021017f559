"""Composing: opened, changed by its buttons, kept, looked at again, handed in or thrown away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from flask import Response as Page
from flask import flash, jsonify, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.composition import (
    Beside,
    Composition,
    Elsewhere,
    Form,
    HandedIn,
)
from discussion.debate.composing.forms import (
    Shape,
    Written,
    act,
    as_kept,
    read,
    read_kept,
    with_item,
)
from discussion.debate.composing.keeping import (
    CONFLICT,
    compare,
    held_draft,
    keep_draft,
    say_clash,
    say_theirs,
)
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.signed_out import (
    ask_to_sign_in,
    kept_here,
    named,
    take_up,
    throw_away,
    waits_here,
)
from discussion.debate.composing.versions import (
    Clash,
    opened_with,
    put_together,
    read_settled,
    sent_opened,
    written_of,
)
from discussion.debate.threads.queries.pacing import why_over
from discussion.kept.forms import ASIDE
from discussion.kept.words import OPENED
from discussion.language import _
from discussion.people.accounts.words_kept import ASKED
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, refuse_removed
from discussion.problems import Invalid, Problem
from discussion.series.members.operations.inviting import come_in
from discussion.web.doorway import acting, begin_again, separate_session, session, viewer
from discussion.web.versions import Opened

Find = Callable[[Session], Composition]  # in a session
Take = Callable[[Composition, Written], Response]


def open_page(sheet: Composition) -> Response:
    """The page with one's draft, else what it is begun with."""
    refuse_removed(viewer(), sheet.right, sheet.subject)
    kept, earlier = _kept_for(session(), sheet)
    shown = earlier if request.args.get("earlier") and earlier else kept
    typed = _read_again(sheet, shown) if shown else sheet.first()
    form = Form(
        typed=with_item(typed, request.args.get("item", "")[:20]),
        opened=_opened(sheet, typed, kept),
        saved_at=shown.saved_at if shown else None,
        has_earlier=earlier is not None,
        waits_since=_waits_since(session(), sheet),
        named=named() if shown and shown.person_id is None else "",
    )
    return sheet.show(session(), form)


def take(find: Find, shape: Shape) -> Response:
    """What a button of the form asks for; those that change only the page take no write lock."""
    do = request.form.get("do", "publish")
    if keeps := request.form.get("keep"):  # a press on the page that compares two
        do = "keep-both" if keeps == ASIDE else "keep"
    written = read_settled(shape) if keeps else read(request.form, shape)
    if do == "enter":  # the Enter key in a field
        do = "find" if written.texts["find"].strip() else "preview"
    if handle := _TAKES.get(do):
        sheet = find(session())
        written = sheet.follow(written)
        try:
            return handle(sheet, written)
        except Forbidden:
            if not why_over(sheet.thread):
                raise
            return _say(sheet, written, [Problem("publish", sheet.why_not(session()))])
    with separate_session(writes=False) as opened:
        sheet = find(opened)
        if do.startswith(f"{shape.item}-add-"):
            written = written.saying(find="")
        form = form_again(sheet.follow(act(written, do)), said=_said(do))
        return sheet.show(opened, form)


def keep_typed(find: Find, shape: Shape) -> tuple[Page, int]:
    """Save what is typed so far, with what another tab saved in other fields.

    Answers what the form is opened with from now on, when it was saved, and what to tell the
    writer about another tab; 409, and nothing saved, where that changed the same.
    """
    written = read(request.form, shape)
    if viewer() is None:
        return jsonify({"error": "signed_out"}), 401
    sheet = find(session())
    try:
        kept, together = keep_draft(sheet, written)
    except Forbidden:
        return jsonify({"error": "over", "says": why_over(sheet.thread)}), 403
    except Clash as clash:
        says = say_clash(sheet, clash.together)
        return jsonify({"error": "changed", "says": says}), 409
    opened = opened_with(sheet.follow(written), kept.saved_at)
    says = say_theirs(sheet, together) if together.merged.theirs_alone else ""
    at = kept.saved_at.isoformat()
    return jsonify({"saved_at": at, "opened": opened, "says": says}), 200


def form_again(written: Written, *, said: str = "") -> Form:
    """The form as this page last saw it: opened with the same, saved at the same time."""
    opened = request.form.get(OPENED, "")
    return Form(typed=written, opened=opened, saved_at=_saved_at(), said=said, named=named())


def _publish(sheet: Composition, written: Written) -> Response:
    sheet.note_where()
    if viewer() is None:
        return _publish_signed_out(sheet, written)
    if asked := _asked_before_publishing(sheet, written):
        return asked
    now = clock.now()
    try:
        done = sheet.hand_in(session(), written, now)
    except Invalid as invalid:
        problems = invalid.problems
    except Elsewhere:
        return _publish(_again(sheet), written)
    except Forbidden:
        sentence = sheet.why_not(session())
        if not sentence:
            raise
        problems = [Problem("publish", sentence), *sheet.needs(session(), written)]
    else:
        return _go_on(done, written, now)
    return _say(_again(sheet), written, problems)


def _asked_before_publishing(sheet: Composition, written: Written) -> Response | None:
    """What another tab saved since is shown first: nobody publishes what they have not seen."""
    opened = sent_opened()
    if opened is None:
        return None
    together = put_together(sheet, written, held_draft(sheet), opened)
    if together.clashes:
        return compare(sheet, together)
    if not together.merged.theirs_alone:
        return None
    seen = opened_with(written_of(together.theirs, sheet.shape), clock.now())
    sentence = _(
        "%(what)s Here is everything together. Look at it, then publish it.",
        what=say_theirs(sheet, together),
    )
    problems = (Problem("publish", sentence),)
    form = replace(form_again(together.written), opened=seen, problems=problems)
    return sheet.show(session(), form, CONFLICT)


def _publish_signed_out(sheet: Composition, written: Written) -> Response:
    """Say all that is still needed; only when nothing is, ask for an account."""
    closed = sheet.why_not(session())
    problems = [Problem("publish", closed)] if closed else []
    if problems := [*problems, *sheet.needs(session(), written)]:
        return _say(sheet, written, problems)
    return _ask_to_sign_in(sheet, written, is_ready=True)


def _go_on(done: HandedIn | Beside, written: Written, now: datetime) -> Response:
    """Where another tab was first, what was typed here is kept as a draft of another kind."""
    if isinstance(done, Beside):
        typed = as_kept(written)
        drafts.keep_beside(session(), acting(May.POST), done.kind, done.subject, typed, now=now)
        flash(done.sentence, "kept")
    elif done.sentence:
        flash(done.sentence, "done")
    return redirect(done.url, 303)


def _keep(sheet: Composition, written: Written) -> Response:
    """Keep a draft and show it again from what is kept."""
    return _kept(sheet, written) or _go_back(
        sheet, _("Your draft is kept. Nobody else can see it.")
    )


def _keep_both(sheet: Composition, written: Written) -> Response:
    """Go on with this tab's text, and put what another saved aside as the earlier one."""
    if viewer() is None:
        return _ask_to_sign_in(sheet, written)
    typed, now = as_kept(written), clock.now()
    drafts.keep_beside(session(), acting(May.POST), sheet.kind, sheet.subject, typed, now=now)
    return _go_back(sheet, _("Both drafts are kept. You go on with this one."))


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
    return _go_back(sheet, sentence, "done")


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
    return _go_back(sheet, _("It is thrown away."), "done")


_TAKES: Mapping[str, Take] = {
    "publish": _publish,
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
        return _ask_to_sign_in(sheet, written)
    try:
        _row, together = keep_draft(sheet, written)
    except Clash as clash:
        return compare(sheet, clash.together)
    if together.merged.theirs_alone:
        flash(say_theirs(sheet, together), "done")
    return None


def _read_again(sheet: Composition, kept: KeptDraft) -> Written:
    return sheet.follow(read_kept(kept.typed, sheet.shape))


def _opened(sheet: Composition, typed: Written, kept: KeptDraft | None) -> str:
    """What the page is opened with: the newest draft, whichever is shown.

    What a visitor wrote is compared with whatever is theirs once they come in: all of it is new.
    """
    if kept is None:
        return opened_with(typed, clock.now())
    if kept.person_id is None:
        return Opened(clock.now(), {}).packed()
    return opened_with(_read_again(sheet, kept), clock.now())


def _kept_for(opened: Session, sheet: Composition) -> tuple[KeptDraft | None, KeptDraft | None]:
    """The draft to go on with, and the earlier one that it took the place of."""
    own = drafts.find_draft(opened, viewer(), sheet.kind, sheet.subject)
    earlier = drafts.find_draft(opened, viewer(), sheet.kind + drafts.EARLIER, sheet.subject)
    if own is not None or not sheet.begins_signed_out:
        return own, earlier
    return kept_here(opened, sheet.kind, sheet.subject), earlier


def _waits_since(opened: Session, sheet: Composition) -> datetime | None:
    """When somebody wrote about the same in this browser, and said nowhere that it was they."""
    found = waits_here(opened, sheet.kind, sheet.subject) if sheet.begins_signed_out else None
    return found.saved_at if found else None


def _ask_to_sign_in(sheet: Composition, written: Written, *, is_ready: bool = False) -> Response:
    typed = as_kept(written, is_ready=is_ready)
    asked = ask_to_sign_in(sheet.kind, sheet.subject, typed, sheet.url, hands_in=is_ready)
    if asked is not None:
        return asked
    sentence = _("We could not keep this. Copy it, or sign in in another tab and press again here.")
    return _say(sheet, written, [Problem("publish", sentence)])


def _say(sheet: Composition, written: Written, problems: list[Problem]) -> Response:
    form = replace(form_again(written), problems=tuple(problems))
    return sheet.show(session(), form, 422)


def _go_back(sheet: Composition, sentence: str, how: str = "kept") -> Response:
    flash(sentence, how)
    return redirect(sheet.url, 303)


def _again(sheet: Composition) -> Composition:
    """The same in a new session, after what was tried has been undone."""
    return sheet.found_in(begin_again())


def _saved_at() -> datetime | None:
    try:
        at = datetime.fromisoformat(request.form.get("draft_saved_at", ""))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _said(do: str) -> str:
    verb = do.split("-")[1] if "-" in do else do
    return {
        "up": _("Moved up."),
        "down": _("Moved down."),
        "remove": _("Removed."),
        "add": _("Added."),
    }.get(verb, "")
