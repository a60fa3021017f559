"""The pages of publications in the browser, as JSON and as files."""

from flask import Blueprint

blueprint = Blueprint("publications", __name__)

from discussion.reach.publications.views import (  # noqa: E402  # they hang their routes on it
    composing,
    essays,
    objecting,
    reading,
    sheets,
)

__all__ = ["blueprint", "composing", "essays", "objecting", "reading", "sheets"]
