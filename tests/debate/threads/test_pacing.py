"""Slow mode and closed doors: who is refused, for how long, and what everybody is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion.db import make_engine, transaction
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.publishing import publish_position, revise_position
from discussion.debate.positions.queries.page import position_page
from discussion.debate.responses.operations.responding import (
    respond,
    revise_response,
    withdraw_response,
)
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import close_to, open_lapsed_threads, slow_thread
from discussion.debate.threads.queries import thread_page
from discussion.debate.threads.tasks import PERIODIC, TASKS
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from tests.conftest import sign_in
from tests.databases import KINDS, made_database
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)
from tests.journeys.handed_in import DRAFT, RESPONSE
from tests.journeys.together import together

POSITION = replace(DRAFT, change_mind_text="", change_reason="reworded")
WHY = "We are reading what is there."
TYPED = {"type": "asks", "text": "What makes room?", "attribution": "role",
         "nobody_identified": "yes", "seen": "1"}  # fmt: skip


@pytest.fixture
def thread(session: Session) -> Thread:
    return make_thread(session, make_series(session))


@pytest.fixture
def position(session: Session, thread: Thread) -> Position:
    return make_position(session, thread)


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


def close(
    session: Session, actor: Viewer, thread: Thread, to: str, until: date | None = None
) -> None:
    close_to(session, actor, thread, to, until=until, why=WHY, now=NOW)


@pytest.mark.parametrize("minutes", [5, 30, 1_440])
def test_a_second_response_is_taken_from_the_very_minute_on_and_not_before(
    session: Session, position: Position, moderator: Viewer, minutes: int
) -> None:
    thread = position.thread
    slow_thread(session, moderator, thread, minutes, now=NOW)
    actor = viewer(session, make_member(session, thread.series))
    other = make_position(session, thread)
    elsewhere = make_position(session, make_thread(session, thread.series))
    respond(session, actor, position, RESPONSE, now=NOW)
    wait = timedelta(minutes=minutes)
    with pytest.raises(Invalid) as error:
        respond(session, actor, other, RESPONSE, now=NOW + wait - timedelta(seconds=1))
    [problem] = error.value.problems
    assert problem.field == "publish"
    assert "slow mode" in problem.sentence
    respond(session, actor, elsewhere, RESPONSE, now=NOW)
    respond(session, viewer(session, make_member(session, thread.series)), other, RESPONSE, now=NOW)
    respond(session, actor, other, RESPONSE, now=NOW + wait)


def test_mending_a_response_is_not_slowed_and_taking_it_back_is_no_way_round(
    session: Session, position: Position, moderator: Viewer
) -> None:
    slow_thread(session, moderator, position.thread, 5, now=NOW)
    actor = viewer(session, make_member(session, position.thread.series))
    first = respond(session, actor, position, RESPONSE, now=NOW)
    revise_response(session, actor, first, RESPONSE, now=NOW)
    withdraw_response(session, actor, first, now=NOW)
    with pytest.raises(Invalid):
        respond(session, actor, position, RESPONSE, now=NOW + timedelta(minutes=4))


@pytest.mark.parametrize("minutes", [1, 4, 1_441, None])
def test_slow_mode_has_five_minutes_to_a_day(
    session: Session, thread: Thread, moderator: Viewer, minutes: int | None
) -> None:
    with pytest.raises(Invalid):
        slow_thread(session, moderator, thread, minutes, now=NOW)
    slow_thread(session, moderator, thread, 5, now=NOW)
    slow_thread(session, moderator, thread, 0, now=NOW)
    with pytest.raises(Refused):
        slow_thread(session, moderator, thread, 0, now=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_responses_sent_at_once_slow_mode_takes_one(kind: str, tmp_path: Path) -> None:
    with made_database(kind, tmp_path) as url:
        engine = make_engine(url, threads=8)
        with transaction(engine) as session:
            series = make_series(session)
            thread = make_thread(session, series, slow_minutes=5)
            ids = [make_position(session, thread).id for _number in range(2)]
            person_id = make_member(session, series).id
        done = together([_responding(engine, person_id, id) for id in ids])
        assert sorted(type(one).__name__ for one in done) == ["Invalid", "str"], done
        with transaction(engine, writes=False) as session:
            assert len(session.scalars(select(Response)).all()) == 1
        engine.dispose()


def _responding(engine: Engine, person_id: int, position_id: int) -> Callable[[], str]:
    def run() -> str:
        with transaction(engine) as session:
            actor = viewer_of(session, session.get_one(Person, person_id), NOW)
            position = session.get_one(Position, position_id)
            return respond(session, actor, position, RESPONSE, now=NOW).public_id

    return run


def test_closed_to_new_voices_those_who_take_part_go_on(
    session: Session, position: Position, moderator: Viewer
) -> None:
    thread = position.thread
    responder = viewer(session, make_response(session, position).author)
    waiting = make_position(session, thread, state="draft", number=None,
                            revision={"status": "sent_back", "version": None})  # fmt: skip
    declined = make_position(session, thread, state="declined", number=None)
    close(session, moderator, thread, "new_voices")
    other = make_position(session, thread)
    author = viewer(session, position.author)
    revise_position(session, author, position, POSITION, now=NOW)
    revise_position(session, viewer(session, waiting.author), waiting, POSITION, now=NOW)
    respond(session, author, other, RESPONSE, now=NOW)
    respond(session, responder, other, RESPONSE, now=NOW)
    publish_position(session, responder, thread, POSITION, now=NOW)
    for new in (viewer(session, make_member(session, thread.series)),
                viewer(session, declined.author)):  # fmt: skip
        for act in (
            lambda new=new: respond(session, new, other, RESPONSE, now=NOW),
            lambda new=new: publish_position(session, new, thread, POSITION, now=NOW),
        ):
            with pytest.raises(Invalid) as error:
                act()
            assert WHY in error.value.problems[0].sentence


def test_closed_to_everybody_nothing_new_is_taken(
    session: Session, position: Position, moderator: Viewer
) -> None:
    close(session, moderator, position.thread, "everybody")
    with pytest.raises(Forbidden):
        revise_position(session, viewer(session, position.author), position, POSITION, now=NOW)
    close_to(session, moderator, position.thread, "", until=None, why="", now=NOW)
    revise_position(session, viewer(session, position.author), position, POSITION, now=NOW)


@pytest.mark.parametrize("to", ["new_voices", "everybody"])
def test_everybody_reads_until_when_it_is_closed_why_and_by_which_role(
    client: FlaskClient, session: Session, position: Position, moderator: Viewer, to: str
) -> None:
    thread = position.thread
    close(session, moderator, thread, to, until=NOW.date() + timedelta(days=7))
    for path in (f"/threads/{thread.slug}", f"/threads/{thread.slug}.json",
                 f"/positions/{position.public_id}"):  # fmt: skip
        body = client.get(path).text
        assert WHY in body, path
        assert "30 November 2026" in body, path
    assert "A moderator’s reason:" in client.get(f"/threads/{thread.slug}").text
    page = thread_page(session, None, thread.slug)
    shown = position_page(session, None, position.public_id)
    assert page is not None
    assert shown is not None
    assert (page.can_write, shown.can_respond) == (False, False)


def test_what_was_typed_is_kept_when_a_door_is_closed_or_a_response_comes_too_soon(
    client: FlaskClient, session: Session, position: Position, moderator: Viewer
) -> None:
    thread = position.thread
    person = make_member(session, thread.series)
    slow_thread(session, moderator, thread, 30, now=NOW)
    url = f"/positions/{position.public_id}/respond"
    with time_machine.travel(NOW, tick=False):
        sign_in(client, person)
        assert client.post(url, data=TYPED).status_code == 303
        page = client.get(f"/positions/{position.public_id}").text
        assert "You can respond again from 12:30 GMT." in page
        assert f'href="{url}"' not in page
        again = client.post(url, data=TYPED | {"text": "Kept to the letter?"})
        assert again.status_code == 422
        assert "Kept to the letter?" in again.text
        assert "You can respond again from 12:30 GMT." in again.text
        close(session, moderator, thread, "everybody")
        closed = client.post(url, data=TYPED | {"text": "Kept to the letter?"})
        assert closed.status_code == 422
        assert "Kept to the letter?" in closed.text
        assert WHY in closed.text
        wrote = client.post(f"/positions/write/{thread.slug}",
                            data={"do": "publish", "claim": "Kept to the letter."})  # fmt: skip
        assert wrote.status_code == 422
        assert "Kept to the letter." in wrote.text
        assert WHY in wrote.text


def test_whoever_closes_says_why_and_a_day_ahead(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    for to, until, why in (("new_voices", None, " "), ("everybody", NOW.date(), WHY),
                           ("nobody", None, WHY), ("everybody", None, "a" * 601)):  # fmt: skip
        with pytest.raises(Invalid):
            close_to(session, moderator, thread, to, until=until, why=why, now=NOW)
    with pytest.raises(Refused):
        close_to(session, moderator, thread, "", until=None, why="", now=NOW)


def test_a_closed_door_opens_on_its_day_by_itself(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    other = make_thread(session, thread.series)
    close(session, moderator, thread, "everybody", until=NOW.date() + timedelta(days=1))
    close(session, moderator, other, "new_voices")
    assert open_lapsed_threads(session, NOW) == 0
    TASKS["threads.open_lapsed"](session, {}, NOW + timedelta(days=1))
    assert (thread.closed_to, thread.closed_until) == ("", None)
    assert other.closed_to == "new_voices"
    assert PERIODIC["threads.open_lapsed"] < timedelta(hours=1)


@pytest.fixture
def as_moderator(client: FlaskClient, session: Session, thread: Thread) -> FlaskClient:
    return sign_in(client, make_member(session, thread.series, role="moderator"))


def test_the_page_sets_the_pace_and_keeps_what_was_typed(
    as_moderator: FlaskClient, session: Session, thread: Thread
) -> None:
    path = f"/threads/{thread.slug}/curate"
    bad = as_moderator.post(f"{path}/slow", data={"slow-minutes": "soon"})
    assert (bad.status_code, 'value="soon"' in bad.text) == (422, True)
    assert as_moderator.post(f"{path}/slow", data={"slow-minutes": "30"}).status_code == 303
    typed = {"closing-to": "new_voices", "closing-until": "soon", "closing-why": WHY}
    bad = as_moderator.post(f"{path}/voices", data=typed)
    assert (bad.status_code, WHY in bad.text) == (422, True)
    typed["closing-until"] = ""
    assert as_moderator.post(f"{path}/voices", data=typed).status_code == 303
    session.expire_all()
    assert (thread.slow_minutes, thread.closed_to) == (30, "new_voices")
