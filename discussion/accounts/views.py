"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/accounts/sign-in")
def sign_in(**_given: object) -> str:
    return ""


@blueprint.get("/accounts/sign-up")
def sign_up(**_given: object) -> str:
    return ""


@blueprint.get("/accounts/sign-out")
def sign_out(**_given: object) -> str:
    return ""


@blueprint.get("/accounts/profile")
def profile(**_given: object) -> str:
    return ""


@blueprint.get("/accounts/people/<public_id>")
def person(**_given: object) -> str:
    return ""
