"""A round whose days passed before it could open: nothing goes on without it, and it is said."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.operations import move_due_threads, remind_curators
from discussion.debate.threads.tasks import MAILS
from discussion.jobs.models import Job
from discussion.oversight.moderation.queries.sources import describe_lines, list_everything
from discussion.series.series.operations.life import move_series
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.running import move_due_rounds
from tests.conftest import sign_in
from tests.factories import NOW, make_member, viewer
from tests.weighing.rounds.planned import KEY, Planned, answer, promised

DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def scene(session: Session) -> Planned:
    return Planned(session)


def dated(session: Session, scene: Planned) -> Round:
    """A thread that is to be weighed for ten days and closed a week later; its outcome is kept."""
    thread = scene.thread
    thread.weighing_on, thread.making_sense_on = TODAY + 5 * DAY, TODAY + 15 * DAY
    thread.closed_on, thread.review_on = TODAY + 22 * DAY, TODAY + 90 * DAY
    thread.outcome = thread.outcome_html = "What had been hoped for."
    session.flush()
    return scene.plan(opens_on=TODAY + 5 * DAY, closes_on=TODAY + 14 * DAY)


def work(session: Session, first: int, last: int) -> None:
    """What the worker does on these days, in either order."""
    for hour in range(24 * first, 24 * last + 24, 12):
        at = NOW + timedelta(hours=hour)
        if hour % 24:
            move_due_threads(session, at)
        move_due_rounds(session, KEY, at)
        move_due_threads(session, at)
        remind_curators(session, at)


def moves(session: Session, thread: Thread) -> list[str]:
    rows = session.scalars(select(StageMove).where(StageMove.thread_id == thread.id))
    return [row.after for row in sorted(rows, key=lambda row: row.id)]


def letters(session: Session, template: str) -> list[Job]:
    rows = session.scalars(select(Job).where(Job.name == "mail.send")).all()
    return [row for row in rows if row.payload["template"] == template]


def test_without_an_outage_it_goes_its_way(session: Session, scene: Planned) -> None:
    round = dated(session, scene)
    work(session, 0, 30)
    assert moves(session, scene.thread) == ["weighing", "making_sense", "closed"]
    assert (round.state, letters(session, "threads/needs_days")) == ("closed", [])


def test_a_thread_waits_for_a_round_that_an_outage_missed(session: Session, scene: Planned) -> None:
    round = dated(session, scene)
    work(session, 0, 3)
    work(session, 16, 60)  # twelve days without a worker, and a month in which nobody does a thing
    assert (scene.thread.stage, round.state, moves(session, scene.thread)) == (
        "open",
        "planned",
        [],
    )
    days = [(job.created_at - NOW).days for job in letters(session, "threads/needs_days")]
    assert days == [
        16,
        17,
        21,
        35,
    ]  # at once, and 3, 7 and 21 days after its last day


def test_a_thread_that_is_weighed_already_waits_too(session: Session, scene: Planned) -> None:
    round = dated(session, scene)
    scene.thread.stage, scene.thread.weighing_on = "weighing", TODAY
    session.flush()
    work(session, 16, 40)
    assert (scene.thread.stage, round.state) == ("weighing", "planned")
    assert len(letters(session, "threads/needs_days")) == 4


def test_an_outage_within_a_round_skips_nothing(session: Session, scene: Planned) -> None:
    """It opens late while days are left, and closes before its thread goes on."""
    round = dated(session, scene)
    work(session, 8, 8)
    assert (scene.thread.stage, round.state) == ("weighing", "open")
    work(session, 30, 31)
    assert moves(session, scene.thread) == ["weighing", "making_sense", "closed"]
    assert round.state == "closed"
    assert round.counted  # by its own close, and not by its thread's


def test_a_closed_series_misses_a_round_and_is_told_when_it_goes_on(
    session: Session, scene: Planned
) -> None:
    round = dated(session, scene)
    scene.thread.series.status = "closed"
    work(session, 4, 30)
    assert letters(session, "threads/needs_days") == []
    scene.thread.series.status = "open"
    work(session, 31, 40)
    assert (scene.thread.stage, round.state) == ("open", "planned")
    days = [(job.created_at - NOW).days for job in letters(session, "threads/needs_days")]
    assert days == [31, 35]


def test_the_desk_a_letter_and_the_plan_say_so_and_offer_new_days(
    app: Flask, client: FlaskClient, session: Session, scene: Planned
) -> None:
    round = dated(session, scene)
    at = NOW + 20 * DAY
    work(session, 20, 20)
    bares = [one for one in list_everything(session, [scene.thread.series_id], at)
             if one.kind == "stages"]  # fmt: skip
    said = describe_lines(session, scene.as_moderator, bares, at)
    assert [one.title for one in said.values()] == ["Round whose dates have passed"]
    [job] = letters(session, "threads/needs_days")
    with time_machine.travel(at):
        with app.test_request_context(base_url="https://example.org"):
            letter = MAILS["threads/needs_days"](session, job.payload)
        assert letter is not None
        assert f"https://example.org/rounds/{scene.thread.slug}/plan" in letter.body
        sign_in(client, scene.moderator)
        plan = f"/rounds/{scene.thread.slug}/plan"
        page = client.get(plan).text
        assert "Its days have passed" in page
        assert "opens by itself" not in page
        for day in (21, 30):
            assert f'value="{TODAY + day * DAY}"' in page  # as long as it was to be
        scene.plan(now=at, opens_on=TODAY + 21 * DAY, closes_on=TODAY + 30 * DAY)
        assert "Its days have passed" not in client.get(plan).text
        with app.test_request_context(base_url="https://example.org"):
            assert MAILS["threads/needs_days"](session, job.payload) is None
    thread = scene.thread
    assert (thread.weighing_on, thread.making_sense_on, thread.closed_on) == (
        TODAY + 21 * DAY, TODAY + 31 * DAY, TODAY + 38 * DAY,
    )  # fmt: skip
    work(session, 21, 40)
    assert moves(session, thread) == ["weighing", "making_sense", "closed"]
    assert clock.day(round.closes_at) == TODAY + 30 * DAY


def test_a_round_that_is_open_closes_with_its_series_and_all_say_so(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    round = scene.open()
    for person in scene.join(6):
        answer(session, round, person, "E1", "4")
    convener = viewer(session, make_member(session, scene.thread.series, role="convener"))
    move_series(session, convener, scene.thread.series, "close", now=NOW + 2 * DAY)
    assert (round.state, scene.thread.stage) == ("closed", "making_sense")
    assert promised(session, "findings.compute")
    page = client.get(f"/rounds/{scene.thread.slug}/{round.number}").text
    assert "closed with its series on 25 November 2026, before its last day" in page
