"""Reminding moderators: of what is past its time and theirs to decide, once a day, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.decisions.operations.claiming import take
from discussion.jobs.models import Job
from discussion.mail.letters import MailText
from discussion.oversight.moderation.operations.reminding import remind_moderators, remind_urgent
from discussion.oversight.moderation.tasks import MAILS, PERIODIC, TASKS
from discussion.oversight.reports.models import Report
from discussion.series.series.models import Series
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)

HOUR = timedelta(hours=1)
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}


@pytest.fixture
def series(session: Session) -> Series:
    """A series in which one position and one proposed thread wait since NOW, for 48 hours."""
    series = make_series(session)
    waiting = {"status": "pending", "version": None, "live_at": None, "submitted_at": NOW}
    make_position(session, make_thread(session, series), revision=waiting, **UNPUBLISHED)
    make_thread(session, series, stage="proposed", created_at=NOW + HOUR)
    return series


@contextmanager
def at(app: Flask, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: now)
    with app.test_request_context(base_url="https://example.org"):
        yield


def jobs(session: Session) -> list[tuple[str, int]]:
    rows = session.scalars(select(Job).order_by(Job.id))
    return [(row.payload["template"], row.payload["person_id"]) for row in rows]


def letter(session: Session, job: Job) -> MailText | None:
    written: MailText | None = MAILS[job.payload["template"]](session, job.payload)
    return written


def test_a_moderator_hears_of_what_is_past_its_time_in_one_letter_and_less_and_less_often(
    session: Session, series: Series, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_member(session, series)
    make_member(session, make_series(session), role="moderator")
    make_member(session, series, make_person(session, left_at=NOW), role="moderator")
    moderator = make_member(session, series, role="moderator")
    due = NOW + 48 * HOUR
    promised = []
    for hours in (-1, 0, 1, 17, 18, 41, 42):  # noon is due; a day of letters begins at six
        promised.append(remind_moderators(session, due + hours * HOUR))
    assert promised == [0, 1, 0, 0, 1, 0, 0]  # of the thread the next day, and nothing again
    days = [day for day in range(2, 100) if remind_moderators(session, due + day * 24 * HOUR)]
    assert days == [3, 7, 21]  # and then it stands on the desk only
    assert jobs(session) == [("moderation/due", moderator.id)] * 5
    job = session.scalars(select(Job)).first()
    assert job is not None
    with at(app, monkeypatch, due):
        first = letter(session, job)
    with at(app, monkeypatch, due + 2 * HOUR):
        second = letter(session, job)
    assert first is not None
    assert second is not None
    assert (first.to, first.subject) == (moderator.email, "One item on your desk is past its time")
    assert second.subject == "2 items on your desk are past their time"
    for said in ("1 position\n", "1 proposed thread", "waited 50 hours", "example.org/moderation"):
        assert said in second.body
    assert "\n\n\n" not in second.body


def test_nobody_hears_of_their_own_nor_of_what_somebody_else_has(
    session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = make_series(session)
    author = make_member(session, series, role="moderator")
    other = make_member(session, series, role="convener")
    waiting = {"status": "pending", "version": None, "live_at": None, "submitted_at": NOW}
    own = make_position(session, make_thread(session, series), author, revision=waiting,
                        **UNPUBLISHED)  # fmt: skip
    late = NOW + 60 * HOUR
    assert remind_moderators(session, late) == 1
    assert jobs(session) == [("moderation/due", other.id)]
    third = make_member(session, series, role="moderator")
    take(session, viewer(session, other), "positions", own.public_id, series, now=late)
    assert remind_moderators(session, late) == 0
    assert remind_moderators(session, late + HOUR) == 1  # the claim has run out
    assert jobs(session)[1:] == [("moderation/due", third.id)]


def test_a_letter_that_nothing_calls_for_any_more_is_not_sent(
    session: Session, series: Series, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_member(session, series, role="moderator")
    late = NOW + 60 * HOUR
    remind_moderators(session, late)
    series.targets = {"contribution": [30, "working_days"]}
    session.flush()
    with at(app, monkeypatch, late):
        assert letter(session, session.scalars(select(Job)).one()) is None


def test_what_is_urgent_is_told_at_once_and_what_follows_within_five_minutes_together(
    session: Session, series: Series, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    moderator = make_member(session, series, role="moderator")
    make_member(session, series)
    position = make_position(session, make_thread(session, series))
    for number in range(4):
        session.add(Report(series_id=series.id, subject_kind="position", is_urgent=number > 0,
                           subject_id=position.public_id, reason="safeguarding",
                           received_at=NOW))  # fmt: skip
        session.flush()
        if number:
            remind_urgent(session, series, NOW + timedelta(seconds=number))
    rows = session.scalars(select(Job).order_by(Job.id)).all()
    assert [row.payload["person_id"] for row in rows] == [moderator.id] * 2
    assert [row.run_after - NOW for row in rows] == [
        timedelta(seconds=1), timedelta(minutes=5),
    ]  # fmt: skip
    with at(app, monkeypatch, NOW + timedelta(minutes=5)):
        told = letter(session, rows[0])
    assert told is not None
    assert told.subject.endswith("cannot wait")
    assert "example.org/moderation" in told.body


def test_the_clock_knows_its_task() -> None:
    assert set(PERIODIC) <= set(TASKS)
