"""Appeals in the browser."""

from flask import Blueprint

blueprint = Blueprint("appeals", __name__)
