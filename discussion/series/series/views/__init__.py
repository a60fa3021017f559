"""Pages of series: reading them, convening them, and belonging to them."""

from flask import Blueprint

from discussion.series.series.views import belonging, keeping, lists, reading

blueprint = Blueprint("series", __name__)
for part in (reading, keeping, lists, belonging):
    part.install(blueprint)
