"""People who take part and hear of it, a worker, and a mail server that keeps what arrives."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from typing import Any

import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from discussion.debate.positions.models import Position, Response
from discussion.jobs.models import Job
from discussion.jobs.registry import Registry
from discussion.jobs.worker import Worker
from discussion.people.accounts.models import Person
from discussion.reach.notices.models import Notice
from discussion.reach.notices.queries.page import count_news, find_news, notices_page
from discussion.reach.notices.shapes import Line
from discussion.subjects.happenings import happened
from discussion.wiring.later import everything_later
from tests.factories import make_response
from tests.factories.scenes import Scene


class Hearing(Scene):
    """A series in which somebody is answered."""

    def answer(self, position: Position, at: datetime, **changes: Any) -> Response:
        """Somebody answers, and it goes live."""
        made = make_response(self.session, position, first_published_at=at, **changes)
        assert made.live is not None
        made.live.version = 1
        self.session.flush()
        happened(self.session, "response.live", made.live.id, now=at)
        self.session.commit()
        return made

    def lines(self, person: Person, now: datetime) -> tuple[Line, ...]:
        """What stands on their page of notices."""
        return notices_page(self.session, self.as_(person, now), now=now).lines

    def count(self, person: Person, now: datetime) -> int:
        viewer = self.as_(person, now)
        return count_news(self.session, viewer, find_news(self.session, viewer, now))

    def notices(self, person: Person) -> list[Notice]:
        asked = select(Notice).where(Notice.person_id == person.id).order_by(Notice.id)
        return list(self.session.scalars(asked))


class Postbox:
    """What arrived, in order."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.arrived.append(found)
        return "250 OK"

    def take(self) -> list[EmailMessage]:
        """What arrived since it was last looked into."""
        taken, self.arrived = self.arrived, []
        return taken


@contextmanager
def a_postbox(app: Flask) -> Iterator[Postbox]:
    """A real mail server, to which the site's letters go."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=0)
    server.port = _free_port()
    server.start()
    site = app.extensions["site"]
    before = site.settings
    site.settings = replace(before, mail_url=f"smtp://127.0.0.1:{server.port}")
    try:
        yield box
    finally:
        site.settings = before
        server.stop()


def work(app: Flask, at: datetime) -> None:
    """The worker looks at the clock, and does what is due."""
    with time_machine.travel(at, tick=False):
        worker = Worker(app, _only_notices())
        worker.tick()
        worker.sweep()
    with app.extensions["site"].open_session(False) as session:
        said = session.execute(select(Job.name, Job.error).where(Job.error != "")).all()
    failed = [(name, error) for name, error in said if not error.startswith("It waits")]
    assert not failed, failed


@cache
def _only_notices() -> Registry:
    """All that can be done later, of which the clock calls for this room's alone."""
    every = everything_later()
    return replace(every, periodic={"notices.look": every.periodic["notices.look"]})


def plain(letter: EmailMessage) -> str:
    found = letter.get_body(("plain",))
    assert found is not None
    return str(found.get_content())


def html(letter: EmailMessage) -> str:
    found = letter.get_body(("html",))
    assert found is not None
    return str(found.get_content())


def links(letter: EmailMessage) -> list[str]:
    return re.findall(r"https?://\S+", plain(letter))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
