"""The writing page: opened, changed by its buttons, published, kept or thrown away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.debate.composing.looking import actor
from discussion.debate.composing.signed_out import ask_to_sign_in, throw_away
from discussion.debate.positions.forms import Written, act, as_typed, read
from discussion.debate.positions.models import KeptDraft, Position
from discussion.debate.positions.operations import drafts
from discussion.debate.positions.operations.holding import Merged
from discussion.debate.positions.operations.publishing import AlreadyPosted, find_own
from discussion.debate.positions.operations.writing import (
    hand_in,
    hand_in_on_behalf,
    hand_in_revision,
)
from discussion.debate.positions.queries.coming_in import why_closed_for, why_not
from discussion.debate.positions.views import blueprint
from discussion.debate.positions.views.sheets import (
    Form,
    Sheet,
    around_of,
    first_written,
    kept_for,
    needs_of,
    sheet_of_position,
    sheet_of_thread,
    show,
)
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import find_merged, name_for
from discussion.debate.threads.queries.pacing import why_over
from discussion.language import _
from discussion.permissions import facts
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, refuse_removed
from discussion.problems import Invalid, Problem
from discussion.series.members.operations.inviting import come_in
from discussion.web.doorway import aside, begin_again, session, viewer


@blueprint.get("/positions/write/<thread>")
def write(thread: str) -> Response:
    """The page of a new position; who has one in this thread is led to revising it."""
    sheet = sheet_of_thread(session(), thread)
    if sheet.thread.slug != thread:
        query = request.query_string.decode()
        return redirect(paths.write(sheet.thread.slug) + (f"?{query}" if query else ""), 301)
    own = _own_position(sheet)
    if own is not None:
        return _lead_to(own)
    return _open(sheet)


@blueprint.post("/positions/write/<thread>")
def write_on(thread: str) -> Response:
    return _take(lambda opened: sheet_of_thread(opened, thread))


@blueprint.get("/positions/<public_id>/revise")
def revise(public_id: str) -> Response:
    return _open(sheet_of_position(session(), public_id))


@blueprint.post("/positions/<public_id>/revise")
def revise_on(public_id: str) -> Response:
    return _take(lambda opened: sheet_of_position(opened, public_id))


def _open(sheet: Sheet) -> Response:
    refuse_removed(viewer(), May.POST, sheet.thread)
    kept, earlier = kept_for(session(), sheet)
    # Saving over the newer one is what the person asked for, so its version is carried on.
    shown = earlier if request.args.get("earlier") and earlier else kept
    form = Form(
        typed=_with_new_item(first_written(sheet, shown)),
        version=kept.version if kept and kept.person_id else 0,
        saved_at=shown.saved_at if shown else None,
        has_earlier=earlier is not None,
    )
    return show(session(), sheet, form)


def _take(find_sheet: Callable[[Session], Sheet]) -> Response:
    """What a button of the form asks for; those that change only the page take no write lock."""
    written = read(request.form)
    do = request.form.get("do", "publish")
    if do == "enter":  # the Enter key in a field
        do = "find" if written.texts["find"].strip() else "preview"
    take = _TAKES.get(do)
    if take is not None:
        sheet = find_sheet(session())
        written = sheet.follow(written)
        try:
            return take(sheet, written)
        except Forbidden:
            if not why_over(sheet.thread):
                raise
            return _refused(sheet, written)
    with aside(writes=False) as opened:
        sheet = find_sheet(opened)
        if do.startswith("links-add-"):
            written = replace(written, texts={**written.texts, "find": ""})
        form = _form_again(sheet.follow(act(written, do)), said=_said(do))
        return show(opened, sheet, form)


def _publish(sheet: Sheet, written: Written) -> Response:
    _say_where_it_went(sheet)
    if viewer() is None:
        return _publish_signed_out(sheet, written)
    now = clock.now()
    try:
        position = _hand_in(sheet, written, now)
    except Invalid as invalid:
        problems = invalid.problems
    except AlreadyPosted as already:
        return _keep_as_revision(already.position, written, now)
    except Merged:  # a moment ago: go on in the thread that it went into
        return _publish(_again(sheet), written)
    except Forbidden:
        sentence = _why_not(sheet)
        if not sentence:
            raise
        problems = [Problem("publish", sentence), *needs_of(session(), sheet, written)]
    else:
        return redirect(url_for("positions.sent", public_id=position.public_id), 303)
    return _say_problems(_again(sheet), written, problems)


def _publish_signed_out(sheet: Sheet, written: Written) -> Response:
    """Say all that is still needed; only when nothing is, ask for an account."""
    if problems := [*_closed(sheet), *needs_of(session(), sheet, written)]:
        return _say_problems(sheet, written, problems)
    return _ask_to_sign_in(sheet, written, hands_in=True)


def _closed(sheet: Sheet) -> list[Problem]:
    """Why nobody can publish here now who is not known yet."""
    if facts.takes_positions(None, sheet.thread) and not sheet.thread.closed_to:
        return []
    return [Problem("publish", _why_not(sheet))]


def _say_problems(sheet: Sheet, written: Written, problems: list[Problem]) -> Response:
    form = replace(_form_again(written), problems=tuple(problems))
    return show(session(), sheet, form, status=422)


def _say_where_it_went(sheet: Sheet) -> None:
    """To somebody who wrote in a thread that was merged meanwhile."""
    merged = find_merged(session(), str((request.view_args or {}).get("thread", "")))
    before = _name_of(merged, sheet.thread) if merged else ""
    if before:
        flash(
            _(
                "“%(before)s” has been merged into “%(after)s”, so what you wrote goes there.",
                before=before,
                after=sheet.thread.question,
            ),
            "note",
        )


def _name_of(merged: Thread, thread: Thread) -> str:
    return name_for(session(), viewer(), merged, here=thread.id)[0]


def _why_not(sheet: Sheet) -> str:
    """Why this cannot be published now."""
    if over := why_over(sheet.thread):
        return over
    closed = why_closed_for(session(), viewer(), sheet.thread, sheet.kind, sheet.position)
    return closed or why_not(viewer(), sheet.thread)


def _refused(sheet: Sheet, written: Written) -> Response:
    """The page again, with what was typed and why nothing of it is taken."""
    return _say_problems(sheet, written, [Problem("publish", _why_not(sheet))])


def _hand_in(sheet: Sheet, written: Written, now: datetime) -> Position:
    draft, around = sheet.draft(written), around_of(sheet, written)
    if sheet.position is not None:
        return hand_in_revision(session(), actor(), sheet.position, draft, around, now=now)
    hands_in = hand_in_on_behalf if sheet.kind == "behalf" else hand_in
    return hands_in(session(), actor(), sheet.thread, draft, around, now=now)


def _keep(sheet: Sheet, written: Written, *, version: int | None = -1) -> Response:
    """Keep a draft and show it again from what is kept."""
    if viewer() is None:
        return _ask_to_sign_in(sheet, written)
    moved = _keep_own(sheet, written, _version() if version == -1 else version)
    if moved is not None:
        return _say_moved(sheet, written, moved)
    flash(_("Your draft is kept. Nobody else can see it."), "kept")
    return redirect(sheet.url, 303)


def _keep_mine(sheet: Sheet, written: Written) -> Response:
    """Keep this tab's text although another has saved since: the person has been told."""
    return _keep(sheet, written, version=None)


