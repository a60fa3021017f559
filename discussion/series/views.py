"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("series", __name__)


@blueprint.get("/")
def home(**_given: object) -> str:
    return ""


@blueprint.get("/series/<slug>")
def page(**_given: object) -> str:
    return ""


@blueprint.get("/series/<slug>/rules")
def rules(**_given: object) -> str:
    return ""


@blueprint.get("/series/<slug>/themes/<theme>")
def theme(**_given: object) -> str:
    return ""
