"""Threads in the browser: reading one, proposing one, and curating it in place."""

from flask import Blueprint

blueprint = Blueprint("threads", __name__)

from discussion.threads.views import (  # noqa: E402  # they bind their routes to it
    curating,
    leading,
    proposing,
    reading,
    regrouping,
)

__all__ = ["blueprint", "curating", "leading", "proposing", "reading", "regrouping"]
