"""What search engines are told of a series that is not listed: the same at every address."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from discussion import paths
from discussion.reach.publications.models import Publication
from tests.conftest import sign_in
from tests.factories import NOW, make_item, make_round, make_statement, make_theme
from tests.reach.needed.scene import Asking

LATER = NOW + timedelta(days=3)


class Left(Asking):
    """A series with something at every kind of address."""

    def __init__(self, session: Session, visibility: str) -> None:
        super().__init__(session)
        self.series.visibility = visibility
        self.source_item = make_item(session, self.series)
        statement = make_statement(session, self.thread)
        self.round = make_round(session, self.thread, statement)
        self.theme = make_theme(session, self.series, slug="nights")
        self.essay = Publication(
            series=self.series, slug="what-nights-are", title="What nights are", kind="briefing",
            published_at=NOW, made_at=NOW, changed_at=NOW,
        )  # fmt: skip
        session.add_all([self.theme, self.essay])
        _asked = self.question
        session.flush()

    @property
    def addresses(self) -> list[str]:
        slug, thread, source = self.series.slug, self.thread.slug, self.source.public_id
        item = self.source_item.public_id
        return [
            paths.series(slug), f"{paths.series(slug)}.json", paths.library(slug),
            paths.values(slug), paths.rules(slug), paths.log(slug), paths.data(slug),
            f"/transparency/{slug}/log.csv", f"/transparency/{slug}/report.csv",
            f"/series/{slug}/findings", f"/series/{slug}/themes/nights", paths.publications(slug),
            paths.thread(thread), f"{paths.thread(thread)}.json", f"/threads/{thread}/history",
            f"/rounds/{thread}/statements", f"/rounds/{thread}/{self.round.number}",
            f"/positions/{source}", f"/positions/{source}.json", f"/positions/{source}/versions/1",
            f"/positions/{source}/versions/1/cite.bib", f"/positions/{source}/versions/1/cite.ris",
            paths.item(slug, item), f"{paths.item(slug, item)}/cite.bib",
            *self.faces,
            f"/feeds/series/{slug}", f"/feeds/series/{slug}/atom",
            f"/feeds/series/{slug}/calendar.ics", f"/feeds/threads/{thread}/atom",
            f"/pictures/series/{slug}.png", f"/pictures/threads/{thread}.png",
            f"/pictures/positions/{source}.png",
        ]  # fmt: skip


@pytest.fixture
def left(session: Session) -> Callable[[str], Left]:
    return lambda visibility: Left(session, visibility)


@time_machine.travel(LATER, tick=False)
@pytest.mark.parametrize("visibility", ["public", "unlisted", "members"])
def test_search_engines_leave_out_every_address_of_what_is_not_listed(
    app: Flask, left: Callable[[str], Left], visibility: str
) -> None:
    scene = left(visibility)
    client = app.test_client()
    if visibility == "members":
        client = sign_in(client, scene.member)
    told, gone = {}, []
    for path in scene.addresses:
        for headers in ({}, {"X-Fragment": "1"}):
            answered = client.get(path, headers=headers)
            if answered.status_code == 200:
                told[path, len(headers)] = answered.headers.get("X-Robots-Tag")
            else:
                gone.append(path)
    expected = None if visibility == "public" else "noindex"
    assert {path: said for path, said in told.items() if said != expected} == {}
    assert len(told) > (60 if visibility == "public" else 40), gone
    maps = app.test_client().get("/sitemaps/1.xml").text
    assert (scene.series.slug in maps) is (visibility == "public")
    assert (f"/{scene.thread.slug}<" in maps) is (visibility == "public")
    if visibility != "public":
        assert app.test_client().get("/feeds/atom").text.count(scene.thread.slug) == 0
