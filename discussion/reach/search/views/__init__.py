"""Results, their feed, and the pivot."""

from flask import Blueprint

blueprint = Blueprint("search", __name__)

from discussion.reach.search.views import pivoting, reading  # noqa: E402, F401
