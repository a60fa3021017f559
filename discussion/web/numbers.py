"""Numbers in addresses: none that a database cannot count with leads anywhere."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1  # PostgreSQL's integer


class Numbered(IntegerConverter):
    """`<int:…>` up to the largest number that both databases hold; beyond it there is no page."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def install(app: Flask) -> None:
    app.url_map.converters = {**app.url_map.converters, "int": Numbered}
