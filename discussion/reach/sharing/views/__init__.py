"""Cards for other sites, what tells a program where they are, and files for reference managers."""

from flask import Blueprint

blueprint = Blueprint("sharing", __name__)

from discussion.reach.sharing.views import citing, embedding, oembed  # noqa: E402, F401
