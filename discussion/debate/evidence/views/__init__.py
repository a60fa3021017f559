"""The library's pages: reading it, adding to it, and keeping it."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)

from discussion.debate.evidence.views import (  # noqa: E402  # routes
    adding,  # noqa: F401
    keeping,  # noqa: F401
    reading,  # noqa: F401
    settling,  # noqa: F401
)
