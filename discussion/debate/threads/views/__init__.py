"""Threads in the browser: reading one, proposing one, and curating it in place."""

from flask import Blueprint

blueprint = Blueprint("threads", __name__)

from discussion.debate.threads.views import (  # noqa: E402  # they bind their routes to it
    arranging,
    curating,
    proposing,
    reading,
    redirects,
    regrouping,
    summarising,
    warning,
)

__all__ = [
    "arranging",
    "blueprint",
    "curating",
    "proposing",
    "reading",
    "redirects",
    "regrouping",
    "summarising",
    "warning",
]
