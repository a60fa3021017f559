"""The worker with its clock, on real databases."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.config import Settings
from discussion.db import transaction
from discussion.jobs.clockwork import Clockwork
from discussion.jobs.models import Heartbeat, Job
from discussion.jobs.queue import enqueue
from discussion.jobs.registry import Registry
from discussion.jobs.worker import Worker, describe_error
from discussion.people.accounts.models import Attempt
from discussion.web.site import site
from discussion.wiring.later import everything_later
from tests.conftest import SECRET

pytestmark = pytest.mark.xdist_group("workers")


def test_a_task_that_fails_leaves_nothing_behind_but_its_error(own_app: Flask) -> None:
    def half(session: Session, _payload: dict[str, Any], now: datetime) -> None:
        session.add(Attempt(key="half", at=now))
        session.flush()
        raise ValueError("Anna wrote this")

    sweep(own_app, Registry(tasks={"half": half}), "half")
    job = only_job(own_app)
    assert job.attempts == 1
    assert job.done_at is None
    assert job.run_after > clock.now()
    assert "ValueError in" in job.error
    assert "Anna" not in job.error
    assert number_of(own_app, Attempt.id) == 0


def test_a_name_that_no_room_knows_is_an_error_and_stops_nothing(own_app: Flask) -> None:
    done: list[str] = []
    known = Registry(tasks={"known": lambda _session, _payload, _now: done.append("known")})
    sweep(own_app, known, "unknown", "known")
    assert done == ["known"]


def test_a_task_finds_the_addresses_of_the_site(own_app: Flask) -> None:
    seen: list[str] = []
    task = {"t": lambda _s, _p, _n: seen.append(url_for("about.page", _external=True))}
    sweep(own_app, Registry(tasks=task), "t")
    assert seen[0].startswith(site(own_app).settings.public_url)


def test_regular_work_is_promised_once_a_turn_however_many_workers_tick(own_app: Flask) -> None:
    registry = Registry(
        tasks={"tidy": lambda _s, _p, _n: None}, periodic={"tidy": timedelta(days=4000)}
    )
    Worker(own_app, registry).tick()
    Worker(own_app, registry).tick()
    assert number_of(own_app, Job.id) == 1


def test_a_promise_wakes_the_worker_which_leaves_no_heartbeat_when_it_stops(
    own_app: Flask,
) -> None:
    seen: list[int] = []
    registry = Registry(tasks={"t": lambda _s, payload, _n: seen.append(payload["n"])})
    clockwork = Clockwork(own_app, Worker(own_app, registry))
    clockwork.start()
    try:
        wait_until(lambda: number_of(own_app, Heartbeat.name) == 1)
        began = time.monotonic()
        promise(own_app, "t", n=1)
        promise(own_app, "t", after=timedelta(seconds=2), n=2)
        site(own_app).wake()
        wait_until(lambda: seen == [1])
        wait_until(lambda: seen == [1, 2])  # and not with the next turn of the minute
        assert 2 <= time.monotonic() - began < 12
    finally:
        clockwork.stop()
    assert number_of(own_app, Heartbeat.name) == 0


def test_a_worker_told_to_stop_ends_in_good_order(own_settings: Settings, tmp_path: Path) -> None:
    environ = {
        **os.environ,
        "DISCUSSION_ENVIRONMENT": "test",
        "DISCUSSION_SECRET_KEY": SECRET,
        "DISCUSSION_DATABASE_URL": own_settings.database_url,
        "DISCUSSION_DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "discussion", "worker"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environ, text=True, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert "is ready" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _out, errors = process.communicate(timeout=30)
        assert process.returncode == 0
    assert "Traceback" not in errors


def test_an_error_is_described_by_kind_and_place_alone() -> None:
    try:
        raise ValueError("what somebody wrote")
    except ValueError as error:
        said = describe_error(error)
    assert said.startswith("ValueError in test_worker.py:")
    assert "somebody" not in said


def test_every_task_that_is_due_regularly_exists(own_app: Flask) -> None:
    registry = everything_later()
    assert set(registry.periodic) <= registry.tasks.keys() | registry.outside.keys()
    assert "mail.send" in registry.outside


def sweep(app: Flask, registry: Registry, *names: str) -> None:
    for name in names:
        promise(app, name)
    Worker(app, registry).sweep()


def promise(app: Flask, name: str, after: timedelta = timedelta(), **payload: Any) -> None:
    now = clock.now()
    with transaction(site(app).engine) as session:
        enqueue(session, name, payload, now=now, run_after=now + after)


def only_job(app: Flask) -> Job:
    with transaction(site(app).engine, writes=False) as session:
        return session.scalars(select(Job)).one()


def number_of(app: Flask, column: Any) -> int:
    with transaction(site(app).engine, writes=False) as session:
        return session.scalar(select(func.count(column))) or 0


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
