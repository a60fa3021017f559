"""Findings in the browser."""

from flask import Blueprint

blueprint = Blueprint("findings", __name__)

from discussion.weighing.findings.views import again, reading  # noqa: E402  # they bind their routes

__all__ = ["again", "blueprint", "reading"]
