"""The desk in the browser."""

from flask import Blueprint

blueprint = Blueprint("moderation", __name__)

from discussion.oversight.moderation.views import (  # noqa: E402  # they bind their routes to it
    batches,
    deciding,
    desk,
    values,
)

__all__ = ["batches", "blueprint", "deciding", "desk", "values"]
