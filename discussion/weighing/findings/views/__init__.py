"""Findings in the browser."""

from flask import Blueprint

blueprint = Blueprint("findings", __name__)

from discussion.weighing.findings.views import reading  # noqa: E402  # it binds its routes to it

__all__ = ["blueprint", "reading"]
