"""Muting a voice: how far it reaches, what it tells, and that nobody else notices."""

from html import unescape
from threading import Barrier, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from discussion.db import Base, transaction
from discussion.debate.mutes.models import Mute
from discussion.debate.mutes.operations import mute, unmute
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread as Question
from discussion.debate.threads.models import Voice
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.series.series.models import Series
from tests.conftest import json_of, sign_in, without_tokens
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

FOLDED = "You muted this person"


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def reader(session: Session, series: Series) -> Person:
    return make_member(session, series)


@pytest.fixture
def author(session: Session, series: Series) -> Person:
    return make_member(session, series, make_person(session, display_name="Rukhsana Iqbal"))


def in_thread(session: Session, series: Series, author: Person, **changes: Any) -> Position:
    thread = make_thread(session, series, attribution=changes.get("attribution", "role"))
    make_position(session, thread)  # somebody else's
    return make_position(session, thread, author, **changes)


def folded(client: FlaskClient, thread: Question) -> list[str]:
    """The public ids of the positions that are folded for whoever asks."""
    page = json_of(client.get(f"/threads/{thread.slug}.json"))
    return [card["id"] for group in page["groups"] for card in group["cards"] if card["mute_id"]]


def press(client: FlaskClient, kind: str, id: str) -> None:
    assert client.post("/mutes", data={"kind": kind, "id": id}).status_code == 303


@pytest.mark.parametrize("attribution", ["role", "chatham_house"])
def test_a_voice_is_muted_in_its_thread_and_nothing_elsewhere_tells_of_it(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person,
    attribution: str,
) -> None:  # fmt: skip
    here = in_thread(session, series, author, attribution=attribution)
    there = in_thread(session, series, author, attribution=attribution)
    by_name = in_thread(session, series, author, attribution="named")
    answer = make_response(session, make_position(session, here.thread), author,
                           attribution=attribution)  # fmt: skip
    sign_in(client, reader)
    elsewhere = [f"/threads/{other.thread.slug}" for other in (there, by_name)]
    elsewhere += [f"/positions/{there.public_id}", f"/positions/{by_name.public_id}"]
    before = [without_tokens(client.get(path).text) for path in elsewhere]

    press(client, "position", here.public_id)
    client.get("/mutes")  # which shows what is said once
    assert folded(client, here.thread) == [here.public_id]
    answers = json_of(client.get(f"/positions/{answer.position.public_id}.json"))["answers"]
    assert answers[0]["mute_id"]
    assert [without_tokens(client.get(path).text) for path in elsewhere] == before
    listed = client.get("/mutes").text
    assert author.display_name not in listed
    assert author.public_id not in listed
    assert here.thread.question in unescape(listed)


def test_by_name_everything_by_that_name_is_folded_and_nothing_else(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person
) -> None:
    named = [in_thread(session, series, author, attribution="named") for _n in range(2)]
    role = in_thread(session, series, author, attribution="role")
    sign_in(client, reader)
    press(client, "position", named[0].public_id)
    assert [folded(client, one.thread) for one in (*named, role)] == [
        [named[0].public_id], [named[1].public_id], []
    ]  # fmt: skip
    assert "Rukhsana Iqbal" in client.get("/mutes").text


def test_a_name_that_is_tightened_later_is_no_longer_known_by_the_mute(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person
) -> None:
    position = in_thread(session, series, author, attribution="named")
    sign_in(client, reader)
    press(client, "position", position.public_id)
    position.attribution = "chatham_house"
    session.flush()
    assert folded(client, position.thread) == []


def test_it_is_one_line_that_opens_without_a_script_and_is_counted_as_before(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person
) -> None:
    item = make_item(session, series)
    position = in_thread(session, series, author, item=item)
    answer = make_response(session, position, author, item=item)
    path = f"/threads/{position.thread.slug}"
    sign_in(client, reader)
    counts = ("position_count", "shown_count", "basis")
    before = json_of(client.get(f"{path}.json"))
    press(client, "position", position.public_id)
    client.get("/mutes")
    after = json_of(client.get(f"{path}.json"))
    assert [before[name] for name in counts] == [after[name] for name in counts]
    page = unescape(client.get(path).text)
    claim = position.live.claim if position.live else ""
    summary, _line, inside = page.partition(FOLDED)[2].partition("</summary>")
    assert "Show" in summary
    assert claim in inside.partition("</details>")[0] + inside
    library = unescape(client.get(f"/evidence/{series.slug}/{item.public_id}").text)
    assert FOLDED in library
    assert claim not in library
    assert FOLDED in unescape(client.get(f"/positions/{position.public_id}").text)
    assert answer.public_id in client.get(f"/positions/{position.public_id}").text


