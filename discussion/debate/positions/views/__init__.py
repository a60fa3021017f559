"""The pages of positions: reading them, and writing them."""

from flask import Blueprint

blueprint = Blueprint("positions", __name__)

from discussion.debate.positions.views import (  # noqa: E402  # they bind their routes to it
    keeping,
    leaving,
    parting,
    placing,
    reading,
    writing,
)

__all__ = ["blueprint", "keeping", "leaving", "parting", "placing", "reading", "writing"]
