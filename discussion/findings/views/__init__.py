"""Findings in the browser."""

from flask import Blueprint

blueprint = Blueprint("findings", __name__)