def test_it_is_the_readers_alone(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person
) -> None:
    position = in_thread(session, series, author)
    path = f"/threads/{position.thread.slug}"
    visitor = client.get(path)
    sign_in(client, reader)
    press(client, "position", position.public_id)
    assert FOLDED in unescape(client.get(path).text)
    anonymous = client.application.test_client()
    again = anonymous.get(path)
    assert again.text == visitor.text
    for other in (author, make_member(session, series)):
        assert FOLDED not in unescape(sign_in(anonymous, other).get(path).text)
    assert json_of(anonymous.get("/mutes.json")) == {"mutes": []}


def test_a_moderators_desk_folds_nothing(
    session: Session, client: FlaskClient, series: Series, author: Person
) -> None:
    position = in_thread(session, series, author)
    sign_in(client, make_member(session, series, role="moderator"))
    press(client, "position", position.public_id)
    client.get("/mutes")
    desk = unescape(client.get(f"/moderation/positions/{position.public_id}").text)
    assert FOLDED not in desk
    assert (position.live.claim if position.live else "") in desk


def test_twice_is_once_and_it_can_be_ended(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person
) -> None:
    position = in_thread(session, series, author, attribution="named")
    own = viewer(session, reader)
    assert mute(session, own, position, now=NOW) is mute(session, own, position, now=NOW)
    made = session.scalars(select(Mute)).one()
    address = f"/mutes/{made.public_id}/end"
    stranger = viewer(session, make_person(session))
    unmute(session, stranger, made)
    assert session.scalar(select(func.count()).select_from(Mute)) == 1
    sign_in(client, reader)
    assert client.post(address).status_code == 303
    assert session.scalar(select(func.count()).select_from(Mute)) == 0
    assert client.post(address).status_code == 404


def test_two_clicks_at_once_mute_once(engine: Engine) -> None:
    """By name the thread is NULL, and no constraint binds."""
    with transaction(engine) as session:
        series = make_series(session)
        position = in_thread(session, series, make_member(session, series), attribution="named")
        own, id = viewer(session, make_member(session, series)), position.id
    barrier = Barrier(2)

    def click() -> None:
        barrier.wait()
        with transaction(engine) as session:
            mute(session, own, session.get_one(Position, id), now=NOW)

    clicks = [Thread(target=click) for _n in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    try:
        with transaction(engine) as session:
            assert session.scalar(select(func.count()).select_from(Mute)) == 1
    finally:
        with engine.begin() as connection:
            connection.execute(update(Position).values(live_revision_id=None))
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())


def test_nobody_mutes_themself_what_they_cannot_read_or_signed_out(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person
) -> None:
    own = in_thread(session, series, reader)
    hidden = in_thread(session, series, author, state="hidden")
    with pytest.raises(Forbidden):
        mute(session, viewer(session, reader), own, now=NOW)
    assert client.post("/mutes", data={"kind": "position", "id": own.public_id}).status_code == 401
    sign_in(client, reader)
    for kind, id in (("position", hidden.public_id), ("position", "x"), ("", "")):
        assert client.post("/mutes", data={"kind": kind, "id": id}).status_code == 404


def test_the_list_tells_of_no_thread_that_one_can_no_longer_read(
    session: Session, client: FlaskClient, series: Series, reader: Person, author: Person
) -> None:
    position = in_thread(session, series, author)
    session.add(Voice(thread_id=position.thread_id, person_id=author.id, attribution="role",
                      letter="K"))  # fmt: skip
    sign_in(client, reader)
    press(client, "position", position.public_id)
    assert "· K" in client.get("/mutes").text
    position.thread.is_hidden = True
    session.flush()
    listed = client.get("/mutes").text
    assert position.thread.question not in unescape(listed)
    assert "· K" not in listed
    assert "A voice" in listed