def _add_evidence(sheet: Sheet, written: Written) -> Response:
    """Keep what is written, go and add an item to the library, and come back with it."""
    if viewer() is None:
        return _ask_to_sign_in(sheet, written)
    moved = _keep_own(sheet, written, _version())
    if moved is not None:
        return _say_moved(sheet, written, moved)
    from urllib.parse import urlencode

    library = paths.library(sheet.thread.series.slug)
    typed = {"next": sheet.url} | ({"q": sought} if (sought := written.texts["find"]) else {})
    return redirect(f"{library}/add?{urlencode(typed)}", 303)


def _ask_whether_to_discard(sheet: Sheet, written: Written) -> Response:
    return show(session(), sheet, replace(_form_again(written), is_discarding=True))


def _discard(sheet: Sheet, _written: Written) -> Response:
    if viewer() is None:
        throw_away(sheet.kind, sheet.subject)
    else:
        drafts.discard_draft(session(), actor(), sheet.kind, sheet.subject)
    flash(_("The draft is thrown away."), "done")
    back = paths.position(sheet.position.public_id) if sheet.position else None
    return redirect(back or paths.thread(sheet.thread.slug), 303)


def _join(sheet: Sheet, written: Written) -> Response:
    """Keep what is written, and join the series with the same press."""
    if viewer() is None:
        return _ask_to_sign_in(sheet, written)
    moved = _keep_own(sheet, written, _version())
    if moved is not None:
        return _say_moved(sheet, written, moved)
    come_in(session(), actor(), sheet.thread.series, now=clock.now())
    flash(_("You belong to this series now. What you wrote is kept."), "done")
    return redirect(sheet.url, 303)


