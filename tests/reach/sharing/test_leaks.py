"""Who reads what on cards, in oEmbed, in JSON-LD, beside links and in errors: one table."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_position
from tests.factories.scenes import Scene

CLAIM = "Count once, at the bedside, and never again."
REASONS = "We weighed eleven forms against each other in March."
AUTHOR = "Rukhsana Iqbal"
NAMED = ("as it was", "redacted")
JSON = {"Accept": "application/json"}


class World(Scene):
    """A position by somebody who gave their name, three days ago."""

    @cached_property
    def position(self) -> Position:
        author = make_member(self.session, self.series)
        author.display_name = AUTHOR
        revision = {"claim": CLAIM, "reasoning": REASONS, "live_at": NOW - timedelta(days=3)}
        return make_position(self.session, self.thread, author, revision=revision)

    @property
    def at(self) -> str:
        return paths.position(self.position.public_id)


Change = Callable[[World], None]


def _set(row: str, **values: object) -> Change:
    def change(world: World) -> None:
        for name, value in values.items():
            setattr(getattr(world, row), name, value)

    return change


def _redact(world: World) -> None:
    assert world.position.live is not None
    world.position.live.claim = "Count once, ███, and never again."
    world.position.live.reasoning = "███"
    world.position.live.reasoning_html = "<p>███</p>"


def _coarsen(world: World) -> None:
    world.position.attribution = "chatham_house"


def _close_coarse(world: World) -> None:
    _coarsen(world)
    world.thread.stage = "closed"


# what became of it → (how, whether there is a card, whether that has its words)
STATES: dict[str, tuple[Change, bool, bool]] = {
    "as it was": (lambda _world: None, True, True),
    "hidden": (_set("position", state="hidden"), True, False),
    "removed": (_set("position", state="removed"), True, False),
    "withdrawn": (_set("position", state="withdrawn"), True, False),
    "pending": (_set("position", state="draft", first_published_at=None), False, False),
    "declined": (_set("position", state="declined", first_published_at=None), False, False),
    "redacted": (_redact, True, False),
    "of a hidden thread": (_set("thread", is_hidden=True), False, False),
    "of a proposed thread": (_set("thread", stage="proposed"), False, False),
    "for members": (_set("series", visibility="members"), False, False),
    "unlisted": (_set("series", visibility="unlisted"), False, False),
    "of a series not open yet": (_set("series", status="draft"), False, False),
    "under the Chatham House Rule": (_coarsen, False, False),
    "under that rule, closed": (_close_coarse, True, True),
}


@pytest.fixture
def world(session: Session) -> World:
    return World(session, thread={"attribution": "named"}, attribution="named")


@pytest.mark.parametrize("state", STATES)
def test_a_card_tells_everybody_what_a_visitor_may_read(
    app: Flask, session: Session, world: World, state: str
) -> None:
    change, is_shown, has_words = STATES[state]
    change(world)
    clients = _clients(app, session, world)
    site_url = app.extensions["site"].settings.public_url
    asked = {
        "card": f"/embed{world.at}",
        "oembed": f"/oembed?url={site_url}{world.at}",
        "picture": paths.picture_of_position(world.position.public_id),
        "card of its thread": f"/embed{paths.thread(world.thread.slug)}",
        "card of its findings": f"/embed{paths.findings(world.thread.slug)}",
    }
    for what, path in asked.items():
        said = {_body(client, path) for client in clients.values()}
        assert len(said) == 1, (what, "is told to some")
        ((code, body),) = said
        if what in ("card", "oembed"):
            assert code == (200 if is_shown else 404), what
            assert (CLAIM in body) == has_words, what
            assert (AUTHOR in body) == (state in NAMED), what
        if what == "card of its findings":
            assert code == 404  # before any round has closed
        for secret in (REASONS,) if state in NAMED else (REASONS, AUTHOR):
            assert secret not in body, (what, secret)
        if not has_words:
            assert CLAIM not in body, what
        if state == "under that rule, closed":
            assert str(NOW.date() - timedelta(days=3)) not in body
    is_drawn = world.position.state == "published" and state != "of a hidden thread"
    if not is_drawn:
        assert _body(clients["author"], asked["picture"])[0] == 404


@pytest.mark.parametrize("state", STATES)
def test_what_programs_are_told_of_a_page_stands_on_it(
    app: Flask, session: Session, world: World, state: str
) -> None:
    """JSON-LD and citations name whom the byline names; errors in JSON say no more than in HTML."""
    STATES[state][0](world)
    clients = _clients(app, session, world)
    assert len(clients) == 6
    for who, client in clients.items():
        _is_cited_as_it_is_read(client, world, who)
        for path in (world.at, paths.thread(world.thread.slug)):
            page, data = client.get(path), client.get(path, headers=JSON)
            if page.status_code != 200:
                assert data.status_code == page.status_code, (who, path)
                assert not {CLAIM, REASONS, AUTHOR} & set(_said(data.get_json())), who
                continue
            shown = re.sub(r"<head>.*?</head>", "", page.text, flags=re.DOTALL)
            for linked in _linked(page.text):
                assert linked["@context"] == "https://schema.org"
                for words in _names(linked):
                    assert words in shown or words in page.text.split("</title>")[0], (who, words)
                if linked["@type"] == "DiscussionForumPosting" and path == world.at:
                    byline = client.get(path, headers=JSON).get_json()["card"]["byline"]
                    assert linked["author"]["name"] == byline["name"]
                    assert linked["datePublished"] == byline["date"]
            oembed = re.findall('type="application/json[+]oembed" href="(.*?)"', page.text)
            card = app.test_client().get(f"/embed{path}").status_code
            assert bool(oembed) == (card == 200), (who, path)


def test_a_card_is_given_without_a_cookie_and_to_any_frame_and_nothing_else_is(
    app: Flask, session: Session, world: World
) -> None:
    others, clients = "frame-ancestors *", _clients(app, session, world)
    assert len(clients) == 6
    for who, client in clients.items():
        for path in (f"/embed{world.at}", "/embed/threads/nowhere"):
            card = client.get(path)
            assert "Set-Cookie" not in card.headers, who
            assert others in card.headers["Content-Security-Policy"]
            assert "script-src" not in card.headers["Content-Security-Policy"]
            assert card.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert "<script" not in card.text
            assert not re.search(r"\sstyle=|<style", card.text)
        for path in (world.at, "/oembed", "/embed/nowhere"):
            page = client.get(path)
            assert others not in page.headers.get("Content-Security-Policy", ""), path
            assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin", path


def _is_cited_as_it_is_read(client: FlaskClient, world: World, who: str) -> None:
    page, cited = client.get(world.at, headers=JSON), client.get(f"/cite{world.at}/1.csl")
    told = page.get_json() if page.status_code == 200 else {}
    assert (cited.status_code == 200) == bool(told.get("citation")), who
    if cited.status_code == 200:
        (one,) = cited.get_json(force=True)
        byline = told["card"]["byline"]
        assert one["author"] == [{"literal": byline["name"]}], who
        day = "-".join(f"{part:02}" for part in one["issued"]["date-parts"][0])
        assert byline["date"].startswith(day), who
        assert one["title"].endswith(told["card"]["claim"]), who
    path = paths.thread(world.thread.slug)
    thread = client.get(f"/cite{path}.csl")
    assert thread.status_code == client.get(path).status_code, who
    if thread.status_code == 200:
        assert not [secret for secret in (REASONS, AUTHOR, CLAIM) if secret in thread.text]


def _clients(app: Flask, session: Session, world: World) -> dict[str, FlaskClient]:
    people = {
        "member": world.member,
        "moderator": world.moderator,
        "author": world.author,
        "stranger": make_person(session),
        "administrator": world.administrator,
    }
    session.flush()
    signed_in = {who: sign_in(app.test_client(), person) for who, person in people.items()}
    return {"visitor": app.test_client(), **signed_in}


def _body(client: FlaskClient, path: str) -> tuple[int, str]:
    answer = client.get(path)
    text = answer.get_data().decode("utf-8", "replace")
    return answer.status_code, re.sub(r'"request_id":"[^"]*",?|<p class="hint">.*?</p>', "", text)


def _linked(html: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld[+]json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(one) for one in found]


def _names(linked: object) -> list[str]:
    """Every name, however deep."""
    if not isinstance(linked, dict):
        return []
    own = [linked["name"]] if "name" in linked else []
    return own + [one for value in linked.values() for one in _names(value)]


def _said(value: object) -> list[str]:
    if isinstance(value, dict):
        return [one for each in value.values() for one in _said(each)]
    return [str(value)]
