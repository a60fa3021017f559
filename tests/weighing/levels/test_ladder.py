"""The ladder: what follows above and below, answered from each level and read as one page."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.people.accounts.models import Person
from tests.conftest import json_of, sign_in
from tests.factories import (
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
)

TYPED = {
    "type": "says_what_follows",
    "text": "The ward stops choosing what and starts choosing how.",
    "decided_at": "trust",
    "speaks_of": "school",
    "consequence": "follows",
    "attribution": "role",
    "nobody_identified": "yes",
    "seen": "1",
}


@pytest.fixture
def position(session: Session) -> Position:
    row = make_position(session, make_thread(session, make_series(session, moderation="post")))
    assert row.live is not None
    row.live.level = "trust"
    session.flush()
    return row


def add(session: Session, position: Position, said: str, **changes: Any) -> Response:
    """An answer on a rung, in these words."""
    fields = {"decided_at": "trust", "speaks_of": "school", "consequence": "follows"}
    author: Person | None = changes.pop("author", None)
    row = make_response(session, position, author, type="says_what_follows", **fields | changes)
    assert row.live is not None
    row.live.source, row.live.html = said, f"<p>{said}</p>"
    session.flush()
    return row


def rungs(client: FlaskClient, position: Position, query: str = "") -> dict[str, list[str]]:
    told = json_of(client.get(f"/levels/{position.thread.slug}.json{query}"))
    return {
        step["level"]: [one["html"].removeprefix("<p>").removesuffix("</p>\n").removesuffix("</p>")
                        for one in step["answers"]]
        for step in told["steps"]
    }  # fmt: skip


def test_an_answer_stands_on_its_rung_and_beside_its_position(
    client: FlaskClient, session: Session, position: Position
) -> None:
    sign_in(client, make_member(session, position.thread.series))
    ladder = client.get(f"/levels/{position.thread.slug}").text
    begin = f"/positions/{position.public_id}/respond?type=says_what_follows"
    assert f"{begin}&amp;decided_at=trust" in ladder
    assert "Nobody has answered from here yet" in ladder
    form = client.get(f"{begin}&decided_at=trust").text
    assert '<option value="trust" selected>' in form

    sent = client.post(f"/positions/{position.public_id}/respond", data=TYPED)
    assert sent.status_code == 303
    visitor = client.application.test_client()
    assert rungs(visitor, position)["school"] == [TYPED["text"]]
    own = visitor.get(f"/positions/{position.public_id}").text
    assert "If it is decided at trust level, at school level: it follows" in own
    summed = visitor.get(f"/series/{position.thread.series.slug}/levels").text
    assert position.thread.question in summed


@pytest.mark.parametrize(
    ("changes", "beside"),
    [
        ({"decided_at": ""}, "Choose the level that would decide"),
        ({"speaks_of": "galaxy"}, "Choose the level that you speak of"),
        ({"consequence": "x"}, "Choose what kind of thing it is"),
        ({"text": "a" * 281}, "280"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session, position: Position, changes: dict[str, str], beside: str
) -> None:
    sign_in(client, make_member(session, position.thread.series))
    typed = TYPED | changes
    refused = client.post(f"/positions/{position.public_id}/respond", data=typed)
    assert refused.status_code == 422
    assert beside in refused.text
    assert typed["text"] in refused.text
    assert not position.responses


def test_every_reader_sees_on_the_ladder_what_they_see_beside_the_position(
    client: FlaskClient, session: Session, position: Position
) -> None:
    series = position.thread.series
    author = make_member(session, series)
    for state in ("published", "hidden", "withdrawn", "removed", "draft", "declined", "discarded"):
        add(session, position, f"Said while {state}.", state=state, author=author)
    people = {
        "visitor": None,
        "member": make_member(session, series),
        "author": author,
        "moderator": make_member(session, series, role="moderator"),
    }
    for who, person in people.items():
        reader = client.application.test_client()
        if person is not None:
            sign_in(reader, person)
        assert rungs(reader, position)["school"] == ["Said while published."], who
        told = json_of(reader.get(f"/series/{series.slug}/levels.json"))
        assert told["total"] == 1, who


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "removed"])
def test_with_its_position_an_answer_goes_from_the_ladder(
    client: FlaskClient, session: Session, position: Position, state: str
) -> None:
    add(session, position, "Said of it.")
    position.state = state
    session.flush()
    assert not any(rungs(client, position).values())
    assert "Said of it." not in client.get(f"/levels/{position.thread.slug}").text
    narrow = f"/levels/{position.thread.slug}?position={position.public_id}"
    assert client.get(narrow).status_code == 404


@pytest.mark.parametrize(
    "hides", [{"is_hidden": True}, {"stage": "proposed"}], ids=["hidden", "proposed"]
)
def test_of_a_thread_that_cannot_be_read_there_is_no_ladder(
    client: FlaskClient, session: Session, position: Position, hides: dict[str, Any]
) -> None:
    add(session, position, "Said of it.")
    for name, value in hides.items():
        setattr(position.thread, name, value)
    session.flush()
    assert client.get(f"/levels/{position.thread.slug}").status_code == 404
    summed = client.get(f"/series/{position.thread.series.slug}/levels").text
    assert position.thread.question not in summed
    assert json_of(client.get(f"/series/{position.thread.series.slug}/levels.json"))["total"] == 0


def test_it_is_read_from_one_position_and_from_each_level_that_could_decide(
    client: FlaskClient, session: Session, position: Position
) -> None:
    other = make_position(session, position.thread)
    assert other.live is not None
    other.live.level = "school"
    add(session, position, "If the trust.")
    add(session, other, "If the school.", decided_at="school", speaks_of="classroom")
    assert rungs(client, position) == {
        "national": [], "trust": [], "school": ["If the trust."], "classroom": [],
    }  # fmt: skip
    assert rungs(client, position, "?decided=school")["classroom"] == ["If the school."]
    of_other = rungs(client, position, f"?position={other.public_id}")
    assert of_other["classroom"] == ["If the school."]
    assert rungs(client, position, "?decided=nowhere")["school"] == ["If the trust."]


def test_names_on_the_ladder_are_those_beside_the_position(
    client: FlaskClient, session: Session, position: Position
) -> None:
    position.thread.attribution = "chatham_house"
    author = make_member(session, position.thread.series)
    author.display_name = "Nobody May Know"
    row = add(session, position, "Said candidly.", author=author, attribution="chatham_house")
    page = client.get(f"/levels/{position.thread.slug}").text
    assert "Nobody May Know" not in page
    told = json_of(client.get(f"/levels/{position.thread.slug}.json"))
    [one] = told["steps"][2]["answers"]
    [beside] = json_of(client.get(f"/positions/{position.public_id}.json"))["answers"]
    assert one["byline"] == beside["byline"]
    assert one["id"] == row.public_id


def test_a_full_rung_is_read_a_page_at_a_time(
    client: FlaskClient, session: Session, position: Position
) -> None:
    author = make_member(session, position.thread.series)
    for number in range(65):
        add(session, position, f"Answer {number}.", author=author)
    slug = position.thread.slug
    assert len(rungs(client, position)["school"]) == 12
    assert "Read all 65 answers of this rung" in client.get(f"/levels/{slug}").text
    first = rungs(client, position, "?decided=trust&rung=school")["school"]
    second = rungs(client, position, "?decided=trust&rung=school&page=2")["school"]
    assert (len(first), len(second)) == (60, 5)
    assert not set(first) & set(second)


def test_an_empty_series_says_so(client: FlaskClient, session: Session) -> None:
    series = make_series(session)
    page = client.get(f"/series/{series.slug}/levels")
    assert page.status_code == 200
    assert "No question has been opened yet" in page.text
