"""Statements, rounds and rating in the browser."""

from flask import Blueprint

blueprint = Blueprint("rounds", __name__)
