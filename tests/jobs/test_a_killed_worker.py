"""A worker that is killed in the middle loses nothing and does nothing twice."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select

from discussion import clock
from discussion.config import Settings
from discussion.db import transaction
from discussion.jobs.models import Job
from discussion.jobs.queue import enqueue
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Attempt
from discussion.web.site import site
from tests.jobs.a_worker import sweep_until_killed

PATIENCE = 40.0
# Each worker is a process of its own, forked from one that has imported the site and done nothing
# else: sixteen that begin from nothing spend half a minute on that.
AT_ONCE = get_context("forkserver")
AT_ONCE.set_forkserver_preload(["tests.jobs.a_worker"])
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("workers")]


def test_a_task_killed_in_the_middle_is_done_once_by_the_next_worker(
    own_app: Flask, own_settings: Settings
) -> None:
    middle = own_settings.data_dir / "in-the-middle"
    with transaction(site(own_app).engine) as session:
        enqueue(session, "test.slow", {"key": "one"}, now=clock.now())
    with a_worker(own_settings, pause=60) as first:
        wait_until(middle.exists)
        first.kill()
    with a_worker(own_settings, pause=0):
        wait_until(lambda: count(own_app, Job.done_at.is_not(None)) == 1)
    assert count(own_app, Attempt.key == "one") == 1


@pytest.mark.parametrize("word", ["RCPT", "DATA"])
def test_mail_whose_sender_was_killed_arrives_and_a_second_copy_is_known_by_its_id(
    own_app: Flask, own_settings: Settings, word: str
) -> None:
    with transaction(site(own_app).engine) as session:
        promise_mail(session, template="test/letter", ids={"n": 7}, now=clock.now())
    with a_server(stalls_at=word) as server:
        with a_worker(own_settings, mail_url=server.url) as first:
            wait_until(server.is_stalled.is_set)
            first.kill()
        server.go_on.set()
        with a_worker(own_settings, mail_url=server.url):
            wait_until(lambda: count(own_app, Job.done_at.is_not(None)) == 1)
    assert {message["Subject"] for message in server.arrived} == {"Letter 7"}
    assert len({message["Message-ID"] for message in server.arrived}) == 1
    if word == "RCPT":
        assert len(server.arrived) == 1  # nothing had been handed over when it was killed


def test_no_job_is_done_twice_by_workers_side_by_side(
    own_app: Flask, own_settings: Settings
) -> None:
    many = 40
    with transaction(site(own_app).engine) as session:
        for n in range(many):
            promise_mail(session, template="test/letter", ids={"n": n}, now=clock.now())
    with (
        a_server() as server,
        a_worker(own_settings, mail_url=server.url),
        a_worker(own_settings, mail_url=server.url),
    ):
        wait_until(lambda: count(own_app, Job.done_at.is_not(None)) == many)
    assert sorted(int(m["Subject"].split()[1]) for m in server.arrived) == list(range(many))


class Server:
    """A real SMTP server that can be made to hesitate once."""

    def __init__(self, stalls_at: str) -> None:
        self.stalls_at, self.url = stalls_at, ""
        self.arrived: list[Any] = []
        self.is_stalled, self.go_on = threading.Event(), threading.Event()

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        await self._stall("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        import email

        self.arrived.append(email.message_from_bytes(envelope.content))
        await self._stall("DATA")
        return "250 OK"

    async def _stall(self, word: str) -> None:
        if word == self.stalls_at and not self.is_stalled.is_set():
            self.is_stalled.set()
            while not self.go_on.is_set():
                await asyncio.sleep(0.02)


@contextmanager
def a_server(stalls_at: str = "") -> Iterator[Server]:
    server = Server(stalls_at)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    server.url = f"smtp://127.0.0.1:{port}"
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def a_worker(
    settings: Settings, *, mail_url: str = "", pause: float = 0
) -> Iterator[ForkServerProcess]:
    """A worker process; killed when the block ends."""
    given = (settings.database_url, str(settings.data_dir), mail_url, str(pause))
    process = AT_ONCE.Process(target=sweep_until_killed, args=given)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def count(app: Flask, *conditions: Any) -> int:
    with transaction(site(app).engine, writes=False) as session:
        return session.scalar(select(func.count()).where(*conditions)) or 0
