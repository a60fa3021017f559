"""Somebody answers a position: its author hears of it on the site and by mail, once."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from tests.conftest import sign_in
from tests.factories import make_position
from tests.reach.notices.world import Hearing, a_postbox, html, plain, work

THEN = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)  # a Tuesday
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def world(session: Session) -> Hearing:
    return Hearing(session)


@pytest.fixture
def position(world: Hearing) -> Position:
    return make_position(world.session, world.thread, world.member, attribution="named")


def test_an_answer_reaches_the_author_at_once(
    app: Flask, world: Hearing, position: Position
) -> None:
    world.answer(position, THEN, attribution="named")
    with a_postbox(app) as box:
        work(app, THEN)
        (letter,) = box.take()
        work(app, THEN + 10 * MINUTE)
        work(app, THEN + 8 * DAY)
        assert box.take() == []
    assert letter["To"] == world.member.email
    assert letter["Subject"] == "Somebody answered your position"
    assert letter["From"].addresses[0].display_name == world.series.title
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["In-Reply-To"] == letter["References"]
    for said in (plain(letter), html(letter)):
        assert f"/positions/{position.public_id}#r-" in said
        assert world.series.host in said
        assert world.thread.question in said


def test_the_name_has_a_count_until_the_notice_was_seen(
    app: Flask, client: FlaskClient, world: Hearing, position: Position
) -> None:
    world.answer(position, THEN)
    work(app, THEN)
    sign_in(client, world.member)
    assert 'class="news-count">1<' in client.get("/rights").text
    assert "asks about your position" in client.get("/notices").text
    assert "news-count" not in client.get("/rights").text
    assert "New</b>" not in client.get("/notices").text


def test_a_page_that_is_only_fetched_ahead_is_not_seen(
    app: Flask, client: FlaskClient, world: Hearing, position: Position
) -> None:
    world.answer(position, THEN)
    work(app, THEN)
    sign_in(client, world.member)
    client.get("/notices", headers={"Sec-Purpose": "prefetch"})
    assert "news-count" in client.get("/rights").text


def test_the_link_in_a_letter_stops_that_kind_without_signing_in(
    app: Flask, client: FlaskClient, world: Hearing, position: Position
) -> None:
    world.answer(position, THEN)
    with a_postbox(app) as box:
        work(app, THEN)
        (letter,) = box.take()
        url = urlsplit(letter["List-Unsubscribe"].strip("<>")).path
        assert "Stop these letters" in client.get(url).text
        world.answer(position, THEN + MINUTE)
        work(app, THEN + MINUTE)
        assert len(box.take()) == 1  # looking at it stopped nothing
        pressed = client.post(url, data={"List-Unsubscribe": "One-Click"})
        assert pressed.status_code == 200
        world.answer(position, THEN + 2 * MINUTE)
        work(app, THEN + 2 * MINUTE)
        work(app, THEN + 30 * DAY)
        assert box.take() == []
    assert len(world.lines(world.member, THEN + DAY)) == 3  # the site still shows them


def test_what_is_hidden_before_the_letter_goes_is_in_none(
    app: Flask, world: Hearing, position: Position
) -> None:
    answer = world.answer(position, THEN)
    answer.state = "hidden"
    world.session.commit()
    with a_postbox(app) as box:
        work(app, THEN)
        assert box.take() == []
    assert world.lines(world.member, THEN) == ()
    assert world.count(world.member, THEN) == 0


def test_nobody_hears_of_their_own_answer(app: Flask, world: Hearing, position: Position) -> None:
    world.answer(position, THEN, author=world.member)
    work(app, THEN)
    assert world.notices(world.member) == []


@pytest.mark.parametrize("secret", ["answer", "position"])
def test_under_the_chatham_house_rule_it_waits_for_the_next_batch(
    app: Flask, world: Hearing, position: Position, secret: str
) -> None:
    if secret == "position":
        position.attribution = "chatham_house"
    mode = "chatham_house" if secret == "answer" else "named"
    world.answer(position, THEN, attribution=mode)
    with a_postbox(app) as box:
        work(app, THEN)
        assert box.take() == []
        assert world.lines(world.member, THEN) == ()
        work(app, datetime(2026, 11, 25, 6, 50, tzinfo=UTC))
        assert box.take() == []
        work(app, datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
        (letter,) = box.take()
    said = f"{letter['Subject']}\n{plain(letter)}\n{html(letter)}"
    if secret == "position":
        assert "Something waits in My contributions." in letter["Subject"]
        assert world.thread.question not in said
        assert position.public_id not in said
    else:
        assert world.thread.question in said
        assert "November" not in said
    with time_machine.travel(THEN + DAY, tick=False):
        (line,) = world.lines(world.member, THEN + DAY)
    assert line.on == "November 2026"
