"""The library's pages: reading it, adding to it, and keeping it."""

from flask import Blueprint

from discussion.web.sector import speaks_of_its_series

blueprint = Blueprint("evidence", __name__)
speaks_of_its_series(blueprint)

from discussion.debate.evidence.views import (  # noqa: E402  # routes
    adding,  # noqa: F401
    keeping,  # noqa: F401
    reading,  # noqa: F401
    settling,  # noqa: F401
)
