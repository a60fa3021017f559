"""Who reads a question and what it comes from, on every surface, whatever became of either."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.reach.needed.operations.looking import decide_looking, forget_of, take_back
from discussion.reach.needed.operations.wording import merge_question, remove_question
from discussion.subjects.effects import effects_of
from tests.conftest import json_of
from tests.factories import NOW, make_thread
from tests.reach.needed.scene import ASKED, HOW, MIND, TEAM, Asking

NOBODY: frozenset[str] = frozenset()
MODERATORS = frozenset({"moderator", "convener"})
MEMBERS = MODERATORS | {"member", "author", "administrator"}
EVERYBODY = MEMBERS | {"visitor", "stranger"}
Change = Callable[[Asking], None]


def _of(row: str, **values: Any) -> Change:
    def change(scene: Asking) -> None:
        for name, value in values.items():
            setattr(getattr(scene, row), name, value)

    return change


def _redact(scene: Asking) -> None:
    assert scene.source.live is not None
    scene.source.live.change_mind_text = ""


def _wait(scene: Asking) -> None:
    scene.source.state, scene.source.live = "draft", None


def _merge(scene: Asking) -> None:
    scene.thread.merged_into = make_thread(scene.session, scene.series)


# what became of it → who reads the words it comes from, and who reads the question, on its pages;
# feeds and files are read as by visitors, or where the list is read
STATES: dict[str, tuple[Change, frozenset[str], frozenset[str]]] = {
    "as it was": (lambda _scene: None, EVERYBODY, EVERYBODY),
    "hidden": (_of("source", state="hidden"), NOBODY, MODERATORS),
    "removed": (_of("source", state="removed"), NOBODY, MODERATORS),
    "withdrawn": (_of("source", state="withdrawn"), NOBODY, MODERATORS),
    "pending": (_wait, NOBODY, MODERATORS),
    "redacted": (_redact, NOBODY, MODERATORS),
    "no longer of evidence": (lambda one: setattr(one.source.live, "change_mind", ["value"]),
                              NOBODY, MODERATORS),
    "in a hidden thread": (_of("thread", is_hidden=True), NOBODY, MODERATORS),
    "in a merged thread": (_merge, NOBODY, MODERATORS),
    "for members": (_of("series", visibility="members"), MEMBERS, MEMBERS),
    "of a draft": (_of("series", status="draft"), MEMBERS, MEMBERS),
    "unlisted": (_of("series", visibility="unlisted"), EVERYBODY, EVERYBODY),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_question_is_read_where_something_that_it_comes_from_may_be(
    app: Flask, session: Session, state: str
) -> None:
    change, reads_words, reads_question = STATES[state]
    scene = Asking(session)
    scene.name()
    clients = dict(scene.readers(app))
    faces = scene.faces
    change(scene)
    session.flush()
    met: dict[str, set[tuple[str, str]]] = {word: set() for word in (MIND, ASKED, TEAM)}
    for who, client in clients.items():
        for face in faces:
            text = client.get(face).text
            for word, places in met.items():
                if word in text:
                    places.add((who, face))
    pages = {one for one in faces if "/feeds/" not in one}
    own = {scene.own_page, f"{scene.own_page}.json"}
    assert {who for who, _face in met[MIND]} == set(reads_words)
    assert {who for who, face in met[ASKED] if face in own} == set(reads_question)
    everywhere = set(reads_question) if reads_words else set()
    assert {who for who, face in met[ASKED] if face in pages - own} == everywhere
    feeds = {one for one in faces if "/feeds/" in one}
    is_public = "visitor" in reads_words
    assert {face for _who, face in met[ASKED] if face in feeds} == (feeds if is_public else set())
    assert not {face for word in (MIND, TEAM) for _who, face in met[word] if face in feeds}
    assert {who for who, face in met[TEAM] if face in pages} == set(reads_question)


Looking = Callable[[Asking], None]


def _waits(scene: Asking) -> None:
    scene.look()


def _decided(is_shown: bool) -> Looking:
    def decide(scene: Asking) -> None:
        looking = scene.look()
        decide_looking(
            scene.session, scene.as_moderator, looking, is_shown=is_shown, why="Not ours.", now=NOW
        )

    return decide


def _taken_back(scene: Asking) -> None:
    _decided(True)(scene)
    take_back(scene.session, scene.as_(scene.member), scene.question.lookings[0], now=NOW)


def _hidden(scene: Asking) -> None:
    _decided(True)(scene)
    effects_of(scene.question.lookings[0]).take_out_of_sight(scene.moderator.id, NOW)


def _left(scene: Asking) -> None:
    _decided(True)(scene)
    forget_of(scene.session, scene.member.id, NOW)


LOOKINGS: dict[str, tuple[Looking, frozenset[str]]] = {
    "pending": (_waits, frozenset({"member"})),
    "declined": (_decided(False), frozenset({"member"})),
    "shown": (_decided(True), EVERYBODY),
    "hidden": (_hidden, frozenset({"member"})),
    "taken back": (_taken_back, NOBODY),
    "gone with its author": (_left, NOBODY),
}


@pytest.mark.parametrize("state", LOOKINGS)
def test_who_looks_into_it_is_named_once_a_moderator_has_read_it(
    app: Flask, session: Session, state: str
) -> None:
    change, reads = LOOKINGS[state]
    scene = Asking(session)
    change(scene)
    session.flush()
    session.expire_all()
    clients, faces = dict(scene.readers(app)), scene.faces
    met = {
        (who, word)
        for who, client in clients.items()
        for face in faces
        for word in (TEAM, HOW)
        if word in client.get(face).text
    }
    assert met == {(who, word) for who in reads for word in (TEAM, HOW)}
    # Before it is decided moderators read what was sent, and never who sent it.
    desk = clients["moderator"].get(scene.curate).text
    assert (TEAM in desk) is (state == "pending")
    assert scene.member.display_name not in desk
    lines = clients["moderator"].get("/moderation").text
    assert (ASKED in lines) is (state == "pending")
    assert scene.member.display_name not in lines


def test_under_the_chatham_house_rule_neither_day_nor_name_is_told(
    app: Flask, session: Session
) -> None:
    scene = Asking(session, thread={"attribution": "chatham_house"})
    scene.name()
    faces = scene.faces
    for who, client in scene.readers(app):
        for face in faces:
            text = client.get(face).text
            assert scene.source.author.display_name not in text or who == "author"
            assert clock.day(NOW).isoformat() not in text
    visitor = app.test_client()
    page = json_of(visitor.get(f"{scene.own_page}.json"))
    assert page["asking"]["origins"][0]["name"].startswith("Contributor")
    assert {page["asking"]["since"], *(one["on"] for one in page["history"])} == {"2026-11"}
    for face in (one for one in faces if "/feeds/" in one and not one.endswith("json")):
        assert _entries(visitor, face, NOW) == []
        assert set(_entries(visitor, face, NOW + timedelta(days=1))) == {"2026-11-01"}


def test_no_day_is_told_once_what_was_under_the_rule_is_withdrawn(
    app: Flask, session: Session
) -> None:
    scene = Asking(session)
    ruled = scene.minded("Something else.", attribution="chatham_house")
    question = scene.ask("Is it so at night?", scene.source, ruled)
    page = f"{paths.needed_question(scene.series.slug, question.public_id)}.json"
    for state in ("published", "withdrawn", "hidden"):
        ruled.state = state
        session.flush()
        session.expire_all()
        told = json_of(app.test_client().get(page))
        assert {told["asking"]["since"], *(one["on"] for one in told["history"])} == {"2026-11"}


def _entries(client: FlaskClient, face: str, at: datetime) -> list[str]:
    with time_machine.travel(at, tick=False):
        return [one.updated[:10] for one in feedparser.parse(client.get(face).data).entries]


def test_what_was_taken_away_or_merged_is_read_no_more(app: Flask, session: Session) -> None:
    scene = Asking(session)
    other = scene.ask("Is it so elsewhere?", scene.minded("Somewhere else."))
    client = app.test_client()
    old, new = scene.own_page, paths.needed_question(scene.series.slug, other.public_id)
    merge_question(session, scene.as_moderator, scene.question, other, why="One.", now=NOW)
    session.flush()
    session.expire_all()
    answered = client.get(old)
    assert (answered.status_code, answered.location) == (301, new)
    assert MIND in client.get(new).text
    assert ASKED not in client.get(scene.page).text
    remove_question(session, scene.as_moderator, other, why="It is two.", now=NOW)
    session.flush()
    assert client.get(new).status_code == client.get(old).status_code == 404
    page = client.get(scene.page).text
    assert "Is it so elsewhere?" not in page
    assert MIND in page  # gathered again
