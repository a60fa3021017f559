"""The pages of notices, and of how one hears."""

from flask import Blueprint

blueprint = Blueprint("notices", __name__)

from discussion.reach.notices.views import (  # noqa: E402  # they hang routes on it
    following,
    hearing,
    reading,
    stopping,
    visiting,
)

__all__ = ["blueprint", "following", "hearing", "reading", "stopping", "visiting"]
