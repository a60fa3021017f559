"""The writing page: opened, changed by its buttons, published, kept or thrown away."""

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from discussion import paths
from discussion.debate.composing.flow import press
from discussion.debate.composing.opening import open_page
from discussion.debate.positions.forms import SHAPE
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.publishing import find_own
from discussion.debate.positions.views import blueprint
from discussion.debate.positions.views.sheets import Sheet, sheet_of_position, sheet_of_thread
from discussion.language import _
from discussion.permissions import facts
from discussion.web.doorway import session, viewer
from discussion.web.versions import puts_together


@blueprint.get("/positions/write/<thread>")
def write(thread: str) -> Response:
    """The page of a new position; who has one in this thread is led to revising it."""
    sheet = sheet_of_thread(session(), thread)
    if sheet.thread.slug != thread:
        query = request.query_string.decode()
        return redirect(paths.write(sheet.thread.slug) + (f"?{query}" if query else ""), 301)
    own = _own_position(sheet)
    return _lead_to(own) if own is not None else open_page(sheet)


@blueprint.post("/positions/write/<thread>")
@puts_together
def write_on(thread: str) -> Response:
    return press(lambda opened: sheet_of_thread(opened, thread), SHAPE)


@blueprint.get("/positions/<public_id>/revise")
def revise(public_id: str) -> Response:
    return open_page(sheet_of_position(session(), public_id))


@blueprint.post("/positions/<public_id>/revise")
@puts_together
def revise_on(public_id: str) -> Response:
    return press(lambda opened: sheet_of_position(opened, public_id), SHAPE)


def _own_position(sheet: Sheet) -> Position | None:
    asks = viewer()
    if asks is None or not sheet.is_first:
        return None
    return find_own(session(), sheet.thread, asks.person_id)


def _lead_to(own: Position) -> Response:
    flash(_("You already have a position in this thread, so here you can change it."), "note")
    is_open = own.state != "hidden" and facts.takes_positions(viewer(), own.thread)
    public_id = own.public_id
    return redirect(paths.revise(public_id) if is_open else paths.position(public_id), 303)
