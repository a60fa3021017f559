"""Sanctions in the browser."""

from flask import Blueprint

blueprint = Blueprint("sanctions", __name__)
