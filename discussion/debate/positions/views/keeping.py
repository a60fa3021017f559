"""What the page's own script asks for while somebody types: saving, and the card so far."""

from collections.abc import Callable

from flask import Response, jsonify, render_template, request
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.composing.looking import actor
from discussion.debate.positions.forms import as_typed, read
from discussion.debate.positions.models import KeptDraft
from discussion.debate.positions.operations import drafts
from discussion.debate.positions.views import blueprint
from discussion.debate.positions.views.sheets import (
    Form,
    Sheet,
    page_of,
    seen_by,
    sheet_of_position,
    sheet_of_thread,
)
from discussion.debate.threads.queries.pacing import why_over
from discussion.permissions.rules import Forbidden
from discussion.web.doorway import aside, session, viewer


@blueprint.post("/positions/write/<thread>/draft")
def keep_draft(thread: str) -> tuple[Response, int]:
    return _keep(lambda: sheet_of_thread(session(), thread))


@blueprint.post("/positions/<public_id>/revise/draft")
def keep_revision(public_id: str) -> tuple[Response, int]:
    return _keep(lambda: sheet_of_position(session(), public_id))


@blueprint.post("/positions/write/<thread>/preview")
def preview(thread: str) -> str:
    return _preview(lambda opened: sheet_of_thread(opened, thread))


@blueprint.post("/positions/<public_id>/revise/preview")
def preview_revision(public_id: str) -> str:
    return _preview(lambda opened: sheet_of_position(opened, public_id))


def _keep(find_sheet: Callable[[], Sheet]) -> tuple[Response, int]:
    """Save what is typed so far; a tab that has not seen the newest version is told, with 409."""
    typed = as_typed(read(request.form))
    version = request.form.get("draft_version", "0")[:9]
    if viewer() is None:
        return jsonify({"error": "signed_out"}), 401
    sheet = find_sheet()
    try:
        kept = drafts.keep_draft(
            session(),
            actor(),
            sheet.kind,
            sheet.subject,
            typed,
            version=int(version) if version.isascii() and version.isdigit() else 0,
            now=clock.now(),
        )
    except Forbidden:
        return jsonify({"error": "over", "says": why_over(sheet.thread)}), 403
    except drafts.Moved as moved:
        return jsonify(_stamp(moved.kept)), 409
    return jsonify(_stamp(kept)), 200


def _stamp(kept: KeptDraft) -> dict[str, object]:
    return {"version": kept.version, "saved_at": kept.saved_at.isoformat()}


def _preview(find_sheet: Callable[[Session], Sheet]) -> str:
    """The card as others will see it, what is still needed, and how far along each part is."""
    written = read(request.form)
    with aside(writes=False) as opened:
        sheet = find_sheet(opened)
        written = sheet.follow(written)
        page = page_of(opened, sheet, written)
        form = seen_by(opened, sheet, Form(typed=written))
    return render_template("positions/preview_pieces.html", page=page, form=form)
