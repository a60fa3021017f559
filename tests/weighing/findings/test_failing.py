"""Findings that cannot be made: tried for a day, said on the desk, and tried again at one press."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.claims import MAX_ATTEMPTS
from discussion.jobs.models import Job, Standing
from discussion.jobs.queries import FINDINGS, is_failing_part
from discussion.jobs.worker import Worker
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.operations import COMPUTE, promise_findings
from discussion.weighing.rounds.models import Round
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_member, make_position
from tests.weighing.findings.worlds import weighed

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
DAY = timedelta(days=1)


class Site:
    """Two weighed threads whose rounds have closed; of one no snapshot can be made."""

    def __init__(self, app: Flask, session: Session, moment: time_machine.Traveller) -> None:
        self.app, self.session, self.moment = app, session, moment
        self.broken, self.whole = weighed(session), weighed(session)
        self.thresholds = self.broken.round.thresholds
        self.set_thresholds({"gap": {"is": "no number"}})
        self.moderator = make_member(session, self.broken.series, role="moderator")
        for each in (self.broken, self.whole):
            promise_findings(session, each.thread.id, "round_closed", now=NOW)
        session.commit()

    def set_thresholds(self, thresholds: object) -> None:
        change = update(Round).where(Round.id == self.broken.round.id)
        self.session.execute(change.values(thresholds=thresholds))
        self.session.commit()

    def work(self, days: int = 0) -> None:
        """As the worker does: whatever is due, and what is due next; then its regular work."""
        worker, until = Worker(self.app), clock.now() + days * DAY
        worker.sweep()
        while (left := worker.seconds_to_next(until - clock.now())) is not None:
            self.moment.shift(timedelta(seconds=left + 1))
            worker.sweep()
        self.moment.move_to(until)
        worker.tick()
        worker.sweep()
        self.session.expire_all()

    def made(self) -> set[int]:
        return set(self.session.scalars(select(FindingSnapshot.thread_id)))

    def jobs(self) -> list[Job]:
        rows = self.session.scalars(select(Job).where(Job.name == COMPUTE).order_by(Job.id))
        return [job for job in rows if job.payload["thread"] == self.broken.thread.id]

    def desk(self, client: FlaskClient) -> str:
        return sign_in(client, self.moderator).get("/moderation").text


@pytest.fixture
def world(app: Flask, session: Session) -> Iterator[Site]:
    with time_machine.travel(NOW, tick=False) as moment:
        yield Site(app, session, moment)


def test_what_keeps_failing_stops_after_a_day_while_all_else_goes_on(world: Site) -> None:
    world.work(days=1)
    assert world.made() == {world.whole.thread.id}
    [job] = world.jobs()
    assert job.attempts == MAX_ATTEMPTS
    assert job.failed_at is not None
    assert job.failed_at - NOW <= DAY
    world.work(days=2)
    assert len(world.jobs()) == 1, "looking for changed tags promised it again"


def test_the_desk_says_it_and_one_press_tries_again(world: Site, client: FlaskClient) -> None:
    world.work()
    assert "could not be worked out" in world.desk(client)
    assert "Try again" not in world.desk(client), "the site still tries by itself"
    slug = world.broken.thread.slug
    waiting = client.get(f"/findings/{slug}").text
    assert "could not be worked out yet" in waiting
    world.work(days=1)
    said = world.desk(client)
    assert "Try again" in said
    assert f"/findings/{slug}/again" in said
    assert world.broken.thread.question in said
    world.set_thresholds(world.thresholds)
    for _press in range(2):
        assert client.post(f"/findings/{slug}/again").status_code == 303
    assert len(world.jobs()) == 2
    world.work()
    assert world.made() == {world.broken.thread.id, world.whole.thread.id}
    assert "could not be worked out" not in world.desk(client)


def test_nobody_but_moderators_of_its_series_learns_of_it_and_tries_again(
    world: Site, client: FlaskClient
) -> None:
    world.work(days=1)
    other = make_member(world.session, world.whole.series, role="moderator")
    member = make_member(world.session, world.broken.series)
    world.session.commit()
    address = f"/findings/{world.broken.thread.slug}/again"
    for person in (other, member):
        sign_in(client, person)
        assert client.post(address).status_code == 403
        assert world.broken.thread.question not in client.get("/moderation").text
    assert len(world.jobs()) == 1


def test_a_process_that_dies_of_it_is_noted_too(world: Site, client: FlaskClient) -> None:
    """Such as one that is killed when memory runs out: nobody can catch that."""
    [job] = world.jobs()
    job.attempts, job.claimed_at, job.claimed_by = MAX_ATTEMPTS, NOW - DAY, "a dead worker"
    world.session.commit()
    world.work()
    assert world.jobs()[0].failed_at is not None
    assert "Try again" in world.desk(client)


def test_whoever_watches_the_site_is_told_since_when(world: Site, client: FlaskClient) -> None:
    assert json_of(client.get("/statusz", environ_overrides=HERE))["findings"]["state"] == "ok"
    world.work()
    world.work(days=1)
    said = json_of(client.get("/statusz", environ_overrides=HERE))["findings"]
    kind = world.session.scalars(select(Standing.kind).where(is_failing_part(FINDINGS))).one()
    assert (said["state"], said["since"], said["failing"]) == ("failing", NOW.isoformat(), 1)
    assert said["last_error"] == kind


def test_a_thread_that_was_merged_is_no_trouble_any_more(world: Site, client: FlaskClient) -> None:
    world.work(days=1)
    world.broken.thread.merged_into_id = world.whole.thread.id
    world.session.commit()
    assert "could not be worked out" not in world.desk(client)
    world.work(days=1)
    said = json_of(client.get("/statusz", environ_overrides=HERE))["findings"]
    assert said["state"] == "ok"


def test_a_snapshot_that_nobody_can_read_holds_up_no_other_thread(world: Site) -> None:
    world.set_thresholds(world.thresholds)
    world.work()
    version = max(world.session.scalars(select(FindingSnapshot.version))) + 1
    world.session.add(
        FindingSnapshot(
            thread_id=world.broken.thread.id,
            round_id=world.broken.round.id,
            version=version,
            because="tags_changed",
            inputs_hash="",
            parameters={},
            code_version="",
            results={},
            made_at=NOW,
        )
    )
    world.session.commit()
    make_position(world.session, world.whole.thread)
    world.session.commit()
    world.work(days=1)
    newest = select(FindingSnapshot).where(FindingSnapshot.thread_id == world.whole.thread.id)
    assert len(world.session.scalars(newest).all()) == 2
