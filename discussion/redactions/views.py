"""Redactions in the browser."""

from flask import Blueprint

blueprint = Blueprint("redactions", __name__)
