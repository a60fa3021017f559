"""Rounds and rating in the browser."""

from flask import Blueprint

blueprint = Blueprint("rounds", __name__)

from discussion.weighing.rounds.views import (  # noqa: E402  # they bind their routes to it
    exporting,
    lines,
    planning,
    rating,
    reading,
)

__all__ = ["blueprint", "exporting", "lines", "planning", "rating", "reading"]
