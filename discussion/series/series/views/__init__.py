"""Pages of series: reading them, and convening them."""

from flask import Blueprint

from discussion.series.series.views import keeping, lists, reading

blueprint = Blueprint("series", __name__)
for part in (reading, keeping, lists):
    part.install(blueprint)
