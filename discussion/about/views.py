"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def page(**_given: object) -> str:
    return ""


@blueprint.get("/about/privacy")
def privacy(**_given: object) -> str:
    return ""


@blueprint.get("/about/accessibility")
def accessibility(**_given: object) -> str:
    return ""


@blueprint.get("/about/terms")
def terms(**_given: object) -> str:
    return ""


@blueprint.get("/about/theme")
def choose_theme(**_given: object) -> str:
    return ""
