"""The pages on which a response is written, mended and taken back."""

from flask import Blueprint

blueprint = Blueprint("responses", __name__)

from discussion.debate.responses.views import (  # noqa: E402  # they bind their routes to it
    fairness,
    leaving,
    writing,
)

__all__ = ["blueprint", "fairness", "leaving", "writing"]
