"""The pages of positions: reading them, and writing them."""

from flask import Blueprint

blueprint = Blueprint("positions", __name__)

from discussion.positions.views import reading, writing  # noqa: E402, F401  (they bind routes)
