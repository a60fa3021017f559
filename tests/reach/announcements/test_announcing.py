"""Letters of conveners: to whom they go, how often, and when they stop; and the weekly one."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.jobs.models import Job
from discussion.oversight.moderation.operations.reminding import promise_daily
from discussion.problems import Refused
from discussion.reach.announcements.drafts import AnnouncementDraft
from discussion.reach.announcements.models import Announcement
from discussion.reach.announcements.operations import (
    announce,
    promise_weeks,
    spread,
    stop_announcement,
)
from discussion.reach.announcements.queries.week import week_of
from discussion.reach.announcements.tasks import said, week
from discussion.reach.announcements.words import EVERY, SAID, WEEK
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_position, make_response
from tests.factories.scenes import Scene

DRAFT = AnnouncementDraft("We meet in June", "Come to Hexham on 4 June.")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=NOW.tzinfo)


class Convened(Scene):
    def announce(self, at: datetime = NOW) -> Announcement:
        row = announce(self.session, self.as_convener, self.series, DRAFT, now=at)
        spread(self.session, row.id, 0, now=at)
        return row

    def promised(self, template: str) -> list[int]:
        jobs = self.session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id))
        return [job.payload["person_id"] for job in jobs if job.payload["template"] == template]


@pytest.fixture
def scene(session: Session) -> Convened:
    return Convened(session)


def test_an_announcement_goes_once_to_every_admitted_member_and_to_nobody_else(
    session: Session, scene: Convened
) -> None:
    members = [make_member(session, scene.series).id for _ in range(3)]
    make_member(session, scene.series, admitted_at=None)
    make_member(session, scene.series, removed_at=NOW)
    make_member(session, scene.series, make_person(session, email_confirmed_at=None))
    make_person(session)
    row = scene.announce()
    spread(session, row.id, 0, now=NOW)
    assert sorted(scene.promised(SAID)) == sorted(members)
    assert session.scalars(select(AuditEvent.verb)).all() == ["announce"]


def test_members_are_written_to_once_in_seven_days(session: Session, scene: Convened) -> None:
    scene.announce()
    with pytest.raises(Refused, match="30 November 2026"):
        scene.announce(NOW + EVERY - timedelta(minutes=1))
    scene.announce(NOW + EVERY)


def test_what_is_not_to_be_sent_any_more_is_not_sent(
    app: Flask, session: Session, scene: Convened
) -> None:
    row = scene.announce()
    payload = {"person_id": scene.member.id, "ids": {"announcement": row.id}}
    with app.test_request_context():
        letter = said(session, payload)
        assert letter is not None
        assert DRAFT.text in letter.body
        scene.membership_of(scene.member).removed_at = NOW
        session.flush()
        assert said(session, payload) is None
        scene.membership_of(scene.member).removed_at = None
        stop_announcement(session, scene.as_convener, row, now=NOW)
        assert said(session, payload) is None


def test_only_conveners_and_the_administrator_write_to_members(
    app: Flask, session: Session, scene: Convened
) -> None:
    here = f"/announcements/{scene.series.slug}"
    typed = {"title": DRAFT.title, "text": DRAFT.text}
    for person in (scene.member, scene.moderator, make_person(session)):
        client = sign_in(app.test_client(), person)
        assert client.get(here).status_code == 403
        assert client.post(here, data=typed).status_code == 403
    assert session.scalars(select(Announcement)).all() == []
    client = sign_in(app.test_client(), scene.convener)
    assert client.post(here, data=typed | {"title": ""}).status_code == 422
    assert client.post(here, data=typed).status_code == 303
    again = client.post(here, data=typed | {"text": "Come again."})
    assert again.status_code == 422
    assert "Come again." in again.text


def test_a_convener_hears_on_mondays_how_the_series_went(
    app: Flask, session: Session, scene: Convened
) -> None:
    assert scene.convener
    position = make_position(session, scene.thread, first_published_at=MONDAY - timedelta(days=2))
    make_response(session, position, first_published_at=MONDAY - timedelta(days=2))
    make_position(session, scene.thread, first_published_at=MONDAY - timedelta(days=9))
    make_position(session, scene.thread, first_published_at=MONDAY, attribution="chatham_house")
    told = week_of(session, scene.as_convener, scene.series, MONDAY.date())
    assert (told.positions, told.responses) == (1, 1)
    for _ in range(3):
        promise_weeks(session, now=MONDAY)
    promise_weeks(session, now=MONDAY + timedelta(days=1))
    assert scene.promised(WEEK) == [scene.convener.id]
    promise_weeks(session, now=MONDAY + timedelta(days=7))
    assert len(scene.promised(WEEK)) == 2
    ids = {"series": scene.series.id, "until": MONDAY.date().isoformat()}
    with app.test_request_context(), time_machine.travel(MONDAY, tick=False):
        letter = week(session, {"person_id": scene.convener.id, "ids": ids})
        assert letter is not None
        assert "1 position was published" in letter.body
        assert week(session, {"person_id": scene.member.id, "ids": ids}) is None


def test_nothing_is_written_of_a_week_in_which_nothing_happened(
    app: Flask, session: Session, scene: Convened
) -> None:
    ids = {"series": scene.series.id, "until": MONDAY.date().isoformat()}
    with app.test_request_context(), time_machine.travel(MONDAY, tick=False):
        assert week(session, {"person_id": scene.convener.id, "ids": ids}) is None


def test_moderators_hear_each_morning_once_of_what_waits(
    session: Session, scene: Convened, client: FlaskClient
) -> None:
    assert scene.moderator
    assert promise_daily(session, MONDAY) == 0
    make_position(
        session, scene.thread, state="draft", number=None, first_published_at=None,
        revision={"status": "pending", "version": None, "live_at": None, "submitted_at": MONDAY},
    )  # fmt: skip
    assert promise_daily(session, MONDAY) == 1
    assert promise_daily(session, MONDAY + timedelta(hours=1)) == 0
    assert promise_daily(session, MONDAY + timedelta(hours=8)) == 0
    assert promise_daily(session, MONDAY + timedelta(days=1)) == 1
    assert scene.promised("moderation/waits") == [scene.moderator.id] * 2
