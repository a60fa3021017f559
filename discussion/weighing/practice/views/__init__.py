"""Practice in the browser."""

from flask import Blueprint

from discussion.web.sector import speaks_of_its_series

blueprint = Blueprint("practice", __name__)
speaks_of_its_series(blueprint)

from discussion.weighing.practice.views import (  # noqa: E402  # they bind their routes to it
    answering,
    joining,
    mirrors,
    reading,
    registering,
    running,
    sectors,
)

__all__ = [
    "answering",
    "blueprint",
    "joining",
    "mirrors",
    "reading",
    "registering",
    "running",
    "sectors",
]
