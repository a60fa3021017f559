"""How many notices are new, and what is new since a visit: as true as if it were counted each time.

And a kept page asks the database no more for it than for somebody who has neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, Executable, event, update
from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import transaction
from discussion.debate.positions.models import Response
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.reach.notices.models import Notice, Visit
from discussion.reach.notices.operations.noting import New, note
from discussion.reach.notices.queries.page import find_news
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.web.site import raters_secret, site
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Statement
from tests.conftest import SECRET, sign_in
from tests.databases import KINDS, made_database
from tests.factories import make_member, make_position, make_rating, make_round, make_statement
from tests.reach.notices.world import Hearing

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)
MANY = 4


class World:
    """A member whose position was answered often, another one who was not, and who asks."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with transaction(site(app).engine) as session:
            scene = Hearing(session, thread={"attribution": "named", "stage": "open"})
            own = make_position(session, scene.thread, scene.member, attribution="named")
            made = [scene.answer(own, NOW - DAY) for _ in range(MANY)]
            news = [told(scene, one) for one in made]
            note(session, news, NOW - DAY, NOW - DAY)
            other = make_member(session, scene.series)
            session.commit()
            self.address = f"/threads/{scene.thread.slug}"
            self.answers = [one.id for one in made]
            self.thread_id, self.person_id = scene.thread.id, scene.member.id
            session.commit()
            self.reader = sign_in(app.test_client(), scene.member)
            self.other = sign_in(app.test_client(), other)
            session.commit()

    def change(self, *statements: Executable) -> None:
        with transaction(site(self.app).engine) as session:
            for one in statements:
                session.execute(one)

    def count(self) -> int:
        """What stands beside the reader's name."""
        html = self.reader.get(self.address).text
        _before, found, after = html.partition('class="news-count">')
        return int(after.partition("<")[0]) if found else 0


def told(scene: Hearing, answer: Response) -> New:
    return New(scene.member.id, "answered", "answered", f"answer:{answer.id}",
               ids={"response": answer.id}, series_id=scene.series.id)  # fmt: skip


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of tables."""
    said: list[str] = []

    def see(_connection: object, _cursor: object, one: str, *_given: object) -> None:
        if "FROM " in one:
            said.append(one)

    event.listen(engine, "before_cursor_execute", see)
    yield said
    event.remove(engine, "before_cursor_execute", see)


@pytest.fixture(params=KINDS)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The site over a database of its own, where what changes is counted."""
    with made_database(request.param, tmp_path) as url, time_machine.travel(NOW, tick=False):
        made = create_app(
            Settings(environment="test", site_name="Discussion", secret_key=SECRET,
                     data_dir=tmp_path, database_url=url, fast_passwords=True)
        )  # fmt: skip
        yield made
        site(made).engine.dispose()


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


def test_a_kept_page_asks_no_more_of_who_has_notices(app: Flask, world: World) -> None:
    engine = site(app).engine
    for one in (world.other, world.reader, world.reader):
        one.get(world.address)
    with statements(engine) as without:
        assert "news-count" not in world.other.get(world.address).text
    with statements(engine) as said:
        assert world.count() == MANY
    assert len(said) == len(without) == 2
    world.change(update(Visit).values(at=NOW - 2 * DAY))
    for one in (world.other, world.reader):
        assert "New since you were here" in one.get(world.address).text
        with statements(engine) as said:
            assert "New since you were here" in one.get(world.address).text
        assert len(said) == 2


def test_what_is_counted_follows_any_statement(world: World) -> None:
    first = Response.id == world.answers[0]
    assert world.count() == MANY
    world.change(update(Response).where(first).values(state="hidden"))
    assert world.count() == MANY - 1
    world.change(update(Thread).values(is_hidden=True))
    assert world.reader.get("/").text.count("news-count") == 0
    world.change(update(Thread).values(is_hidden=False))
    world.change(update(Response).where(first).values(state="published"))
    assert world.count() == MANY
    world.change(update(Notice).where(Notice.ids["response"].as_integer() == world.answers[1])
                 .values(seen_at=NOW))  # fmt: skip
    assert world.count() == MANY - 1
    world.change(update(Notice).values(seen_at=NOW))
    assert world.count() == 0


def test_what_is_new_since_a_visit_follows_any_statement(world: World) -> None:
    world.reader.get(world.address)
    world.change(update(Visit).values(at=NOW - 2 * DAY))
    assert f"{MANY} new responses" in world.reader.get(world.address).text
    world.change(update(Response).where(Response.id == world.answers[0]).values(state="hidden"))
    assert f"{MANY - 1} new responses" in world.reader.get(world.address).text


def test_who_was_removed_from_a_members_series_is_told_nothing(world: World) -> None:
    assert world.count() == MANY
    world.change(
        update(Series).values(visibility="members"),
        update(Membership).where(Membership.person_id == world.person_id)
        .values(removed_at=NOW, removed_how="removed"),
    )  # fmt: skip
    assert "news-count" not in world.reader.get("/").text


def test_a_round_that_closes_by_the_clock_or_was_answered_is_told_no_longer(
    app: Flask, world: World
) -> None:
    """No state counts either."""
    with transaction(site(app).engine) as session:
        thread = session.get_one(Thread, world.thread_id)
        person = session.get_one(Person, world.person_id)
        thread.stage = "weighing"
        said = make_statement(session, thread)
        round = make_round(session, thread, said, state="open", closes_at=NOW + DAY, closed_at=None)
        news = New(person.id, "round", "rounds/opened", "round:1",
                   ids={"round": round.id}, series_id=thread.series_id)  # fmt: skip
        note(session, [news], NOW - DAY, NOW - DAY)
        key = {"round": round.id, "said": said.id}
    assert world.count() == MANY + 1
    with time_machine.travel(NOW + DAY, tick=False):
        assert world.count() == MANY
    assert world.count() == MANY + 1
    with app.app_context():
        secret = raters_secret()
    with transaction(site(app).engine) as session:
        make_rating(session, session.get_one(Round, key["round"]),
                    session.get_one(Statement, key["said"]),
                    session.get_one(Person, world.person_id), 1, secret=secret)  # fmt: skip
    assert world.count() == MANY


def test_many_notices_are_read_with_as_many_statements_as_few(session: Session) -> None:
    scene = Hearing(session, thread={"attribution": "named", "stage": "open"})
    own = make_position(session, scene.thread, scene.member, attribution="named")
    cost = []
    for many in (2, 20):
        made = [scene.answer(own, NOW - DAY) for _ in range(many)]
        note(session, [told(scene, one) for one in made], NOW - DAY, NOW - DAY)
        session.commit()
        session.expunge_all()
        viewer = scene.as_(session.get_one(Person, scene.member.id), NOW)
        with statements(session.connection().engine) as said:
            assert find_news(session, viewer, NOW).many >= many
        cost.append(len(said))
    assert cost[0] == cost[1] <= 4
