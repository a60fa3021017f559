"""What the page's own script asks for while somebody types: saving, and the card so far."""

from collections.abc import Callable

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from discussion.debate.composing.composition import Form
from discussion.debate.composing.flow import keep_typed
from discussion.debate.composing.forms import read
from discussion.debate.positions.forms import SHAPE
from discussion.debate.positions.views import blueprint
from discussion.debate.positions.views.sheets import Sheet, sheet_of_position, sheet_of_thread
from discussion.web.doorway import separate_session
from discussion.web.versions import puts_together


@blueprint.post("/positions/write/<thread>/draft")
@puts_together
def keep_draft(thread: str) -> AnyResponse:
    return keep_typed(lambda opened: sheet_of_thread(opened, thread), SHAPE)


@blueprint.post("/positions/<public_id>/revise/draft")
@puts_together
def keep_revision(public_id: str) -> AnyResponse:
    return keep_typed(lambda opened: sheet_of_position(opened, public_id), SHAPE)


@blueprint.post("/positions/write/<thread>/preview")
def preview(thread: str) -> str:
    return _preview(lambda opened: sheet_of_thread(opened, thread))


@blueprint.post("/positions/<public_id>/revise/preview")
def preview_revision(public_id: str) -> str:
    return _preview(lambda opened: sheet_of_position(opened, public_id))


def _preview(find_sheet: Callable[[Session], Sheet]) -> str:
    """The card as others will see it, what is still needed, and how far along each part is."""
    written = read(request.form, SHAPE)
    with separate_session(writes=False) as opened:
        sheet = find_sheet(opened)
        written = sheet.follow(written)
        page = sheet.page(opened, written)
        form = sheet.seen(opened, Form(typed=written))
    return render_template("positions/preview_pieces.html", page=page, form=form)
