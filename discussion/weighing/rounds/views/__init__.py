"""Statements, rounds and rating in the browser."""

from flask import Blueprint

blueprint = Blueprint("rounds", __name__)

from discussion.weighing.rounds.views import (  # noqa: E402  # they bind their routes to it
    confirming,
    exporting,
    planning,
    rating,
    reading,
    statements,
)

__all__ = ["blueprint", "confirming", "exporting", "planning", "rating", "reading", "statements"]
