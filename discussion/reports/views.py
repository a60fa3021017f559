"""Reports in the browser."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
