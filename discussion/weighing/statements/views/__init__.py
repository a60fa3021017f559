"""Statements in the browser: drafting and reading them, and saying whether they are fair."""

from flask import Blueprint

blueprint = Blueprint("statements", __name__)

from discussion.weighing.statements.views import (  # noqa: E402  # they bind their routes to it
    confirming,
    drafting,
)

__all__ = ["blueprint", "confirming", "drafting"]
