"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("positions", __name__)


@blueprint.get("/positions/<public_id>")
def page(**_given: object) -> str:
    return ""


@blueprint.get("/positions/<public_id>/versions/<int:version>")
def version(**_given: object) -> str:
    return ""


@blueprint.get("/positions/write/<thread>")
def write(**_given: object) -> str:
    return ""


@blueprint.get("/positions/mine")
def mine(**_given: object) -> str:
    return ""
