"""Where one's writing went: told to its author, as far as they may read it there, and to nobody."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.mine.order import ON_A_PAGE
from discussion.people.accounts.models import Person
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_item,
    make_person,
    make_position,
    make_response,
    make_round,
    make_statement,
)
from tests.factories.scenes import Scene
from tests.reach.needed.scene import ASKED, Asking
from tests.reach.publications.scene import LATER, Briefed

DAY = "2026-11-23"


def road(app: Flask, person: Person, title: str = "") -> list[dict[str, Any]]:
    """The steps of the one thing that they wrote whose title begins so."""
    written = written_by(app, person)
    [steps] = [one["road"] for one in written if one["title"].startswith(title)]
    return list(steps)


def written_by(app: Flask, person: Person) -> list[dict[str, Any]]:
    listed = sign_in(app.test_client(), person).get("/positions/mine.json")
    return list(json_of(listed)["written"])


def revise(session: Session, position: Position) -> None:
    """A second version is live."""
    first = position.live
    assert first is not None
    columns = {name: getattr(first, name) for name in set(first.__table__.columns.keys()) - {"id"}}
    position.live = Revision(**columns | {"version": 2, "live_at": NOW})
    session.flush()


def titles(steps: list[dict[str, Any]], *, ahead: bool = False) -> list[str]:
    return [one["title"] for one in steps if one["is_ahead"] == ahead]


Change = Callable[[Briefed], None]


def _set(row: str, **values: object) -> Change:
    def change(scene: Briefed) -> None:
        for name, value in values.items():
            setattr(getattr(scene, row), name, value)

    return change


QUOTED, CITED = "Quoted in the briefing", "Cited in the briefing"
# what became of it → what its author, who answered it, and who added the source are told
BRIEFED: dict[str, tuple[Change, set[str], set[str], set[str]]] = {
    "as it was": (lambda _scene: None, {QUOTED}, {QUOTED}, {CITED}),
    "hidden": (_set("four", state="hidden"), set(), set(), set()),
    "removed": (_set("four", state="removed"), set(), set(), set()),
    "withdrawn": (_set("four", state="withdrawn"), {QUOTED}, {QUOTED}, {CITED}),
    "tightened": (_set("four", attribution="chatham_house"), set(), set(), set()),
    "of a hidden thread": (_set("thread", is_hidden=True), set(), set(), set()),
    "for members": (_set("series", visibility="members"), {QUOTED}, {QUOTED}, set()),
    "unlisted": (_set("series", visibility="unlisted"), {QUOTED}, {QUOTED}, {CITED}),
}


@pytest.mark.parametrize("state", BRIEFED)
def test_authors_are_told_which_briefing_quotes_them_while_they_may_read_it(
    app: Flask, session: Session, state: str
) -> None:
    change, *told = BRIEFED[state]
    scene = Briefed(session)
    scene.source.added_by_id = make_person(session).id
    scene.draft()
    scene.tell()
    with time_machine.travel(LATER, tick=False):
        scene.publish()
        change(scene)
        session.flush()
        people = [
            scene.four.author,
            scene.answer.author,
            session.get_one(Person, scene.source.added_by_id),
        ]
        met = [set(titles(road(app, person))) & {QUOTED, CITED} for person in people]
        assert met == told
        for nobody in (make_person(session), scene.member):
            assert written_by(app, nobody) == []


def test_the_road_of_a_position_tells_statements_findings_and_what_is_ahead(
    app: Flask, session: Session
) -> None:
    scene = Scene(session, thread={"stage": "weighing", "closed_on": NOW.date().replace(day=30)})
    statement = make_statement(session, scene.thread, scene.position)
    author = scene.author
    with time_machine.travel(NOW, tick=False):
        make_round(session, scene.thread, statement, state="planned")
        assert "In statement E1" not in titles(road(app, author))
        make_round(session, scene.thread, statement, state="open", number=2)
        steps = road(app, author)
    assert titles(steps) == ["In statement E1"]
    assert "rated until" in steps[0]["says"]
    assert titles(steps, ahead=True) == ["In the findings", "An outcome of the thread"]
    assert steps[-1]["on"] == "2026-11-30"


def test_whose_question_was_answered_by_a_new_version_reads_when_as_its_author_is_named(
    app: Flask, session: Session
) -> None:
    scene = Scene(session)
    asks = make_response(session, scene.position, type="asks")
    assert titles(road(app, asks.author)) == []
    revise(session, scene.position)
    [step] = road(app, asks.author)
    assert (step["title"], step["on"]) == ("Answered by a new version", DAY)
    scene.position.attribution = "chatham_house"
    session.flush()
    assert road(app, asks.author)[0]["on"] == "2026-11"
    scene.position.state = "hidden"
    session.flush()
    assert road(app, asks.author) == []


def test_what_became_a_question_to_find_out_leads_there(app: Flask, session: Session) -> None:
    scene = Asking(session)
    assert scene.question
    [now, *ahead] = road(app, scene.source.author)
    assert (now["title"], now["named"]) == ("Now a question to find out", ASKED)
    assert [one["title"] for one in ahead] == ["In statements", "Answered"]
    assert ahead[-1]["says"] == "nobody has yet"
    scene.source.state = "hidden"
    session.flush()
    assert road(app, scene.source.author) == []


def test_under_the_chatham_house_rule_the_list_tells_no_day(
    client: FlaskClient, session: Session
) -> None:
    scene = Briefed(session)
    scene.four.attribution = "chatham_house"
    scene.draft()
    scene.tell()
    with time_machine.travel(LATER, tick=False):
        scene.publish()
        session.flush()
        listed = json_of(sign_in(client, scene.four.author).get("/positions/mine.json"))
        page = client.get("/positions/mine").text
    [one] = listed["written"]
    assert one["on"] is None
    assert QUOTED in titles(one["road"])
    assert {step["on"] for step in one["road"] if not step["is_ahead"]} == {""}
    assert "23 November 2026" not in page
    assert "2 December 2026" not in page


def test_a_source_that_was_superseded_asks_its_author_to_look_again(
    client: FlaskClient, session: Session
) -> None:
    scene = Scene(session)
    source = make_item(session, scene.series, title="Visits counted once", status="superseded")
    position = make_position(session, scene.thread, item=source)
    page = sign_in(client, position.author).get("/positions/mine").text
    assert "Visits counted once" in page
    assert "Look at your sources again" in page


def test_what_waits_for_its_author_comes_first_and_a_long_list_costs_no_more(
    client: FlaskClient, session: Session
) -> None:
    scene = Scene(session)
    author = scene.author
    oldest = make_response(session, make_position(session, scene.thread), author)
    oldest.texts[0].status, oldest.state = "sent_back", "draft"
    sign_in(client, author)
    few = _statements(session, client)
    for _ in range(ON_A_PAGE + 3):
        make_response(session, make_position(session, scene.thread), author)
    session.flush()
    many = _statements(session, client)

    listed = json_of(client.get("/positions/mine.json"))
    assert (listed["total"], len(listed["written"])) == (ON_A_PAGE + 5, ON_A_PAGE)
    assert listed["written"][0]["status"] == "sent_back"
    rest = json_of(client.get("/positions/mine.json?page=2"))
    assert len(rest["written"]) == 5
    assert rest["later_url"] == ""
    assert client.get("/positions/mine?page=3").status_code == 404
    assert many <= few + 2


def _statements(session: Session, client: FlaskClient) -> int:
    """How many it takes to show the page."""
    seen: list[str] = []
    bind = session.get_bind()

    def note(*given: Any) -> None:
        seen.append(given[2])

    event.listen(bind, "before_cursor_execute", note)
    try:
        assert client.get("/positions/mine").status_code == 200
    finally:
        event.remove(bind, "before_cursor_execute", note)
    return len(seen)
