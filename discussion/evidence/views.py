"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)


@blueprint.get("/evidence/<slug>")
def library(**_given: object) -> str:
    return ""


@blueprint.get("/evidence/<slug>/<public_id>")
def item(**_given: object) -> str:
    return ""
