"""Mail beside all else: what a bad server holds up, and what becomes of each letter."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from discussion import clock
from discussion.db import transaction
from discussion.jobs.models import Job, Standing
from discussion.jobs.queue import enqueue
from discussion.jobs.registry import Registry
from discussion.jobs.worker import Worker
from discussion.mail.letters import MailText
from discussion.mail.models import RefusedAddress
from discussion.mail.queue import promise_mail
from discussion.web.site import site
from discussion.wiring.later import everything_later
from tests.mail.servers import Postman, a_postman

pytestmark = pytest.mark.xdist_group("workers")


@pytest.fixture
def registry(own_app: Flask) -> Registry:
    """The letters of the rooms and one of the tests, and a task that says that it was done."""
    found = everything_later()
    found.mails["test/letter"] = a_letter
    return found


def test_after_one_failed_connection_the_rest_waits_and_none_is_counted(
    own_app: Flask, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_postman(HELLO="") as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 6)
        worker.sweep()
        assert postman.calls == 1
        rows = jobs(own_app)
        assert [row.attempts for row in rows] == [0] * 6
        assert len({row.run_after for row in rows}) == 1
        mail = standing(own_app)
        assert (mail.is_well, mail.failures) == (False, 1)
        assert mail.kind.startswith("SMTPServerDisconnected")
        postman.answers.clear()
        assert worker.sweep() == 0  # not yet
        later(monkeypatch, timedelta(minutes=1))
        worker.sweep()
        assert len(postman.arrived) == 6
    assert standing(own_app).is_well
    assert all(row.done_at for row in jobs(own_app))


def test_a_night_without_a_server_costs_no_letter(
    own_app: Flask, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_postman(HELLO="") as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 2)
        for hours in range(25):
            later(monkeypatch, timedelta(hours=hours))
            worker.sweep()
        assert standing(own_app).failures == 25
        postman.answers.clear()
        later(monkeypatch, timedelta(hours=26))
        worker.sweep()
        assert len(postman.arrived) == 2


def test_a_letter_that_breaks_its_server_off_is_given_up_and_the_others_arrive(
    own_app: Flask, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_postman(RCPT="") as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 1)
        for hours in range(0, 90, 3):
            later(monkeypatch, timedelta(hours=hours))
            worker.sweep()
        assert jobs(own_app)[0].failed_at is not None
        postman.answers.clear()
        promise(own_app, 1)
        later(monkeypatch, timedelta(hours=100))
        worker.sweep()
        assert len(postman.arrived) == 1


def test_a_letter_that_may_have_arrived_is_sent_thrice_at_most(
    own_app: Flask, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_postman(DOT="") as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 1)
        for hours in range(0, 30, 3):
            later(monkeypatch, timedelta(hours=hours))
            worker.sweep()
        assert len(postman.arrived) == 3


@pytest.mark.parametrize("word", ["RCPT", "DOT"])
def test_what_is_refused_for_good_is_not_tried_again_until_a_letter_arrives(
    own_app: Flask, registry: Registry, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    with a_postman(**{word: "550 5.1.1 no such mailbox"}) as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 1)
        worker.sweep()
        later(monkeypatch, timedelta(days=1))
        worker.sweep()
        assert postman.calls == 1
        (job,) = jobs(own_app)
        assert (job.failed_at is not None, job.attempts) == (True, 1)
        assert refused(own_app) == [("somebody@example.org", "address")]
        assert standing(own_app).is_well
        postman.answers.clear()
        promise(own_app, 1)
        worker.sweep()
    assert refused(own_app) == []


def test_mail_comes_after_all_else_that_is_due(own_app: Flask, registry: Registry) -> None:
    order: list[str] = []
    registry.tasks["test.move"] = lambda _session, _payload, _now: order.append("stage")

    def a_noted_letter(session: Any, payload: dict[str, Any]) -> MailText:
        order.append("letter")
        return a_letter(session, payload)

    registry.mails["test/letter"] = a_noted_letter
    with a_postman() as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 2)
        with transaction(site(own_app).engine) as session:
            enqueue(session, "test.move", {}, now=clock.now())
        worker.sweep()
    assert order == ["stage", "letter", "letter"]


def test_while_a_silent_server_is_waited_for_a_stage_moves(
    own_app: Flask, registry: Registry
) -> None:
    done = threading.Event()
    registry.tasks["test.move"] = lambda _session, _payload, _now: done.set()
    with a_postman(HELLO=None) as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 6)
        waiting = threading.Thread(target=worker.sweep, daemon=True)
        waiting.start()
        while not postman.calls:
            assert waiting.is_alive()
        with transaction(site(own_app).engine) as session:
            enqueue(session, "test.move", {}, now=clock.now())
        worker.sweep()
        assert done.is_set()
        assert waiting.is_alive()
        postman.ended.set()
        waiting.join(20)


def test_what_a_living_worker_has_in_hand_is_nobody_elses(
    own_app: Flask, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_postman(HELLO=None) as postman:
        worker = a_worker(own_app, registry, postman)
        promise(own_app, 1)
        waiting = threading.Thread(target=worker.sweep, daemon=True)
        waiting.start()
        while not postman.calls:
            assert waiting.is_alive()
        other = Worker(own_app, registry)
        for minutes in (1.5, 3, 4.5):
            later(monkeypatch, timedelta(minutes=minutes))
            worker.beat()
            assert other.sweep() == 0
        assert postman.calls == 1
        postman.ended.set()
        waiting.join(20)


def test_a_summary_is_not_sent_when_one_went_out_after_it_was_promised(
    own_app: Flask, registry: Registry
) -> None:
    registry.summaries["test/letter"] = "all that waits"
    with a_postman() as postman:
        worker = a_worker(own_app, registry, postman)
        with transaction(site(own_app).engine) as session:
            for _time in range(16):  # ten days of nobody at work
                promise_mail(session, template="test/letter", person_id=1, now=clock.now())
            promise_mail(session, template="test/letter", person_id=2, now=clock.now())
        worker.sweep()
        assert len(postman.arrived) == 2
        with transaction(site(own_app).engine) as session:
            promise_mail(session, template="test/letter", person_id=1, now=clock.now())
        worker.sweep()
        assert len(postman.arrived) == 3


def a_letter(_session: Any, _payload: dict[str, Any]) -> MailText:
    return MailText("somebody@example.org", "A letter", "Good morning.\n")


def a_worker(app: Flask, registry: Registry, postman: Postman) -> Worker:
    site(app).settings = replace(site(app).settings, mail_url=postman.url)
    return Worker(app, registry)


def promise(app: Flask, how_many: int) -> None:
    with transaction(site(app).engine) as session:
        for n in range(how_many):
            promise_mail(session, template="test/letter", ids={"n": n}, now=clock.now())


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """The clock of this test from now on."""
    at: datetime = datetime.now(clock.now().tzinfo) + by
    monkeypatch.setattr(clock, "now", lambda: at)


def jobs(app: Flask) -> list[Job]:
    return list(rows_of(app, select(Job).order_by(Job.id)))


def standing(app: Flask) -> Standing:
    (row,) = rows_of(app, select(Standing).where(Standing.name == "mail"))
    return row  # type: ignore[no-any-return]


def refused(app: Flask) -> list[tuple[str, str]]:
    return [(row.email, row.about) for row in rows_of(app, select(RefusedAddress))]


def rows_of(app: Flask, asked: Any) -> Iterator[Any]:
    with transaction(site(app).engine, writes=False) as session:
        yield from session.scalars(asked).all()
