"""The last day of a series: conveners are asked before it, and it closes or is prolonged."""

from datetime import date, datetime, timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.audit.models import AuditEvent
from discussion.jobs.models import Job
from discussion.oversight.moderation.queries.due import find_due
from discussion.oversight.reports.models import Report
from discussion.series.series.models import Series
from discussion.series.series.operations.ending import end_due_series
from discussion.series.series.operations.life import move_series
from discussion.series.series.tasks import MAILS
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_round,
    make_series,
    make_statement,
    make_thread,
    viewer,
)

DAY = timedelta(days=1)
LAST = NOW.date() + 30 * DAY


def letters(session: Session) -> list[Job]:
    rows = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id))
    return [row for row in rows if row.payload["template"].startswith("series/end")]


def walk(session: Session, first: date, last: date) -> list[str]:
    """Every hour of these days, and which letters they promised."""
    before = len(letters(session))
    at = clock.morning(first)
    while clock.day(at) <= last:
        end_due_series(session, at)
        at += timedelta(hours=1)
    return [row.payload["template"] for row in letters(session)[before:]]


def at_noon(day: date) -> datetime:
    return clock.morning(day) + timedelta(hours=12)


def test_conveners_are_asked_once_and_it_closes_after_its_last_day(session: Session) -> None:
    series = make_series(session, ends_on=LAST)
    make_member(session, series, role="convener")
    make_member(session, series, role="moderator")
    thread = make_thread(session, series, stage="weighing")
    round = make_round(session, thread, make_statement(session, thread), state="open",
                       opened_at=NOW, closes_at=clock.evening(LAST + 20 * DAY))  # fmt: skip
    assert walk(session, LAST - 16 * DAY, LAST - 15 * DAY) == []
    assert walk(session, LAST - 14 * DAY, LAST) == ["series/ends_soon"]
    assert (series.status, round.state) == ("open", "open")
    assert walk(session, LAST + DAY, LAST + 5 * DAY) == ["series/ended"]
    assert (series.status, round.state, thread.stage) == ("closed", "closed", "making_sense")
    assert clock.day(round.closed_at) == LAST + DAY if round.closed_at else False
    verbs = session.scalars(select(AuditEvent.verb).where(AuditEvent.actor_id.is_(None))).all()
    assert "end_series" in verbs


def test_one_that_is_prolonged_goes_on_and_is_asked_about_again(session: Session) -> None:
    series = make_series(session, ends_on=LAST)
    make_member(session, series, role="convener")
    walk(session, LAST - 14 * DAY, LAST - 3 * DAY)
    series.ends_on = LAST + 60 * DAY
    assert walk(session, LAST - 2 * DAY, LAST + 45 * DAY) == []
    assert walk(session, LAST + 46 * DAY, LAST + 46 * DAY) == ["series/ends_soon"]
    assert series.status == "open"


def test_nothing_closes_unasked_after_an_outage_or_when_it_is_opened_again(
    session: Session,
) -> None:
    series = make_series(session, ends_on=LAST)
    make_member(session, series, role="moderator")
    convener = viewer(session, make_member(session, series, role="convener"))
    assert walk(session, LAST + 9 * DAY, LAST + 15 * DAY) == ["series/ends_soon"]
    assert series.status == "open"
    assert walk(session, LAST + 16 * DAY, LAST + 16 * DAY) == ["series/ended"]
    move_series(session, convener, series, "reopen", now=at_noon(LAST + 20 * DAY))
    assert walk(session, LAST + 21 * DAY, LAST + 27 * DAY) == ["series/ends_soon"]
    assert series.status == "open"
    assert walk(session, LAST + 28 * DAY, LAST + 28 * DAY) == ["series/ended"]


def test_settings_and_letters_say_what_happens_and_when(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    series = make_series(session, ends_on=LAST)
    convener = make_member(session, series, role="convener")
    settings = f"/series/{series.slug}/settings"
    with time_machine.travel(NOW):
        sign_in(client, convener)
        page = client.get(settings).text
        assert "Its last day is 23 December 2026. It closes by itself on 24 December 2026" in page
    with time_machine.travel(at_noon(LAST - 14 * DAY)):
        end_due_series(session, clock.now())
        [asked] = letters(session)
        letter = written(app, session, asked)
        assert (
            "is 23 December 2026. If you do nothing, it closes by itself on 24 December" in letter
        )
        assert f"https://example.org{settings}" in letter
    with time_machine.travel(at_noon(LAST + 3 * DAY)):
        sign_in(client, convener)
        assert "Its last day was 23 December 2026." in client.get(settings).text
        end_due_series(session, clock.now())
        assert written(app, session, asked) == ""  # too late to ask
        assert "has ended" in written(app, session, letters(session)[-1])
        assert "closes by itself" not in client.get(settings).text


def written(app: Flask, session: Session, job: Job) -> str:
    with app.test_request_context(base_url="https://example.org"):
        letter = MAILS[job.payload["template"]](session, job.payload)
    return letter.body if letter else ""


def test_one_without_a_last_day_never_ends(session: Session) -> None:
    series = make_series(session)
    make_member(session, series, role="convener")
    assert walk(session, LAST, LAST + 2 * DAY) == []
    assert session.get_one(Series, series.id).status == "open"


def test_only_what_is_owed_an_answer_is_told_of_in_a_series_that_is_over(session: Session) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    make_thread(session, series, stage="proposed")
    late = NOW + 60 * DAY
    assert find_due(session, moderator, late) is not None
    series.status = "closed"
    session.flush()
    assert find_due(session, moderator, late) is None
    position = make_position(session, make_thread(session, series))
    session.add(Report(series_id=series.id, subject_kind="position", subject_id=position.public_id,
                       reason="off_topic", text="Look.", received_at=NOW))  # fmt: skip
    session.flush()
    due = find_due(session, moderator, late)
    assert due is not None
    assert due.kinds == ("1 report",)
