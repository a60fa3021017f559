"""Opening and closing: by hand, by their days and with the stages, and what follows from each."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.debate.threads.operations import (
    close_thread,
    merge_threads,
    move_due_threads,
    move_stage,
    reopen_thread,
)
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.weighing.findings.operations import COMPUTE
from discussion.weighing.rounds import tasks as tasks_rounds
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.holding import COUNT, TELL
from discussion.weighing.rounds.operations.notifications import (
    CLOSES_SOON,
    OPENED,
    remind_of_rounds,
    tell_members,
)
from discussion.weighing.rounds.operations.running import (
    close_round,
    count_round,
    move_due_rounds,
    open_round,
)
from discussion.weighing.statements.models import Confirmation
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_statement,
    make_thread,
    viewer,
)
from tests.weighing.rounds.planned import (
    CODES,
    KEY,
    Planned,
    answer,
    day,
    days,
    promised,
    ratings,
)

WHY = "Two statements turned out to be unclear."


def test_a_round_opens_on_its_day_and_lets_its_thread_be_weighed(session: Session) -> None:
    scene = Planned(session)
    round = scene.plan(opens_on=day(3))
    assert move_due_rounds(session, KEY, NOW + days(2)) == 0
    assert (round.state, scene.thread.stage) == ("planned", "open")
    then = NOW + days(3)
    assert move_due_rounds(session, KEY, then) == 1
    assert (round.state, round.opened_at, scene.thread.stage) == ("open", then, "weighing")
    assert scene.thread.weighing_on == then.date()
    assert promised(session, TELL) == [{"round": round.id}]
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.verb, event.actor_id, event.subject_id) == ("open_round", None, round.public_id)
    assert move_due_rounds(session, KEY, then) == 0


@pytest.mark.parametrize("hindered", ["hidden", "closed_series", "earlier_cycle", "sense"])
def test_a_round_does_not_open_where_its_thread_is_not_to_be_weighed(
    session: Session, hindered: str
) -> None:
    scene = Planned(session)
    round = scene.plan()
    if hindered == "hidden":
        scene.thread.is_hidden = True
    elif hindered == "closed_series":
        scene.thread.series.status = "closed"
    elif hindered == "earlier_cycle":
        scene.thread.cycle = 2
    else:
        scene.thread.stage = "making_sense"
    session.flush()
    assert move_due_rounds(session, KEY, NOW) == 0
    assert round.state == "planned"


def test_a_thread_that_moves_to_weighing_opens_the_round_that_is_ready(session: Session) -> None:
    """By its date as by hand; and one whose time has not come waits for its day."""
    scene = Planned(session)
    scene.thread.weighing_on = day(2)
    round = scene.plan(opens_on=day(2))
    assert move_due_threads(session, NOW + days(2)) == 1
    assert (round.state, scene.thread.stage) == ("open", "weighing")

    other = Planned(session)
    waiting = other.plan(opens_on=day(5))
    move_stage(session, other.as_moderator, other.thread, "weighing", now=NOW)
    assert waiting.state == "planned"
    assert move_due_rounds(session, KEY, NOW + days(5)) == 1
    assert waiting.state == "open"


def test_a_moderator_opens_it_before_its_day_and_it_stands_in_the_history(
    client: FlaskClient, session: Session
) -> None:
    scene = Planned(session)
    scene.plan(opens_on=day(9))
    sign_in(client, scene.moderator)
    asked = client.post(f"/rounds/{scene.thread.slug}/plan/open")
    assert (asked.status_code, "Open round 1 now?" in asked.text) == (200, True)
    assert scene.thread.stage == "open", "nothing is opened before it was asked once more"
    sent = client.post(f"/rounds/{scene.thread.slug}/plan/open", data={"sure": "1"})
    assert sent.location == f"/rounds/{scene.thread.slug}/1"
    assert scene.thread.stage == "weighing"
    lines = json_of(client.get(f"/threads/{scene.thread.slug}/history.json"))["lines"]
    assert {"Round planned", "Round opened"} <= {line["what"] for line in lines}
    actions = set(session.scalars(select(Decision.action)))
    assert {"plan_round", "open_round"} <= actions


def test_who_opens_it_reads_which_authors_have_not_been_heard(
    client: FlaskClient, session: Session
) -> None:
    """By the numbers of their positions; two of one author are not told from two of two."""
    scene = Planned(session)
    author, other = (make_member(session, scene.thread.series) for _each in range(2))
    positions = [
        make_position(session, scene.thread, author),
        make_position(session, scene.thread, other),
        make_position(session, scene.thread, author, state="withdrawn"),
    ]
    statement = make_statement(session, scene.thread, *positions, text="Buses matter to all.",
                               made_by=scene.moderator)  # fmt: skip
    for person, said in ((author, "unanswered"), (other, "fair")):
        mine = next(one for one in positions if one.author_id == person.id)
        statement.versions[0].confirmations.append(
            Confirmation(person_id=person.id, position_id=mine.id, answer=said)
        )
    session.flush()
    scene.plan(opens_on=day(9), statements=(statement.public_id,))
    sign_in(client, scene.moderator)
    asked = client.post(f"/rounds/{scene.thread.slug}/plan/open").text
    assert "The authors of 2 positions have not been heard" in asked
    assert "Buses matter to all." in asked
    named = re.findall(r"the author of position (\d+)", asked)
    assert named == [str(one.number) for one in positions if one.author_id == author.id]
    assert author.display_name not in asked.partition("<main")[2]


def test_only_those_who_curate_open_and_close(session: Session) -> None:
    scene = Planned(session)
    round = scene.plan()
    member = viewer(session, make_member(session, scene.thread.series))
    with pytest.raises(Forbidden):
        open_round(session, member, round, now=NOW)
    open_round(session, scene.as_moderator, round, now=NOW)
    with pytest.raises(Forbidden):
        close_round(session, member, round, why=WHY, secret=KEY, now=NOW)


def test_it_closes_after_its_last_day_and_sense_is_made_of_it(session: Session) -> None:
    scene = Planned(session)
    round = scene.open()
    assert move_due_rounds(session, KEY, round.closes_at - timedelta(minutes=1)) == 0
    over = round.closes_at + timedelta(minutes=1)
    assert move_due_rounds(session, KEY, over) == 1
    assert (round.state, round.closed_at, scene.thread.stage) == ("closed", over, "making_sense")
    about = {"thread": scene.thread.id, "because": "round_closed"}
    assert promised(session, COMPUTE) == [about]
    assert round.counted == {"raters": 0, "again": False}


def test_closing_early_needs_a_reason_that_everybody_reads(
    client: FlaskClient, session: Session
) -> None:
    scene = Planned(session)
    round = scene.open()
    with pytest.raises(Invalid):
        close_round(session, scene.as_moderator, round, why="  ", secret=KEY, now=NOW)
    url = f"/rounds/{scene.thread.slug}/1"
    assert "only with a reason" in client.get(url).text
    sign_in(client, scene.moderator)
    assert client.post(f"{url}/close", data={"why": ""}).status_code == 422
    assert client.post(f"{url}/close", data={"why": WHY}).status_code == 303
    assert WHY in app_visitor(client).get(url).text
    assert WHY in app_visitor(client).get(f"/threads/{scene.thread.slug}/history").text
    assert client.post(f"{url}/close", data={"why": WHY}).status_code == 303  # told, not done
    assert len(promised(session, COMPUTE)) == 1


def app_visitor(client: FlaskClient) -> FlaskClient:
    return client.application.test_client()


def test_a_thread_that_is_moved_on_closes_its_round_and_says_why(session: Session) -> None:
    scene = Planned(session)
    round = scene.open()
    with pytest.raises(Invalid):
        move_stage(session, scene.as_moderator, scene.thread, "making_sense", now=NOW)
    move_stage(session, scene.as_moderator, scene.thread, "making_sense", why=WHY, now=NOW)
    assert round.state == "closed"
    assert promised(session, COUNT) == [{"round": round.id}]
    assert len(promised(session, COMPUTE)) == 1
    count_round(session, round, KEY)
    assert round.counted == {"raters": 0}


@pytest.mark.parametrize("way", ["close", "reopen"])
def test_however_a_thread_leaves_weighing_its_round_closes(session: Session, way: str) -> None:
    scene = Planned(session)
    round = scene.open()
    if way == "close":
        close_thread(session, scene.as_moderator, scene.thread, outcome="So.", review_on=day(90),
                     now=NOW)  # fmt: skip
    else:
        reopen_thread(session, scene.as_moderator, scene.thread, why=WHY, now=NOW)
    assert round.state == "closed"


def test_a_dated_move_waits_until_the_round_has_closed(session: Session) -> None:
    scene = Planned(session)
    round = scene.open()
    scene.thread.making_sense_on = day(1)
    session.flush()
    assert move_due_threads(session, NOW + days(1)) == 0
    assert (round.state, scene.thread.stage) == ("open", "weighing")
    later = round.closes_at + timedelta(minutes=1)
    assert move_due_rounds(session, KEY, later) == 1
    assert scene.thread.stage == "making_sense"


def test_with_two_rounds_fixed_the_thread_stays_in_weighing_after_the_first(
    session: Session,
) -> None:
    scene = Planned(session)
    first = scene.open(rounds=2)
    assert close_round(session, scene.as_moderator, first, why=WHY, secret=KEY, now=NOW)
    assert scene.thread.stage == "weighing"
    second = scene.open(rounds=2)
    assert (second.number, second.cycle) == (2, 1)
    assert not close_round(session, scene.as_moderator, second, why=WHY, secret=KEY, now=NOW)
    assert scene.thread.stage == "making_sense"


def test_with_stability_it_goes_on_until_four_in_five_have_settled(session: Session) -> None:
    scene = Planned(session)
    people = scene.join(5)

    def held(*values: str) -> bool:
        round = scene.open(stop="stable")
        for code, value in zip(CODES, values, strict=True):
            for person in people:
                answer(session, round, person, code, value)
        return close_round(session, scene.as_moderator, round, why=WHY, secret=KEY, now=NOW)

    assert held("5", "4", "3", "2", "1")  # nothing to compare with
    assert held("1", "2", "3", "4", "5")  # one in five has settled
    assert not held("1", "2", "3", "4", "2")  # four in five have
    assert scene.thread.stage == "making_sense"


def test_who_joins_between_two_rounds_does_not_turn_whether_another_follows(
    session: Session,
) -> None:
    """That is seen by everybody, and would tell how the newcomer answered."""
    for value in ("1", "5"):
        scene = Planned(session)
        people = scene.join(5)
        for is_first in (True, False):
            round = scene.open(stop="stable", rounds=3)
            raters = people if is_first else people + scene.join(4)
            for code in CODES:
                for number, person in enumerate(raters):
                    said = str(2 + number % 3) if number < 5 else value
                    answer(session, round, person, code, said)
            asks_again = close_round(
                session, scene.as_moderator, round, why=WHY, secret=KEY, now=NOW
            )
            assert asks_again is is_first


def test_reopening_begins_a_new_cycle_and_freezes_the_old_round(session: Session) -> None:
    scene = Planned(session)
    round = scene.open()
    (person,) = scene.join(1)
    answer(session, round, person, "E1", "4")
    move_stage(session, scene.as_moderator, scene.thread, "making_sense", why=WHY, now=NOW)
    reopen_thread(session, scene.as_moderator, scene.thread, why=WHY, now=NOW)
    again = scene.open(points=7)  # a new cycle is not bound by the old one's scale
    assert (again.cycle, again.number) == (2, 2)
    assert [row.value for row in ratings(session, round)] == ["4"]
    assert ratings(session, again) == []


def test_a_plan_of_an_earlier_cycle_waits_until_it_is_saved_again(session: Session) -> None:
    scene = Planned(session)
    scene.thread.stage = "weighing"
    round = scene.plan()
    reopen_thread(session, scene.as_moderator, scene.thread, why=WHY, now=NOW)
    with pytest.raises(Refused):
        open_round(session, scene.as_moderator, round, now=NOW)
    assert scene.plan() is round
    open_round(session, scene.as_moderator, round, now=NOW)
    assert round.state == "open"


def test_a_thread_with_a_round_is_not_merged(session: Session) -> None:
    scene = Planned(session)
    scene.plan()
    other = make_thread(session, scene.thread.series)
    with pytest.raises(Refused):
        merge_threads(session, scene.as_moderator, scene.thread, other, why=WHY, now=NOW)


def test_what_it_shows_before_the_close_is_only_how_many(
    client: FlaskClient, session: Session
) -> None:
    scene = Planned(session)
    round = scene.open()
    people = scene.join(6)
    url = f"/rounds/{scene.thread.slug}/1"
    for person in people[:4]:
        answer(session, round, person, "E1", "5", reason="Because of Ada")
    assert "Fewer than five people have answered." in client.get(url).text
    four = client.get(url).text
    answer(session, round, people[0], "E1", "1")
    answer(session, round, people[0], "M1", "2")
    assert client.get(url).text == four
    answer(session, round, people[4], "E1", "1")
    assert "5 people have answered." in client.get(url).text
    guest = make_member(session, scene.thread.series, admitted_at=None)
    answer(session, round, guest, "E1", "1")
    assert "5 people have answered." in client.get(url).text
    assert "Ada" not in client.get(url).text


def test_members_get_one_letter_as_it_opens_and_those_not_done_one_reminder(
    app: Flask, session: Session
) -> None:
    scene = Planned(session)
    done, halfway, not_begun, quiet = scene.join(4)
    outsider = make_member(session, scene.thread.series, admitted_at=None)
    for row in scene.thread.series.memberships:
        row.wants_warnings = row.person_id != quiet.id
    session.flush()
    round = scene.open()
    assert tell_members(session, round, OPENED, NOW) == 4  # the moderator too
    assert tell_members(session, round, OPENED, NOW) == 0
    for code in CODES:
        answer(session, round, done, code, "3")
    answer(session, round, halfway, "E1", "3")
    morning = (round.closes_at - days(2)).replace(hour=8)
    assert remind_of_rounds(session, morning - days(1)) == 0
    assert remind_of_rounds(session, morning.replace(hour=5) + days(1)) == 0  # nobody is woken
    assert remind_of_rounds(session, morning + days(1)) == 1
    assert remind_of_rounds(session, morning + days(1)) == 0
    tell_members(session, round, CLOSES_SOON, morning + days(1))
    with app.test_request_context():
        reached = {
            payload["template"]: letters_to(session, payload["template"])
            for payload in promised(session, "mail.send")
        }
    assert outsider.email not in reached[OPENED] | reached[CLOSES_SOON]
    assert reached[OPENED] == {scene.moderator.email, done.email, halfway.email, not_begun.email}
    assert reached[CLOSES_SOON] == {scene.moderator.email, halfway.email, not_begun.email}


def letters_to(session: Session, template: str) -> set[str]:
    jobs = session.scalars(select(Job).where(Job.name == "mail.send")).all()
    written = [
        tasks_rounds.MAILS[template](session, job.payload)
        for job in jobs
        if job.payload["template"] == template
    ]
    return {letter.to for letter in written if letter is not None}


def test_the_outbox_does_not_tell_who_has_answered(session: Session) -> None:
    """The reminder is promised to everybody alike; whether it is written is decided later."""
    scene = Planned(session)
    (done, other) = scene.join(2)
    round = scene.open()
    for code in CODES:
        answer(session, round, done, code, "3")
    tell_members(session, round, CLOSES_SOON, NOW)
    told = [row["person_id"] for row in promised(session, "mail.send")]
    assert {done.id, other.id} <= set(told)


def test_the_thread_leads_to_rating_while_it_is_weighed(
    client: FlaskClient, session: Session
) -> None:
    scene = Planned(session)
    url = f"/threads/{scene.thread.slug}"
    scene.open()
    words = "Rate 5 statements · closes 7 December 2026"
    assert words in client.get(url).text  # a visitor signs in on the way
    led = client.get(f"/rounds/{scene.thread.slug}/1/rate")
    assert led.status_code == 303
    assert led.location.startswith("/accounts/sign-in?next=")
    stranger = make_member(session, Planned(session).thread.series)
    sign_in(client, stranger)
    assert "5 statements are being rated" in client.get(url).text
    (member,) = scene.join(1)
    sign_in(client, member)
    assert words in client.get(url).text


@pytest.mark.parametrize(
    "rest", ["", ".json", "/rate", "/mine", "/comments.csv", "/summary.csv", "/comment-groups.csv"]
)
def test_no_round_has_a_number_that_no_database_holds(
    client: FlaskClient, session: Session, rest: str
) -> None:
    scene = Planned(session)
    scene.open()
    for number in (2**31, 10**30):
        assert client.get(f"/rounds/{scene.thread.slug}/{number}{rest}").status_code == 404


def test_a_round_that_was_closed_is_read_in_full(client: FlaskClient, session: Session) -> None:
    scene = Planned(session)
    round = scene.open()
    close_round(session, scene.as_moderator, round, why=WHY, secret=KEY, now=NOW)
    assert isinstance(round, Round)
    page = json_of(client.get(f"/rounds/{scene.thread.slug}/1.json"))
    assert [one["code"] for one in page["statements"]] == CODES
    assert page["closed_why"] == WHY
    assert "What was rated" in client.get(f"/threads/{scene.thread.slug}").text
