"""The library's pages: reading it, adding to it, and keeping it."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)

from discussion.evidence.views import adding, keeping, reading  # noqa: E402, F401  # routes
