"""The pages of notices, and of how one hears."""

from flask import Blueprint

blueprint = Blueprint("notices", __name__)

from discussion.reach.notices.views import (  # noqa: E402  # they hang routes on it
    hearing,
    reading,
    stopping,
)

__all__ = ["blueprint", "hearing", "reading", "stopping"]
