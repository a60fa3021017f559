"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/moderation")
def desk(**_given: object) -> str:
    return ""
