"""Who gets which words in a package, whatever became of them since it was made: one table."""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion.db import Identified
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.reach.packages.models import DataPackage
from discussion.reach.packages.operations import look_after
from discussion.reach.packages.queries.finding import read_pieces
from discussion.states.models import StateNumber
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Statement
from tests.conftest import sign_in
from tests.factories import (
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_round,
    make_statement,
)
from tests.factories.scenes import Scene
from tests.reach.needed.scene import Asking
from tests.reach.packages.scene import LATER, make_package, unpack

CLAIM, ANSWER, TITLE = "Every ward names a visit.", "Who names it at night?", "What visits find"
STATEMENT, NAME = "Visits matter to every ward.", "Ada Marlow-Quill"
WORDS = {"claim": CLAIM, "answer": ANSWER, "title": TITLE, "statement": STATEMENT, "name": NAME}
EVERYTHING = frozenset(WORDS)
NOBODY: frozenset[str] = frozenset()
MEMBERS = frozenset({"member", "moderator", "author", "administrator"})
EVERYBODY = MEMBERS | {"visitor", "stranger"}


class Packed(Scene):
    """One position by name, a response, a source, a statement that is being rated."""

    @cached_property
    def writer(self) -> Position:
        author = make_member(
            self.session, self.series, make_person(self.session, display_name=NAME)
        )
        return make_position(
            self.session, self.thread, author, item=self.source, attribution="named",
            revision={"claim": CLAIM},
        )  # fmt: skip

    @cached_property
    def source(self) -> EvidenceItem:
        return make_item(self.session, self.series, title=TITLE)

    @cached_property
    def answer(self) -> Response:
        made = make_response(self.session, self.writer, attribution="chatham_house")
        assert made.live is not None
        made.live.source = ANSWER
        return made

    @cached_property
    def said(self) -> Statement:
        return make_statement(self.session, self.thread, self.writer, text=STATEMENT)

    @cached_property
    def round(self) -> Round:
        return make_round(self.session, self.thread, self.said)

    def everything(self) -> None:
        assert self.answer
        assert self.round
        self.session.flush()


Change = Callable[[Packed], object]


def _set(row: str, **values: object) -> Change:
    def change(scene: Packed) -> None:
        for name, value in values.items():
            setattr(getattr(scene, row), name, value)

    return change


def _take_words_out(scene: Packed) -> None:
    assert scene.writer.live is not None
    scene.writer.live.claim, scene.writer.live.redacted_at = "Every ward ███.", LATER


def _withhold(scene: Packed) -> None:
    scene.said.versions[0].withheld_at = LATER


def _leave(scene: Packed) -> None:
    scene.writer.author.left_at, scene.writer.author.display_name = LATER, ""
    scene.writer.is_former = True


