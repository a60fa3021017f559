"""The records that the law asks for."""

from flask import Blueprint

blueprint = Blueprint("duties", __name__)
