"""Statements, rounds and rating in the browser."""

from flask import Blueprint

blueprint = Blueprint("rounds", __name__)

from discussion.rounds.views import confirming, statements  # noqa: E402  # they bind their routes

__all__ = ["blueprint", "confirming", "statements"]
