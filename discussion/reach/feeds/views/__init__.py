"""Feeds, calendars and maps of the site, each at an address of its own."""

from flask import Blueprint

blueprint = Blueprint("feeds", __name__)

from discussion.reach.feeds.views import following, mapping  # noqa: E402, F401
