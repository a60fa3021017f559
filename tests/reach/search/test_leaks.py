"""Who finds what, whatever became of it: results, counts, suggestions, facets and the feed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.reach.search.queries.feed import search_feed
from discussion.reach.search.queries.first import first_found
from discussion.reach.search.queries.page import Asked
from tests.factories import (
    NOW,
    make_item,
    make_person,
    make_position,
    make_response,
    make_thread,
)
from tests.reach.search.scene import Finding, told

pytestmark = pytest.mark.usefixtures("keeps_found")
WORD, NEAR = "quicksilver", "quicksilvre"
NOBODY: frozenset[str] = frozenset()
MEMBERS = frozenset({"member", "author", "moderator", "convener", "administrator"})
EVERYBODY = MEMBERS | {"visitor", "stranger"}


class Hiding(Finding):
    """Everything of it holds the word, each thing once."""

    def fill(self) -> "Hiding":
        self.asked = make_thread(self.session, self.series, question=f"Is {WORD} a thread?")
        self.held = make_item(self.session, self.series, title=f"On {WORD}")
        self.claim = make_position(
            self.session, self.thread, revision={"claim": f"{WORD.title()} is a claim."}
        )
        self.reply = make_response(self.session, self.plain)
        assert self.reply.live is not None
        self.reply.live.source = f"Is {WORD} a response?"
        self.rows = {"position": self.claim, "response": self.reply, "item": self.held,
                     "thread": self.asked}  # fmt: skip
        return self

    @property
    def plain(self) -> Position:
        if not hasattr(self, "_plain"):
            self._plain = make_position(self.session, self.thread)
        return self._plain

    def viewers(self) -> dict[str, Viewer | None]:
        people = {
            "stranger": make_person(self.session),
            "member": self.member,
            "author": self.claim.author,
            "moderator": self.moderator,
            "convener": self.convener,
            "administrator": self.administrator,
        }
        return {"visitor": None, **{name: self.as_(one) for name, one in people.items()}}


Change = Callable[[Hiding], None]


def _set(table: Any, **values: Any) -> Change:
    """By a statement, of which no object knows."""

    def change(scene: Hiding) -> None:
        scene.session.execute(update(table).values(**values))

    return change


def _merge(scene: Hiding) -> None:
    other = make_thread(scene.session, scene.series)
    scene.session.flush()
    threads = (scene.thread.id, scene.asked.id)
    scene.session.execute(
        update(Thread).where(Thread.id.in_(threads)).values(merged_into_id=other.id)
    )


def _wait(scene: Hiding) -> None:
    scene.claim.state, scene.claim.live = "draft", None
    scene.reply.state, scene.reply.live = "draft", None
    scene.held.is_listed = False
    scene.asked.stage = "proposed"


def _redact(scene: Hiding) -> None:
    scene.session.execute(update(Revision).values(claim="Something is a claim."))
    scene.reply.live.source = "Is something a response?"  # type: ignore[union-attr]
    scene.held.title = "On something"
    scene.asked.question = "Is something a thread?"


def _states(state: str) -> Change:
    def change(scene: Hiding) -> None:
        _set(Position, state=state)(scene)
        _set(Response, state=state)(scene)
        _set(EvidenceItem, is_hidden=True)(scene)
        _set(Thread, is_hidden=True)(scene)

    return change


def _series(**values: Any) -> Change:
    def change(scene: Hiding) -> None:
        for name, value in values.items():
            setattr(scene.series, name, value)

    return change


STATES: dict[str, tuple[Change, frozenset[str]]] = {
    "as it was": (lambda _scene: None, EVERYBODY),
    "hidden": (_states("hidden"), NOBODY),
    "removed": (_states("removed"), NOBODY),
    "withdrawn": (_states("withdrawn"), NOBODY),
    "pending": (_wait, NOBODY),
    "redacted": (_redact, NOBODY),
    "merged": (_merge, NOBODY),
    "for members": (_series(visibility="members"), MEMBERS),
    "unlisted": (_series(visibility="unlisted"), MEMBERS - {"administrator"}),
    "a draft": (_series(status="draft"), MEMBERS),
}


@pytest.mark.parametrize("state", STATES)
def test_who_finds_what(session: Session, state: str) -> None:
    change, readers = STATES[state]
    scene = Hiding(session).fill()
    viewers = scene.viewers()
    assert scene.look(WORD).total == 4
    change(scene)
    session.flush()
    for name, viewer in viewers.items():
        page = scene.look(WORD, viewer)
        finds = name in readers
        if state == "merged":  # the library is of the series, not of its threads
            assert [hit.kind for hit in page.hits] == ["item"], name
            continue
        assert page.total == len(page.hits) == (4 if finds else 0), (name, page.hits)
        assert (scene.look(NEAR, viewer).suggestion is not None) is finds, name
        typing = first_found(session, viewer, WORD[:-2], "")
        assert typing is not None
        assert typing.total == len(typing.hits) == page.total, name
        counted = {choice.word: choice.count for one in page.facets for choice in one.choices}
        assert bool(counted) is finds, (name, counted)
        listed = scene.look("", viewer, kind="position")
        assert any(WORD in hit.title.lower() for hit in listed.hits) is finds, name
    feed = search_feed(session, Asked(WORD), NOW + timedelta(days=60))
    assert feed is not None
    assert bool(feed.entries) is ("visitor" in readers)
    assert len(viewers) == 7


def test_pages_data_and_feed_say_the_same(app: Flask, session: Session) -> None:
    scene = Hiding(session).fill()
    session.commit()
    assert told(app, WORD)["total"] == 4
    scene.series.visibility = "members"
    session.commit()
    client = app.test_client()
    for address in ("/search", "/search.json", "/search/first.json", "/search/atom"):
        answered = client.get(address, query_string={"q": WORD})
        for said in ("is a claim", "a response?", "a thread?", "On "):
            assert said not in answered.text, address
    assert client.get("/search", query_string={"series": scene.series.slug}).status_code == 404
    for address in ("/search/first.json", "/search/atom"):
        found = client.get(address, query_string={"series": scene.series.slug})
        assert found.status_code == 404, address
    assert client.get("/search/first?q=quick").location == "/search?q=quick%2A"
    assert told(app, WORD, scene.member)["total"] == 4


def test_why_a_hidden_source_matters_is_not_found(session: Session) -> None:
    scene = Hiding(session)
    position = make_position(session, scene.thread, item=scene.item)
    assert position.live is not None
    position.live.links[0].warrant = f"It tells of {WORD}."
    assert len(scene.found(WORD)) == 1
    scene.item.is_hidden = True
    assert scene.found(WORD) == set()
    scene.item.is_hidden = False
    assert len(scene.found(WORD)) == 1


@pytest.mark.parametrize("attribution", ["named", "role", "chatham_house"])
def test_a_name_finds_no_piece_and_no_role_finds_the_unnamed(
    session: Session, attribution: str
) -> None:
    """A name finds its person, through what they published by it, and never what they wrote."""
    scene = Hiding(session, thread={"attribution": attribution})
    row = make_position(session, scene.thread, label_step=0)
    row.author.display_name = "Ottoline Farquharson"
    found = scene.look("Farquharson")
    assert {hit.kind for hit in found.hits} == ({"person"} if attribution == "named" else set())
    assert found.suggestion is None
    assert scene.look("Farquharsen").suggestion is None or attribution == "named"
    roles = {choice.word for one in scene.look("", kind="position").facets
             if one.name in ("role", "phase") for choice in one.choices}  # fmt: skip
    assert bool(roles) is (attribution != "chatham_house")
    months = [choice.word for one in scene.look("", kind="position").facets
              if one.name == "month" for choice in one.choices]  # fmt: skip
    assert months == ["2026-11"]


def test_who_has_left_is_not_found_by_name(session: Session) -> None:
    scene = Hiding(session, thread={"attribution": "named"})
    row = make_position(session, scene.thread)
    row.author.display_name = "Ottoline Farquharson"
    assert scene.found("Ottoline") == {paths.person(row.author.public_id)}
    row.author.left_at = NOW
    assert scene.found("Ottoline") == set()


def test_who_muted_a_voice_is_told_no_words_of_it(app: Flask, session: Session) -> None:
    scene = Hiding(session).fill()
    from discussion.debate.mutes.models import Mute

    session.add(
        Mute(person_id=scene.member.id, muted_id=scene.claim.author_id, thread_id=scene.thread.id,
             attribution=scene.claim.attribution, strand=scene.claim.strand, at=NOW)
    )  # fmt: skip
    session.commit()
    words = [hit.title for hit in scene.look(WORD, scene.as_(scene.member), kind="position").hits]
    assert words == ["Written by somebody you have muted"]
