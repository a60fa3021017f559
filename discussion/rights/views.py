"""A person's own data, and leaving."""

from flask import Blueprint

blueprint = Blueprint("rights", __name__)
