"""Stub: replaced by the room's own views."""

from flask import Blueprint

blueprint = Blueprint("mail", __name__)
