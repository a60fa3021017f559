"""Pages of series: reading them, and convening them."""

from flask import Blueprint

from discussion.series.series.views import keeping, lists, reading
from discussion.web.sector import speaks_of_its_series

blueprint = Blueprint("series", __name__)
speaks_of_its_series(blueprint)
for part in (reading, keeping, lists):
    part.install(blueprint)
