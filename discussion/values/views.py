"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("values", __name__)


@blueprint.get("/values/<slug>")
def page(**_given: object) -> str:
    return ""


@blueprint.get("/values/<slug>/<value>")
def value(**_given: object) -> str:
    return ""
