"""Who reads a quotation on which surface, whatever became of what is quoted: one table."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.reach.publications.files import make_files
from discussion.reach.publications.operations.publishing import keep_files, look_after
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import FORMATS
from discussion.records import read
from tests.conftest import sign_in
from tests.factories import make_person
from tests.reach.publications.scene import LATER, QUOTE, SITE, Briefed

NOBODY: frozenset[str] = frozenset()
MEMBERS = frozenset({"member", "moderator", "author"})
EVERYBODY = MEMBERS | {"visitor", "stranger", "administrator"}
# Where readers may meet it: a version's page, its data, every file.
PAGES = ("", ".json", "/1", "/1.json")
FILES = tuple(f"/1/files/{name}" for name in FORMATS)
Change = Callable[[Briefed], None]


def _set(row: str, **values: object) -> Change:
    def change(scene: Briefed) -> None:
        for name, value in values.items():
            setattr(getattr(scene, row), name, value)

    return change


def _redact(scene: Briefed) -> None:
    assert scene.four.live is not None
    scene.four.live.reasoning = "We counted. ███ By the fourth we could stop."


# what became of it → (how, who still reads the pages, who still gets the files)
STATES: dict[str, tuple[Change, frozenset[str], frozenset[str]]] = {
    "as it was": (lambda _scene: None, EVERYBODY, EVERYBODY),
    "hidden": (_set("four", state="hidden"), NOBODY, NOBODY),
    "removed": (_set("four", state="removed"), NOBODY, NOBODY),
    "waiting again": (_set("four", state="draft"), NOBODY, NOBODY),
    "redacted": (_redact, NOBODY, NOBODY),
    "withdrawn": (_set("four", state="withdrawn"), NOBODY, EVERYBODY),
    "tightened": (_set("four", attribution="chatham_house"), NOBODY, NOBODY),
    "of a hidden thread": (_set("thread", is_hidden=True), NOBODY, NOBODY),
    "for members": (
        _set("series", visibility="members"), MEMBERS | {"administrator"},
        MEMBERS | {"administrator"},
    ),
    "unlisted": (_set("series", visibility="unlisted"), EVERYBODY, EVERYBODY),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_quotation_is_read_where_what_is_quoted_may_be_read(
    app: Flask, session: Session, state: str
) -> None:
    change, reads_pages, gets_files = STATES[state]
    scene = Briefed(session)
    scene.draft()
    scene.tell()
    with time_machine.travel(LATER, tick=False):
        version = scene.publish()
        keep_files(session, version, make_files(read(Document, version.snapshot)))
        clients = _clients(app, scene)
        change(scene)
        session.flush()
        met = _met(scene, clients)
        allowed = {(who, path) for who in reads_pages for path in PAGES} | {
            (who, path) for who in gets_files for path in ("/1/files/txt", "/1/files/json")
        }
        assert met == allowed
        look_after(session, site_url=SITE, now=LATER + timedelta(hours=1))
        session.expire_all()
        newest = {"", ".json"} if state == "tightened" else set()
        assert {one for one in _met(scene, clients) if one[1] not in newest} == {
            one for one in allowed if one[1] not in newest
        }


def test_what_is_not_published_is_read_by_its_moderators_and_who_is_quoted(
    app: Flask, session: Session
) -> None:
    scene = Briefed(session)
    scene.draft()
    with time_machine.travel(LATER, tick=False):
        clients = _clients(app, scene)
        assert _met(scene, clients) == set()
        listed = f"/publications/{scene.series.slug}"
        titled = {who for who, client in clients.items() if scene.briefing.title in
                  client.get(listed).text}  # fmt: skip
        assert titled == {"moderator"}
        for who, client in clients.items():
            for page in ("/compose", "/check"):
                answered = client.get(scene.address + page)
                assert (QUOTE in answered.text) == (who == "moderator"), (who, page)


def test_under_the_chatham_house_rule_neither_day_nor_role_is_told(
    app: Flask, session: Session
) -> None:
    scene = Briefed(session, attribution="chatham_house")
    scene.draft()
    scene.tell()
    with time_machine.travel(LATER, tick=False):
        document = read(Document, scene.publish().snapshot)
    dates = {one.date for one in document.roads}
    dates |= {block.quoted.date for part in document.sections for block in part.blocks
              if block.quoted}  # fmt: skip
    assert dates == {"2026-11"}
    assert {one.label for one in document.who} == {"Contributors"}
    assert all(one.name.startswith("Contributor") for one in document.roads)


def _clients(app: Flask, scene: Briefed) -> dict[str, FlaskClient]:
    people = {
        "member": scene.member, "moderator": scene.moderator, "author": scene.four.author,
        "stranger": make_person(scene.session), "administrator": scene.administrator,
    }  # fmt: skip
    signed_in = {who: sign_in(app.test_client(), person) for who, person in people.items()}
    return {"visitor": app.test_client(), **signed_in}


def _met(scene: Briefed, clients: dict[str, FlaskClient]) -> set[tuple[str, str]]:
    """Who meets the quotation where."""
    return {
        (who, path)
        for who, client in clients.items()
        for path in (*PAGES, *FILES)
        if QUOTE in client.get(scene.address + path).get_data().decode("utf-8", "replace")
    }
