"""Cards for other sites, and what tells a program where they are."""

from flask import Blueprint

blueprint = Blueprint("sharing", __name__)

from discussion.reach.sharing.views import embedding, oembed  # noqa: E402, F401
