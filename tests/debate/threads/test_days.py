"""What comes with a day: warnings to who took no part, reminders, and lines on the desk."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Part
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import (
    let_move,
    look_again,
    move_due_threads,
    remind_curators,
    reopen_thread,
    warn_of_moves,
)
from discussion.debate.threads.tasks import MAILS
from discussion.jobs.models import Job
from discussion.oversight.moderation.queries.queue import list_queue, tally_waiting
from discussion.oversight.moderation.queries.sources import describe_lines
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.problems import Invalid, Refused
from discussion.series.members.models import Membership
from discussion.weighing.rounds.models import Round
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def thread(session: Session) -> Thread:
    """A thread that moves in three days, beside one that does not move soon."""
    series = make_series(session)
    make_thread(session, series, weighing_on=TODAY + 4 * DAY)
    return make_thread(session, series, weighing_on=TODAY + 3 * DAY)


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(
        session, make_member(session, thread.series, role="moderator", wants_warnings=False)
    )


def warned(session: Session) -> list[Job]:
    jobs = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id))
    return [job for job in jobs if job.payload["template"] == "threads/moves_soon"]


def people(session: Session) -> list[int]:
    return [job.payload["person_id"] for job in warned(session)]


def test_only_admitted_members_who_want_it_and_took_no_part_are_told(
    session: Session, thread: Thread
) -> None:
    position = make_position(session, thread)
    responder = make_response(session, position).author
    parted = make_member(session, thread.series)
    session.add(
        Part(position_id=position.id, person_id=parted.id, stance="2", over=[], answered_at=NOW)
    )
    make_member(session, thread.series, admitted_at=None)
    make_member(session, thread.series, removed_at=NOW)
    make_member(session, thread.series, wants_warnings=False)
    make_member(session, thread.series, make_person(session, left_at=NOW))
    make_member(session, make_series(session))
    declined = make_position(session, thread, state="declined", number=None).author
    told = make_member(session, thread.series)
    session.flush()
    assert warn_of_moves(session, NOW) == 2
    assert people(session) == sorted([declined.id, told.id])
    assert responder.id not in people(session)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_hidden": True}, {"closed_to": "new_voices"}, {"closed_to": "everybody"},
        {"stage": "proposed"}, {"stage": "closed"}, {"weighing_on": None}, {"weighing_on": TODAY},
    ],
)  # fmt: skip
def test_nobody_is_told_of_a_thread_in_which_they_could_not_take_part(
    session: Session, thread: Thread, changes: dict[str, Any]
) -> None:
    make_member(session, thread.series)
    for name, value in changes.items():
        setattr(thread, name, value)
    session.flush()
    assert warn_of_moves(session, NOW) == 0


def test_one_letter_a_day_gathers_everything_and_each_move_is_told_once(
    session: Session, thread: Thread
) -> None:
    person = make_member(session, thread.series)
    make_thread(session, thread.series, stage="making_sense", closed_on=TODAY + DAY)
    assert warn_of_moves(session, NOW.replace(hour=6)) == 0  # not at night
    assert warn_of_moves(session, NOW) == 1
    [job] = warned(session)
    assert len(job.payload["ids"]["moves"]) == 2
    late = make_thread(session, thread.series, stage="weighing", making_sense_on=TODAY + 2 * DAY)
    assert warn_of_moves(session, NOW + timedelta(hours=3)) == 0  # they had today's letter
    assert warn_of_moves(session, NOW + DAY) == 1
    moves = warned(session)[-1].payload["ids"]["moves"]
    assert late.id in [move[0] for move in moves]
    assert thread.id not in [move[0] for move in moves]
    assert people(session) == [person.id, person.id]


@pytest.mark.parametrize(("later", "is_told"), [(-1, False), (0, False), (3, False), (4, True)])
def test_another_day_is_told_again_only_if_it_is_more_than_three_days_later(
    session: Session, thread: Thread, later: int, is_told: bool
) -> None:
    make_member(session, thread.series)
    warn_of_moves(session, NOW)
    assert thread.weighing_on is not None
    thread.weighing_on += later * DAY
    session.flush()
    again = datetime.combine(thread.weighing_on - 2 * DAY, NOW.time(), NOW.tzinfo)
    count = warn_of_moves(session, max(again, NOW + DAY))
    ids = [move[0] for job in warned(session)[1:] for move in job.payload["ids"]["moves"]]
    assert (thread.id in ids) == is_told
    assert count == len(warned(session)) - 1


def test_the_letter_leads_to_the_thread_and_out_of_the_letters(
    app: Flask, client: FlaskClient, session: Session, thread: Thread
) -> None:
    person = make_member(session, thread.series)
    other = make_member(session, make_series(session), person)
    warn_of_moves(session, NOW)
    [job] = warned(session)
    with time_machine.travel(NOW), app.test_request_context(base_url="https://example.org"):
        letter = MAILS["threads/moves_soon"](session, job.payload)
    late = NOW + 9 * DAY
    with time_machine.travel(late), app.test_request_context(base_url="https://example.org"):
        assert MAILS["threads/moves_soon"](session, job.payload) is None  # nothing moves soon now
    assert letter is not None
    assert letter.to == person.email
    for words in (thread.question, "26 November 2026", f"https://example.org/threads/{thread.slug}",
                  letter.unsubscribe, f"/series/{thread.series.slug}/membership"):  # fmt: skip
        assert words in letter.body
    assert "\n\n\n" not in letter.body
    url = letter.unsubscribe.removeprefix("https://example.org")
    assert client.get(url).status_code == 200
    assert wants(session, person) == [True, True]  # a link that is only followed changes nothing
    ended = client.post(url, data={"List-Unsubscribe": "One-Click"})
    assert (ended.status_code, "You get no more of these e-mails" in ended.text) == (200, True)
    assert wants(session, other) == [False, False]
    assert client.post(url[:-1]).status_code == 404
    assert warn_of_moves(session, NOW + DAY) == 0


def wants(session: Session, person: Person) -> list[bool]:
    session.expire_all()
    return list(
        session.scalars(select(Membership.wants_warnings).where(Membership.person_id == person.id))
    )


@pytest.mark.parametrize("what", ["took part", "the day changed", "it is hidden", "they left"])
def test_the_letter_is_not_sent_when_it_is_no_longer_true(
    app: Flask, session: Session, thread: Thread, what: str
) -> None:
    person = make_member(session, thread.series)
    warn_of_moves(session, NOW)
    [job] = warned(session)
    if what == "took part":
        make_position(session, thread, person)
    elif what == "the day changed":
        thread.weighing_on = TODAY + 9 * DAY
    elif what == "it is hidden":
        thread.is_hidden = True
    else:
        person.left_at = NOW
    session.flush()
    with app.test_request_context(base_url="https://example.org"):
        assert MAILS["threads/moves_soon"](session, job.payload) is None


def test_the_membership_page_turns_the_letters_off_and_on(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    person = make_member(session, thread.series)
    sign_in(client, person)
    path = f"/series/{thread.series.slug}/membership"
    assert 'name="wants_warnings" value="yes" checked' in client.get(path).text
    assert client.post(f"{path}/letters").status_code == 303
    assert wants(session, person) == [False]
    assert 'name="wants_warnings" value="yes">' in client.get(path).text
    assert client.post(f"{path}/letters", data={"wants_warnings": "yes"}).status_code == 303
    assert wants(session, person) == [True]


# --- the desk


def desk(session: Session, actor: Viewer, now: datetime = NOW) -> dict[tuple[str, str], str]:
    """What waits because of a day: (kind, id) → note; the count on every page agrees."""
    lines = [line.bare for line in list_queue(session, actor, now).lines]
    assert tally_waiting(session, actor, now)[0] == len(lines)
    said = describe_lines(session, actor, lines, now)
    return {key: words.note for key, words in said.items() if key[0] in ("stages", "reviews")}


def test_a_stage_about_to_move_waits_and_says_what_is_missing(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    make_thread(session, make_series(session), weighing_on=TODAY)
    make_thread(session, thread.series, stage="proposed", open_on=TODAY + DAY)
    closing = make_thread(session, thread.series, stage="making_sense", closed_on=TODAY - DAY)
    notes = desk(session, moderator)
    late = ("stages", closing.public_id)
    mine = ("stages", thread.public_id)
    assert {key for key in notes if key[0] == "stages"} == {mine, late}
    assert notes[mine] == "To “weighing” on 26 November 2026. No round is ready, so it will wait."
    assert notes[late] == (
        "It was to move to “closed” on 22 November 2026. It waits: there is no outcome yet."
    )
    make_round(session, thread)
    closing.outcome, closing.review_on = "So.", TODAY + 90 * DAY
    session.flush()
    notes = desk(session, moderator)
    assert notes[mine].endswith("Its round is ready.")
    assert notes[late].endswith("It moves as soon as this is done.")
    assert mine not in desk(session, moderator, NOW - DAY)


def test_a_move_that_was_let_waits_no_longer_and_happens(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer
) -> None:
    with pytest.raises(Refused):
        let_move(session, moderator, thread, now=NOW)  # nothing is ready
    make_round(session, thread)
    sign_in(client, make_member(session, thread.series, role="moderator"))
    path = f"/threads/{thread.slug}/curate"
    assert "Let it move on its day" in client.get(path).text
    let_move(session, moderator, thread, now=NOW)
    for days in range(3):
        assert ("stages", thread.public_id) not in desk(session, moderator, NOW + days * DAY)
    thread.weighing_on = TODAY + 9 * DAY  # another day is asked about again
    session.flush()
    assert ("stages", thread.public_id) in desk(session, moderator, NOW + 7 * DAY)
    thread.weighing_on = TODAY
    session.flush()
    assert move_due_threads(session, NOW) == 1
    assert thread.stage == "weighing"


def make_round(session: Session, thread: Thread) -> None:
    session.add(Round(thread_id=thread.id, cycle=thread.cycle, number=1, seed=1, made_at=NOW,
                      opens_at=NOW, closes_at=NOW + 30 * DAY,
                      made_by_id=make_person(session).id))  # fmt: skip
    session.flush()


@pytest.fixture
def closed(session: Session, thread: Thread) -> Thread:
    return make_thread(session, thread.series, stage="closed", closed_on=TODAY - 90 * DAY,
                       outcome="So.", outcome_html="<p>So.</p>", review_on=TODAY)  # fmt: skip


def test_an_outcome_comes_back_on_its_day_until_somebody_has_looked(
    app: Flask, session: Session, closed: Thread, moderator: Viewer
) -> None:
    other = make_thread(
        session, closed.series, stage="closed", outcome="No.", review_on=TODAY + DAY
    )
    line = ("reviews", closed.public_id)
    assert [key for key in desk(session, moderator) if key[0] == "reviews"] == [line]
    remind_curators(session, NOW)
    remind_curators(session, NOW)
    jobs = session.scalars(select(Job).where(Job.name == "mail.send")).all()
    [job] = [job for job in jobs if job.payload["template"] == "threads/review_due"]
    assert job.payload["person_id"] == moderator.person_id
    with app.test_request_context(base_url="https://example.org"):
        letter = MAILS["threads/review_due"](session, job.payload)
    assert letter is not None
    for words in (closed.question, f"/threads/{closed.slug}/curate#review", "23 November 2026"):
        assert words in letter.body
    for bad in (None, TODAY):
        with pytest.raises(Invalid):
            look_again(session, moderator, closed, review_on=bad, why="", now=NOW)
    look_again(session, moderator, closed, review_on=TODAY + 90 * DAY, why="Holds.", now=NOW)
    assert line not in desk(session, moderator)
    assert closed.outcome == "So."
    reopen_thread(session, moderator, other, why="New evidence.", now=NOW)
    assert not [key for key in desk(session, moderator, NOW + DAY) if key[0] == "reviews"]
    with pytest.raises(Refused):
        look_again(session, moderator, other, review_on=TODAY + DAY, why="", now=NOW)


def test_looking_again_works_on_the_page(
    client: FlaskClient, session: Session, closed: Thread
) -> None:
    sign_in(client, make_member(session, closed.series, role="moderator"))
    path = f"/threads/{closed.slug}/curate"
    assert "Reviewed: keep" in client.get(path).text
    bad = client.post(f"{path}/look-again", data={"look-review_on": "soon", "look-why": "Kept."})
    assert (bad.status_code, "Kept." in bad.text) == (422, True)
    day = date(2030, 1, 29)
    sent = client.post(f"{path}/look-again", data={"look-review_on": str(day), "look-why": ""})
    assert sent.status_code == 303
    session.expire_all()
    assert closed.review_on == day