_TAKES = {
    "join": _join,
    "publish": _publish,
    "keep": _keep,
    "keep-mine": _keep_mine,
    "add-evidence": _add_evidence,
    "discard": _ask_whether_to_discard,
    "discard-yes": _discard,
}


def _ask_to_sign_in(sheet: Sheet, written: Written, *, hands_in: bool = False) -> Response:
    return ask_to_sign_in(
        sheet.kind, sheet.subject, as_typed(written), sheet.url, hands_in=hands_in
    )


def _keep_own(sheet: Sheet, written: Written, version: int | None) -> KeptDraft | None:
    """Keep the draft; returns the other one when another tab has saved since."""
    try:
        drafts.keep_draft(
            session(),
            actor(),
            sheet.kind,
            sheet.subject,
            as_typed(written),
            version=version,
            now=clock.now(),
        )
    except drafts.Moved as moved:
        return moved.kept
    return None


def _say_moved(sheet: Sheet, written: Written, other: KeptDraft) -> Response:
    form = replace(_form_again(written), moved_at=other.saved_at)
    return show(session(), sheet, form, status=409)


def _keep_as_revision(position: Position, written: Written, now: datetime) -> Response:
    """Another tab was first: what was typed here becomes a draft of the new version."""
    drafts.keep_beside(session(), actor(), "revision", position, as_typed(written), now=now)
    flash(
        _(
            "You already have a position in this thread. What you wrote is kept as a draft of its "
            "next version."
        ),
        "kept",
    )
    return redirect(paths.revise(position.public_id), 303)


def _own_position(sheet: Sheet) -> Position | None:
    asks = viewer()
    if asks is None or sheet.kind != "position":
        return None
    return find_own(session(), sheet.thread, asks.person_id)


def _lead_to(own: Position) -> Response:
    flash(_("You already have a position in this thread, so here you can change it."), "note")
    is_open = own.state != "hidden" and facts.takes_positions(viewer(), own.thread)
    public_id = own.public_id
    return redirect(paths.revise(public_id) if is_open else paths.position(public_id), 303)


def _with_new_item(written: Written) -> Written:
    """The form with the item that was just added to the library linked to the claim."""
    item = request.args.get("item", "")[:20]
    if not item or any(row["item"] == item for row in written.rows["links"]):
        return written
    return act(written, f"links-add-{item}")


def _form_again(written: Written, *, said: str = "") -> Form:
    """The form as this page last saw it: same draft version, same time of saving."""
    return Form(typed=written, version=_version() or 0, saved_at=_saved_at(), said=said)


def _again(sheet: Sheet) -> Sheet:
    """The same sheet in a new session, after what was tried has been undone."""
    begin_again()
    if sheet.position is not None:
        return sheet_of_position(session(), sheet.position.public_id)
    return sheet_of_thread(session(), sheet.thread.slug)


def _version() -> int:
    typed = request.form.get("draft_version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


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
