"""The pages of what people would need to know."""

from flask import Blueprint

blueprint = Blueprint("needed", __name__)

from discussion.reach.needed.views import (  # noqa: E402  # they hang routes on it
    curating,
    reading,
    taking,
)

__all__ = ["blueprint", "curating", "reading", "taking"]
