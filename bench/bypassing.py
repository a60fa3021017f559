"""The site without what it keeps, so that what making a page costs can be measured.

No setting and no header does this: the application is taken apart here, in a folder that is no part
of what is installed. The same pages come, each made for whoever asks.
"""

from typing import Any

from flask import Flask

from discussion.web.caching import PageCache
from discussion.web.flights import Flight, Flights
from discussion.web.site import site


class _Alone(Flights[Any, Any]):
    """Everybody makes theirs."""

    def share(self, *_given: Any) -> Flight[Any]:
        return Flight()


class _NoPages(PageCache):
    def __init__(self, app: Flask) -> None:
        super().__init__(site(app).engine)
        self.flights = _Alone()

    def find(self, *_given: Any) -> None:
        return None

    def keep(self, *_given: Any) -> None:
        return None


def without_pages(app: Flask) -> Flask:
    """No page of a visitor is given to another."""
    site(app).assets["pages"] = _NoPages(app)
    return app


def without_anything(app: Flask) -> Flask:
    """Nor is what stands under a thread's or a series' own state."""
    bodies = site(app).assets.get("bodies")
    if bodies is not None:
        bodies.find = bodies.keep = lambda *_given: None
        bodies.find_made = bodies.keep_made = lambda *_given: None
        bodies.flights = _Alone()
    return without_pages(app)
