"""The pages of what people would need to know."""

from flask import Blueprint

blueprint = Blueprint("needed", __name__)

from discussion.reach.needed.views import reading  # noqa: E402  # it hangs its routes on it

__all__ = ["blueprint", "reading"]
