"""Mutes in the browser."""

from flask import Blueprint

blueprint = Blueprint("mutes", __name__)
