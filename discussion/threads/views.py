"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("threads", __name__)


@blueprint.get("/threads/<slug>")
def page(**_given: object) -> str:
    return ""


@blueprint.get("/threads/propose/<series>")
def propose(**_given: object) -> str:
    return ""


@blueprint.get("/threads/<slug>/curate")
def curate(**_given: object) -> str:
    return ""
