"""Responding to a position, and mending one's response."""

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from discussion import paths
from discussion.debate.composing.flow import press
from discussion.debate.composing.opening import open_page
from discussion.debate.responses.forms import SHAPE
from discussion.debate.responses.views import blueprint
from discussion.debate.responses.views.sheets import sheet_of
from discussion.language import _
from discussion.permissions import facts
from discussion.permissions.may import May
from discussion.permissions.rules import refuse_removed, require
from discussion.web.doorway import session, viewer
from discussion.web.versions import puts_together


@blueprint.get("/positions/<public_id>/respond")
def respond(public_id: str) -> Response:
    """The form; who is signed out can write, and signs in before it is handed in."""
    sheet = sheet_of(session(), public_id, begun=request.args)
    refuse_removed(viewer(), May.RESPOND, sheet.position)
    if facts.is_author(viewer(), sheet.position):
        flash(_("This is your own position. You can revise it instead."), "note")
        return redirect(paths.position(public_id), 303)
    return open_page(sheet)


@blueprint.post("/positions/<public_id>/respond")
@puts_together
def respond_on(public_id: str) -> Response:
    return press(lambda opened: sheet_of(opened, public_id), SHAPE)


@blueprint.get("/positions/<public_id>/responses/<response_id>/revise")
def revise_own_response(public_id: str, response_id: str) -> Response:
    sheet = sheet_of(session(), public_id, response_id)
    require(viewer(), May.REVISE_RESPONSE, sheet.response)
    return open_page(sheet)


@blueprint.post("/positions/<public_id>/responses/<response_id>/revise")
@puts_together
def revise_own_response_on(public_id: str, response_id: str) -> Response:
    return press(lambda opened: sheet_of(opened, public_id, response_id), SHAPE)
