"""Where publications stand beside what they are about: menu, theme, series, thread, feeds, map."""

from dataclasses import replace

import feedparser
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from discussion.reach.publications.models import Publication, PublicationVersion
from discussion.reach.publications.operations.essays import keep_essay, publish_essay
from discussion.reach.publications.operations.publishing import take_away
from tests.conftest import sign_in
from tests.factories import NOW
from tests.factories.scenes import Scene
from tests.reach.publications.scene import Briefed
from tests.reach.publications.test_essays import ESSAY

SITE = "https://example.org"


class Framed(Scene):
    """An essay under the first theme, which led to the thread."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        said = replace(
            ESSAY, theme=self.series.themes[0].slug, led_to=self.thread.slug, title="Voor u telt"
        )
        self.essay = keep_essay(session, self.as_moderator, self.series, said, now=NOW)
        self.essay.language = "nl"

    def publish(self) -> PublicationVersion:
        return publish_essay(self.session, self.as_moderator, self.essay, site_url=SITE, now=NOW)

    @property
    def places(self) -> list[str]:
        slug = self.series.slug
        return [
            f"/series/{slug}",
            f"/series/{slug}/themes/{self.series.themes[0].slug}",
            f"/threads/{self.thread.slug}",
            f"/publications/{slug}",
            "/feeds/atom",
            "/feeds/publications/atom",
            f"/feeds/series/{slug}/atom",
            f"/feeds/series/{slug}/publications/atom",
            f"/feeds/series/{slug}/themes/{self.series.themes[0].slug}/atom",
            f"/feeds/threads/{self.thread.slug}/atom",
        ]


@pytest.fixture
def framed(session: Session) -> Framed:
    return Framed(session)


def test_an_essay_stands_at_its_places_once_published_and_nowhere_once_it_is_gone(
    app: Flask, framed: Framed
) -> None:
    visitor, address = app.test_client(), f"/publications/{framed.series.slug}/"
    for place in framed.places:
        assert ESSAY.author not in visitor.get(place).text, place
    version = framed.publish()
    for place in framed.places:
        said = visitor.get(place).text
        assert "Voor u telt" in said, place
        assert address in said, place
    assert f"{address}{framed.essay.slug}</loc>" in visitor.get("/sitemaps/1.xml").text
    take_away(framed.session, version, "objection", now=NOW)
    for place in framed.places:
        assert ESSAY.author not in visitor.get(place).text, place
    assert f"{address}{framed.essay.slug}</loc>" not in visitor.get("/sitemaps/1.xml").text


def test_its_title_is_said_in_its_own_language(app: Flask, framed: Framed) -> None:
    framed.publish()
    framed.essay.language = "pl"  # of what is written since
    framed.session.flush()
    visitor, pages = app.test_client(), framed.places[:4]
    assert len(pages) == 4
    for place in pages:
        assert 'lang="nl"' in visitor.get(place).text, place
        assert 'lang="pl"' not in visitor.get(place).text, place


def test_what_is_for_members_is_in_no_feed_and_in_no_map(app: Flask, framed: Framed) -> None:
    framed.publish()
    framed.series.visibility = "members"
    framed.session.flush()
    visitor = app.test_client()
    for place in framed.places:
        assert "Voor u telt" not in visitor.get(place).text, place
    assert framed.essay.slug not in visitor.get("/sitemaps/1.xml").text
    member = sign_in(app.test_client(), framed.member)
    assert "Voor u telt" in member.get(framed.places[0]).text
    assert "Voor u telt" not in member.get("/feeds/publications/atom").text


def test_the_feed_of_publications_is_read_by_feed_readers(app: Flask, session: Session) -> None:
    scene = Briefed(session)
    scene.draft()
    scene.tell()
    version = scene.publish()
    read = feedparser.parse(
        app.test_client().get(f"/feeds/series/{scene.series.slug}/publications/atom").data
    )
    assert not read.bozo
    [entry] = read.entries
    assert entry.title == f"Briefing: {scene.thread.question}"
    assert entry.link.endswith(scene.address)
    assert entry.updated.startswith(version.made_at.date().isoformat())


def test_the_menu_leads_only_where_something_is(app: Flask, session: Session) -> None:
    scene = Briefed(session, outcome="", outcome_html="")
    front, visitor = f"/series/{scene.series.slug}", app.test_client()

    def menu(path: str = front) -> tuple[bool, bool]:
        said = visitor.get(path).text.partition("<main")[0]
        return (
            f'href="{front}/findings"' in said,
            f'href="/publications/{scene.series.slug}"' in said,
        )

    assert menu() == (False, False)
    scene.thread.outcome = "A visit names its reason."
    session.flush()
    assert menu() == (True, False)
    scene.draft()
    scene.tell()
    assert menu() == (True, False)  # begun is not published
    scene.publish()
    for path in (front, f"/threads/{scene.thread.slug}", f"/values/{scene.series.slug}"):
        assert menu(path) == (True, True), path
    scene.thread.is_hidden = True
    session.flush()
    assert menu() == (False, False)


def test_those_who_may_begin_a_briefing_on_the_page_of_its_theme(
    app: Flask, session: Session
) -> None:
    scene = Briefed(session)
    theme = scene.series.themes[0]
    page = f"/series/{scene.series.slug}/themes/{theme.slug}"
    said = "Compose a briefing"
    assert said not in app.test_client().get(page).text
    assert said not in sign_in(app.test_client(), scene.member).get(page).text
    moderator = sign_in(app.test_client(), scene.moderator)
    assert said in moderator.get(page).text
    begun = moderator.post(f"/publications/{scene.series.slug}/begin", data={"theme": theme.slug})
    assert begun.status_code == 303
    row = session.query(Publication).filter_by(theme_id=theme.id).one()
    assert begun.headers["Location"].endswith(f"/{row.slug}/compose")
