"""A thread of hundreds: its map place by place, its orders, its contents; nobody is lost."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import sign_in
from tests.factories.crowd import Crowd, fill_crowd

LONG = 90
CARD = re.compile(r'<article[^>]* id="p-([^"]+)"')
CIRCLE = re.compile(r'<a href="([^"]+)" class="cluster[^"]*" aria-label="(\d+) position')


@pytest.fixture
def crowd(session: Session) -> Crowd:
    return fill_crowd(session, LONG, longest=LONG)


def _turned(client: FlaskClient, url: str) -> list[str]:
    read: list[str] = []
    while url:
        html = client.get(url).text
        read += CARD.findall(html)
        following = re.search(r'class="button is-plain" href="([^"]+after=[^"]+)"', html)
        url = following[1].replace("&amp;", "&") if following else ""
    return read


@pytest.mark.parametrize("group", ["", "newest", "answered", "value"])
def test_each_order_shows_every_position_once(
    crowd: Crowd, client: FlaskClient, group: str
) -> None:
    read = _turned(client, f"/threads/{crowd.thread.slug}?group={group}")
    assert len(read) == len(set(read)) == LONG


def test_from_sixty_on_the_map_shows_places_that_open_and_hold_everybody(
    crowd: Crowd, client: FlaskClient
) -> None:
    html = client.get(f"/threads/{crowd.thread.slug}").text
    places = CIRCLE.findall(html)
    assert len(places) == 25
    assert sum(int(count) for _url, count in places) == LONG
    read = [
        id
        for url, _count in places
        for id in _turned(client, url.replace("&amp;", "&").partition("#")[0])
    ]
    assert len(read) == len(set(read)) == LONG


def test_the_answered_most_come_first(crowd: Crowd, client: FlaskClient) -> None:
    data = client.get(f"/threads/{crowd.thread.slug}.json?group=answered").json
    assert data
    answers = [card["response_count"] for group in data["groups"] for card in group["cards"]]
    assert answers == sorted(answers, reverse=True)
    assert answers[0] == 1


def test_the_contents_lead_to_every_page(crowd: Crowd, client: FlaskClient) -> None:
    data = client.get(f"/threads/{crowd.thread.slug}.json").json
    assert data
    assert [(line["first"], line["last"]) for line in data["contents"]] == [
        (1, 40),
        (41, 80),
        (81, 90),
    ]
    for line in data["contents"]:
        url, _hash, anchor = line["url"].partition("#")
        assert CARD.findall(client.get(url).text)[0] == anchor.removeprefix("p-")


def test_a_hidden_position_is_in_no_circle(
    session: Session, crowd: Crowd, client: FlaskClient
) -> None:
    for row in crowd.thread.positions[:10]:
        row.state = "hidden"
    session.flush()
    for who in (client, sign_in(client, crowd.moderator)):
        html = who.get(f"/threads/{crowd.thread.slug}").text
        assert sum(int(count) for _url, count in CIRCLE.findall(html)) == LONG - 10
