"""JSON-LD: every kind of page says what schema.org, and who reads it, ask of its type."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.reach.sharing import linked
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_series,
    make_theme,
    make_thread,
)
from tests.reach.needed.scene import TEAM, Asking
from tests.reach.publications.scene import LATER, Briefed
from tests.weighing.findings.worlds import WORKED, weighed

# Type → what a page of it has to say: schema.org's own example of each, and what search engines
# call required (discussion forums: author, date, text; articles: headline, author, date; events:
# name, start, place).
REQUIRED = {
    "DiscussionForumPosting": {"url", "headline", "text", "author", "datePublished"},
    "ScholarlyArticle": {"url", "headline", "author", "datePublished", "publisher", "version"},
    "Event": {
        "url", "name", "startDate", "location", "organizer", "eventStatus", "eventAttendanceMode",
    },
    "Person": {"name"},
    "Organization": {"name"},
    "VirtualLocation": {"url"},
    "CollectionPage": {"url", "name", "isPartOf"},
    "DefinedTerm": {"url", "name", "termCode", "inDefinedTermSet"},
    "DefinedTermSet": {"url", "name"},
    "CreativeWork": {"url", "name", "author"},
    "Question": {"url", "name", "author", "answerCount", "dateCreated"},
}  # fmt: skip
WITHIN = {"isPartOf": {"url", "headline"}}  # a posting inside another is named, and no more
DAY = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?([+]\d\d:\d\d)?)?)?)?"


def told(client: FlaskClient, path: str) -> dict[str, Any]:
    """What a page tells, after a look at all of it."""
    page = client.get(path)
    assert page.status_code == 200
    found = re.findall(r"<script type=\"application/ld[+]json\">(.*?)</script>", page.text)
    (said,) = [json.loads(one) for one in found]
    assert said.pop("@context") == "https://schema.org"
    _check(said)
    assert isinstance(said, dict)
    return said


def _check(said: dict[str, Any], needed: frozenset[str] | None = None) -> None:
    kind = said["@type"]
    lacks = (REQUIRED[kind] if needed is None else needed) - said.keys()
    assert not lacks, (kind, lacks)
    for name, value in said.items():
        assert value != "", name
        if name.startswith("date") or name in ("startDate", "endDate"):
            assert re.fullmatch(DAY, value), (name, value)
        if name == "url":
            assert re.match("https?://", value), value
        for one in value if isinstance(value, list) else ():
            _check(one)
        if isinstance(value, dict):
            inside = value["@type"] == kind and name in WITHIN
            _check(value, frozenset(WITHIN[name]) if inside else None)


def test_threads_and_positions_are_postings(session: Session, client: FlaskClient) -> None:
    thread = make_thread(session, make_series(session), open_on=date(2026, 9, 7))
    position = make_position(session, thread, revision={"live_at": NOW})
    session.flush()
    asked, said = (told(client, path) for path in
                   (paths.thread(thread.slug), paths.position(position.public_id)))  # fmt: skip
    assert {asked["@type"], said["@type"]} == {"DiscussionForumPosting"}
    assert asked["author"]["@type"] == "Organization"
    assert said["author"]["@type"] == "Person"
    assert said["isPartOf"]["headline"] == thread.question


def test_findings_briefings_and_essays_are_articles(session: Session, client: FlaskClient) -> None:
    world = weighed(session, {code: WORKED[code] for code in WORKED})
    world.compute()
    session.flush()
    assert told(client, paths.findings(world.thread.slug))["@type"] == "ScholarlyArticle"


def test_a_briefing_is_an_article_of_its_series(app: Flask, session: Session) -> None:
    scene = Briefed(session)
    scene.draft()
    scene.tell()
    with time_machine.travel(LATER, tick=False):
        scene.publish()
        session.flush()
        said = told(app.test_client(), scene.address)
    assert said["author"]["name"] == scene.series.title


def test_a_series_is_an_event_where_it_has_dates(session: Session, client: FlaskClient) -> None:
    dated = make_series(session, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 1))
    undated = make_series(session, starts_on=None, ends_on=None)
    session.flush()
    assert told(client, paths.series(dated.slug))["startDate"] == "2026-09-01"
    assert "ld+json" not in client.get(paths.series(undated.slug)).text


def test_themes_values_sources_and_questions_say_what_they_are(
    session: Session, client: FlaskClient
) -> None:
    scene = Asking(session)
    theme, value = make_theme(session, scene.series), scene.value("equality")
    item = make_item(session, scene.series, title="What visits find", authors=["Field, Ann"])
    scene.name()
    session.flush()
    slug = scene.series.slug
    paths_of = {
        "CollectionPage": paths.theme(slug, theme.slug),
        "DefinedTerm": paths.value(slug, value.slug),
        "CreativeWork": paths.item(slug, item.public_id),
        "Question": scene.own_page,
    }
    said = {kind: told(client, path) for kind, path in paths_of.items()}
    assert {kind: one["@type"] for kind, one in said.items()} == {one: one for one in said}
    assert said["CreativeWork"]["author"][0]["name"] == "Field, Ann"
    assert TEAM not in json.dumps(said)  # who looks into it may take that back
    item.is_hidden = True
    session.flush()
    assert "ld+json" not in client.get(paths_of["CreativeWork"]).text


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028&'\""]
)
def test_words_of_people_cannot_leave_the_block(
    session: Session, client: FlaskClient, words: str
) -> None:
    claim = f"Count {words} once."
    author = make_member(session, series := make_series(session, attribution="named"))
    author.display_name = f"A {words}"[:60]
    thread = make_thread(session, series, question=claim, attribution="named")
    revision = {"claim": claim, "live_at": NOW - timedelta(days=1)}
    position = make_position(session, thread, author, revision=revision)
    session.flush()
    page = client.get(paths.position(position.public_id)).text
    (block,) = re.findall(r"<script type=\"application/ld[+]json\">(.*?)</script>", page, re.DOTALL)
    assert "<" not in block
    said = json.loads(block)
    assert said["headline"] == claim
    assert said["author"]["name"] == author.display_name
    assert linked.in_context({"@type": "Thing"})["@context"]