# what became of it → (how, who still gets the old package, what words the next one has)
STATES: dict[str, tuple[Change, frozenset[str], frozenset[str]]] = {
    "as it was": (lambda _scene: None, EVERYBODY, EVERYTHING),
    "changed elsewhere": (
        lambda scene: make_position(scene.session, scene.thread), EVERYBODY, EVERYTHING,
    ),
    "hidden": (_set("writer", state="hidden"), NOBODY, frozenset({"title", "statement"})),
    "removed": (_set("writer", state="removed"), NOBODY, frozenset({"title", "statement"})),
    "withdrawn": (_set("writer", state="withdrawn"), NOBODY, frozenset({"title", "statement"})),
    "waiting again": (_set("writer", state="draft"), NOBODY, frozenset({"title", "statement"})),
    "redacted": (_take_words_out, NOBODY, EVERYTHING - {"claim"}),
    "tightened": (_set("writer", attribution="role"), NOBODY, EVERYTHING - {"name"}),
    "its author left": (_leave, NOBODY, EVERYTHING - {"name"}),
    "an answer hidden": (_set("answer", state="hidden"), NOBODY, EVERYTHING - {"answer"}),
    "an answer withdrawn": (_set("answer", state="withdrawn"), NOBODY, EVERYTHING - {"answer"}),
    "a source hidden": (_set("source", is_hidden=True), NOBODY, EVERYTHING - {"title"}),
    "a statement withheld": (_withhold, NOBODY, EVERYTHING - {"statement"}),
    "of a hidden thread": (_set("thread", is_hidden=True), NOBODY, frozenset({"title"})),
    "of a proposed thread": (_set("thread", stage="proposed"), NOBODY, frozenset({"title"})),
    "for members": (_set("series", visibility="members"), NOBODY, EVERYTHING),
    "unlisted": (_set("series", visibility="unlisted"), NOBODY, EVERYTHING),
    "a draft again": (_set("series", status="draft"), NOBODY, EVERYTHING),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_package_is_had_while_everything_in_it_may_be_shown(
    app: Flask, session: Session, state: str
) -> None:
    change, gets_it, next_words = STATES[state]
    scene = Packed(session)
    scene.everything()
    with time_machine.travel(LATER, tick=False):
        clients = _clients(app, scene)
        package = make_package(app, session, scene.series)
        assert _met(scene, clients, package) == dict.fromkeys(EVERYBODY, EVERYTHING)
        change(scene)
        session.flush()
        assert _met(scene, clients, package) == dict.fromkeys(gets_it, EVERYTHING)
    after = LATER + timedelta(days=2)
    with time_machine.travel(after, tick=False):
        look_after(session, now=after)
        anew = make_package(app, session, scene.series, after)
        reads = MEMBERS if state in ("for members", "a draft again") else EVERYBODY
        session.expire_all()
        found = _met(scene, _clients(app, scene), anew)
        expected = NOBODY if state == "a draft again" else next_words
        assert found == dict.fromkeys(reads, expected)


def test_what_is_not_shown_is_in_no_file(app: Flask, session: Session) -> None:
    scene = Packed(session)
    scene.everything()
    hidden: dict[str, Identified] = {
        "waiting": make_position(
            session, scene.thread, state="draft", revision={"claim": "waiting 71", "status":
            "pending", "version": None},
        ),
        "planned": make_round(
            session, scene.thread, make_statement(session, scene.thread, text="planned 72"),
            state="planned",
        ),
        "unlisted": make_item(session, scene.series, title="unlisted 73", is_listed=False),
        "today": make_position(
            session, scene.thread, attribution="chatham_house",
            revision={"claim": "today 74", "live_at": LATER}, first_published_at=LATER,
        ),
    }  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        package = make_package(app, session, scene.series)
        files = unpack(_get(_clients(app, scene)["moderator"], scene, package) or b"")
    assert len(files) > 30, "hardly anything was read"
    ids = [row.public_id for row in hidden.values()]
    people = [scene.writer.author.public_id, scene.answer.author.public_id]
    for path, words in files.items():
        found = [one for one in ("waiting 71", "planned 72", "unlisted 73", "today 74", *ids,
                 *people) if one in words]  # fmt: skip
        assert not found, path


def test_a_question_tells_of_nothing_that_comes_a_day_later(app: Flask, session: Session) -> None:
    scene = Asking(session)
    today = {"attribution": "chatham_house", "first_published_at": LATER}
    ruled = [scene.minded(f"Nights {n}.", changed_at=LATER, **today) for n in range(3)]
    asked = scene.ask("Is it so at night?", scene.source, ruled[0])
    alone = scene.ask("Is it so by day?", ruled[1])
    later = [scene.ask("Is it so at dawn?", scene.source, ruled[2])]
    later[0].made_at = LATER
    make_round(session, scene.thread, make_statement(session, scene.thread, ruled[0]))
    session.flush()
    first = unpack(b"".join(read_pieces(session, make_package(app, session, scene.series).id)))
    found = "".join(first.values())
    assert asked.public_id in found
    untold: list[Identified] = [*ruled, alone, *later]
    for row in untold:
        assert row.public_id not in found
    after = LATER + timedelta(days=1)
    session.execute(delete(StateNumber))
    second = make_package(app, session, scene.series, after)
    found = "".join(unpack(b"".join(read_pieces(session, second.id))).values())
    for row in untold:
        assert row.public_id in found


def _clients(app: Flask, scene: Packed) -> dict[str, FlaskClient]:
    people = {
        "member": scene.member, "moderator": scene.moderator, "author": scene.writer.author,
        "stranger": make_person(scene.session), "administrator": scene.administrator,
    }  # fmt: skip
    return {
        "visitor": app.test_client(),
        **{who: sign_in(app.test_client(), person) for who, person in people.items()},
    }


def _met(
    scene: Packed, clients: dict[str, FlaskClient], package: DataPackage
) -> dict[str, frozenset[str]]:
    """Who gets which words, of a database that does not say whether anything changed."""
    scene.session.execute(delete(StateNumber))
    found = {}
    for who, client in clients.items():
        body = _get(client, scene, package)
        if body is not None:
            words = "\n".join(unpack(body).values())
            found[who] = frozenset(name for name, said in WORDS.items() if said in words)
    return found


def _get(client: FlaskClient, scene: Packed, package: DataPackage) -> bytes | None:
    answered = client.get(f"/packages/{scene.series.slug}/{package.number}/zip")
    assert answered.status_code in (200, 404, 410)
    return answered.get_data() if answered.status_code == 200 else None
