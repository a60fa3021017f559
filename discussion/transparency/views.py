"""The moderation log and the transparency report."""

from flask import Blueprint

blueprint = Blueprint("transparency", __name__)
