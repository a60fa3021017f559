"""Threads in the browser: reading one, proposing one, and curating it in place."""

from flask import Blueprint

blueprint = Blueprint("threads", __name__)

from discussion.threads.views import curating, proposing, reading  # noqa: E402, F401  (they bind routes)
