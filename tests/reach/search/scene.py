"""A series in which things can be found, and who looks for them."""

from typing import Any

from flask import Flask

from discussion.permissions.facts import Viewer
from discussion.reach.search.queries.page import Asked, search_page
from discussion.reach.search.shapes import Hit, SearchPage
from tests.conftest import json_of, sign_in
from tests.factories.scenes import Scene


class Finding(Scene):
    """What is written is committed before anybody looks for it, as on the site."""

    def look(self, query: str = "", viewer: Viewer | None = None, **chosen: str) -> SearchPage:
        self.session.commit()
        page = search_page(self.session, viewer, Asked(query, chosen))
        assert page is not None
        return page

    def found(self, query: str = "", viewer: Viewer | None = None, **chosen: str) -> set[str]:
        """The addresses of what is found."""
        return {hit.url for hit in self.look(query, viewer, **chosen).hits}


def told(app: Flask, query: str, person: Any = None, **chosen: str) -> dict[str, Any]:
    client = app.test_client()
    if person is not None:
        sign_in(client, person)
    found: dict[str, Any] = json_of(client.get("/search.json", query_string={"q": query, **chosen}))
    return found


def only(page: SearchPage) -> Hit:
    [hit] = page.hits
    return hit
