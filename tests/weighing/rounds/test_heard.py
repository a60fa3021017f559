"""Who has not been heard before a round opens, as told by what everybody reads."""

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.weighing.rounds.queries.heard import Heard, who_is_heard
from tests.conftest import json_of, sign_in
from tests.factories import make_member, make_position, viewer
from tests.weighing.rounds.planned import LEADING, TEACHING, Planned, day

LEADERS, TEACHERS = "school leaders", "teaching staff"


class Asked(Planned):
    """A thread whose positions show this or that."""

    def write(self, role: str = LEADING, step: int = 2, **changes: Any) -> None:
        more: dict[str, Any] = {
            "attribution": "role",
            "label_role": role,
            "label_step": step,
        } | changes
        make_position(self.session, self.thread, **more)

    def heard(self) -> Heard:
        return who_is_heard(self.session, self.as_moderator, self.thread)


def line(heard: Heard, name: str) -> tuple[str, str]:
    [found] = [one for kind in heard.kinds for one in kind.groups if one.name == name]
    return found.positions, found.members


def test_five_of_a_group_who_are_here_and_of_whom_no_position_shows_are_named(
    session: Session,
) -> None:
    scene = Asked(session)
    scene.join(5, TEACHING)
    scene.join(4, LEADING)
    assert TEACHERS in scene.heard().silent
    assert LEADERS not in scene.heard().silent
    assert LEADERS in scene.heard().few
    scene.join(1, LEADING)
    assert LEADERS in scene.heard().silent
    scene.write(LEADING)
    heard = scene.heard()
    assert LEADERS not in (*heard.silent, *heard.few)
    assert line(heard, LEADERS) == ("fewer than five", "five or more")
    assert line(heard, "people in policy") == ("none", "fewer than five")


def test_what_a_position_does_not_show_tells_nothing_of_its_writer(session: Session) -> None:
    scene = Asked(session)
    scene.join(6, LEADING)
    scene.write(TEACHING)
    before = scene.heard()
    assert LEADERS in before.silent
    assert not before.hides_roles
    scene.write(LEADING, attribution="chatham_house", step=0)
    scene.write(LEADING, step=3)
    scene.write(LEADING, state="hidden")
    after = scene.heard()
    assert after.silent == before.silent
    assert line(after, LEADERS) == line(before, LEADERS)
    assert (after.hides_roles, after.hides_all) == (True, False)


def test_where_no_position_shows_its_writer_no_group_is_said_to_be_silent(
    client: FlaskClient, session: Session
) -> None:
    scene = Asked(session)
    scene.join(6, LEADING)
    scene.write(LEADING, attribution="chatham_house", step=0)
    heard = scene.heard()
    assert (heard.silent, heard.hides_all) == ((), True)
    assert line(heard, LEADERS) == ("not shown", "five or more")
    page = sign_in(client, scene.moderator).get(f"/rounds/{scene.thread.slug}/plan").text
    assert "nobody can tell which groups have written" in page
    assert "Here, but silent" not in page


def test_a_phase_counts_where_the_label_names_it_and_whoever_left_is_not_named(
    session: Session,
) -> None:
    scene = Asked(session)
    phase = "people in secondary schools"
    scene.write(LEADING, step=2)
    assert line(scene.heard(), phase)[0] == "none"
    scene.write(LEADING, step=1)
    assert line(scene.heard(), phase)[0] == "fewer than five"
    other = Asked(session)
    other.write(TEACHING)
    person = make_member(session, other.series)
    make_position(
        session, other.thread, person, attribution="named", label_role=LEADING, label_step=3
    )
    assert line(other.heard(), phase)[0] == "fewer than five"
    session.get_one(Person, person.id).left_at = person.created_at
    session.flush()
    assert line(other.heard(), phase)[0] == "none"


def test_a_level_that_the_thread_asks_about_and_nobody_wrote_about_is_named(
    session: Session,
) -> None:
    scene = Asked(session, thread={"levels": ["school", "trust"]})
    scene.write()
    heard = scene.heard()
    assert heard.levels == ("Trust",)
    levels = next(kind for kind in heard.kinds if kind.label == "What it is about")
    assert [one.name for one in levels.groups] == ["Trust", "School"]


def test_the_series_own_least_group_is_the_line(session: Session) -> None:
    scene = Asked(session, min_group=8)
    scene.join(7, TEACHING)
    assert TEACHERS in scene.heard().few
    assert line(scene.heard(), TEACHERS)[1] == "fewer than eight"


def test_both_pages_say_it_before_a_round_opens_with_what_can_be_done_and_no_number(
    client: FlaskClient, session: Session
) -> None:
    scene = Asked(session)
    scene.join(7, TEACHING)
    scene.plan(opens_on=day(9))
    sign_in(client, scene.moderator)
    plan = f"/rounds/{scene.thread.slug}/plan"
    told = client.get(plan).text + client.post(f"{plan}/open").text
    sections = re.findall(r'<section class="heard".*?</section>', told, re.DOTALL)
    assert len(sections) == 2
    for section in sections:
        assert TEACHERS in section
        assert f'/threads/{scene.thread.slug}/curate#notes"' in section
        assert "#opens_on" in section
        assert "ask a convener" in section
        words = re.sub(r"<[^>]*>|16–19", " ", section)
        assert not re.search(r"\d", words), "a number of people would stand here"
    heard = json_of(client.get(f"{plan}.json"))["heard"]
    assert not re.search(r"\b\d+\b", str({key: heard[key] for key in ("silent", "few", "kinds")}))
    sign_in(client, scene.convener)
    assert f'/series/{scene.series.slug}/members#invite-h"' in client.get(plan).text


def test_it_is_asked_in_as_many_statements_for_twenty_positions_as_for_one(
    session: Session,
) -> None:
    scene = Asked(session)

    def asked() -> int:
        who, thread_id = viewer(session, scene.moderator), scene.thread.id
        thread = session.get_one(Thread, thread_id, populate_existing=True)
        _slug, seen = thread.series.slug, []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
        who_is_heard(session, who, thread)
        return len(seen)

    scene.write()
    first = asked()
    for _each in range(19):
        scene.write()
    assert asked() == first <= 3
