"""A search that is followed tells what it finds that is new, to who may read it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.reach.notices.queries.followable import Window
from discussion.reach.search.queries.following import SEARCH
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_position, make_response
from tests.reach.search.scene import Finding

pytestmark = pytest.mark.usefixtures("keeps_found")
WORD = "quicksilver"
SUBJECT = f"/search?q={WORD}"


@pytest.fixture
def scene(session: Session) -> Finding:
    return Finding(session)


def news(scene: Finding, viewer: Viewer, subject: str = SUBJECT) -> tuple[str, ...]:
    """What is new within the last day."""
    scene.session.commit()
    return SEARCH.news(scene.session, viewer, subject, Window(NOW - timedelta(days=1), NOW))


def said(scene: Finding, *, days: int = 0, word: str = WORD, **changes: Any) -> None:
    at = NOW - timedelta(days=days, hours=1)
    row = make_position(scene.session, scene.thread, revision={"claim": f"On {word}."}, **changes)
    row.first_published_at = at


def test_it_counts_what_is_new_and_holds_the_words(scene: Finding) -> None:
    said(scene)
    said(scene, days=5)
    said(scene, word="something else")
    answer = make_response(scene.session, make_position(scene.session, scene.thread))
    assert answer.live is not None
    answer.live.source, answer.first_published_at = f"Is it {WORD}?", NOW - timedelta(hours=2)
    assert news(scene, scene.as_(scene.member)) == ("1 new position.", "1 new response.")


def test_of_what_may_not_be_read_and_of_ones_own_nothing_is_told(scene: Finding) -> None:
    said(scene, author=scene.member)
    said(scene, state="hidden")
    said(scene, state="pending")
    assert news(scene, scene.as_(scene.member)) == ()


def test_under_the_chatham_house_rule_it_counts_from_the_next_batch_on(scene: Finding) -> None:
    said(scene, attribution="chatham_house")
    reader = scene.as_(scene.member)
    assert news(scene, reader) == ()
    later = Window(NOW, NOW + timedelta(days=2))
    assert SEARCH.news(scene.session, reader, SUBJECT, later) == ("1 new position.",)


@pytest.mark.parametrize(
    "subject",
    ["", "/search", "/search?order=newest", f"{SUBJECT}&page=2", "/threads?q=quicksilver",
     "https://example.org/search?q=quicksilver", "/search?q=quicksilver&series=no-such-series"],
)  # fmt: skip
def test_only_the_address_of_a_search_that_may_be_read_can_be_followed(
    scene: Finding, subject: str
) -> None:
    assert SEARCH.find(scene.session, scene.as_(scene.member), subject) is None


def test_it_is_followed_from_its_results(app: Flask, client: FlaskClient, scene: Finding) -> None:
    said(scene)
    scene.session.commit()
    assert "Follow this search" not in app.test_client().get(SUBJECT).text
    with time_machine.travel(NOW, tick=False):
        sign_in(client, scene.member)
        address = json_of(client.get(f"/search.json?q={WORD}&order=newest"))["follow_url"]
        assert "Follow this search" in client.get(address).text
        sent = {"what": "search", "subject": SUBJECT, "act": "follow"}
        assert client.post("/notices/follow", data=sent).location.endswith(SUBJECT)
        assert f"Search for “{WORD}”" in client.get("/notices").text
