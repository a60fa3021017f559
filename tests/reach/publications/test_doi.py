"""A DOI for each version, at a register of DataCite's shape; hidden there once it is gone."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.config import Settings, SettingsError
from discussion.debate.evidence.checking import Asker
from discussion.debate.evidence.tasks import ASKER
from discussion.jobs.models import Job
from discussion.reach.publications.models import PublicationVersion
from discussion.reach.publications.operations.essays import keep_essay, publish_essay
from discussion.reach.publications.operations.publishing import (
    REGISTER,
    look_after,
    publish,
    withdraw,
)
from discussion.reach.publications.tasks import ENDED, prepare_doi
from tests.factories import NOW
from tests.reach.publications.scene import LATER, SITE, Briefed
from tests.reach.publications.test_essays import ESSAY

PREFIX = "10.12345"
USER, PASSWORD = "DEMO.TALK", "only on this machine"
STATES = {"publish": "findable", "hide": "registered"}


class Register:
    """DataCite's REST interface as far as it is asked: /dois by PUT and POST, JSON:API, Basic."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.fails = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                self._take(self.path.removeprefix("/dois/"))

            def do_POST(self) -> None:
                self._take("")

            def _take(self, doi: str) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(self.command)
                self.send_response(outer.answer(doi, body, dict(self.headers)))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_said: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, doi: str, body: Any, headers: dict[str, str]) -> int:
        known = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if headers.get("Authorization") != f"Basic {known}":
            return 401
        if self.fails:
            return 503
        if headers["Content-Type"] != "application/vnd.api+json":
            return 415
        given = body["data"]["attributes"]
        if body["data"]["type"] != "dois" or not given["doi"].startswith(f"{PREFIX}/"):
            return 422
        if doi and doi not in self.held:
            return 404
        state = STATES[given["event"]]
        needed = ("url", "titles", "creators", "publisher", "publicationYear", "types")
        if state == "findable" and not all(given.get(name) for name in needed):
            return 422
        self.held[given["doi"]] = given | {"state": state}
        return 200 if doi else 201


@pytest.fixture
def register() -> Iterator[Register]:
    made = Register()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def scene(session: Session) -> Briefed:
    made = Briefed(session)
    made.draft()
    made.tell()
    return made


def publish_with(scene: Briefed, note: str = "") -> PublicationVersion:
    return publish(scene.session, scene.as_moderator, scene.briefing, correction=note,
                   site_url=SITE, doi_prefix=PREFIX, now=LATER)  # fmt: skip


def work(app: Flask, session: Session, register: Register, **settings: Any) -> int:
    """What waits for the register is sent, as the worker does it; returns how many were."""
    from discussion.web.site import site

    told = {"datacite_url": f"http://127.0.0.1:{register.port}", "datacite_prefix": PREFIX,
            "datacite_user": USER, "datacite_password": PASSWORD}  # fmt: skip
    here = site(app)
    before = here.settings
    app.extensions.setdefault(
        ASKER, Asker("test", is_allowed=lambda _address: True, ports=frozenset({register.port}))
    )
    object.__setattr__(here, "settings", replace(before, **(told | settings)))
    sent = 0
    try:
        waiting = select(Job).where(Job.name == REGISTER).where(Job.done_at.is_(None))
        for job in session.scalars(waiting.order_by(Job.id)).all():
            with app.app_context():
                errand = prepare_doi(session, job, LATER)
                if errand is not None and (afterwards := errand()):
                    afterwards(session, LATER)
                    sent += 1
            job.done_at = LATER
    finally:
        object.__setattr__(here, "settings", before)
    return sent


def test_a_version_is_registered_and_says_so_on_its_page_and_in_its_files(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    version = publish_with(scene)
    doi = f"{PREFIX}/{scene.briefing.public_id}.v1"
    assert (version.doi, version.doi_state) == (doi, "asked")
    visitor = app.test_client()
    assert "It is being registered" in visitor.get(scene.address).text
    assert work(app, session, register) == 1
    assert register.asked == ["PUT", "POST"]
    held = register.held[doi]
    assert held["state"] == version.doi_state == "findable"
    assert held["titles"] == [{"title": scene.thread.question}]
    assert held["url"].endswith(f"{scene.address}/1")
    said = visitor.get(scene.address).text
    assert f'href="https://doi.org/{doi}"' in said
    assert f'<meta name="citation_doi" content="{doi}">' in said
    assert "It is being registered" not in said
    assert f"https://doi.org/{doi}" in version.snapshot["cite_as"]
    assert version.snapshot["doi"] == doi


def test_of_a_withdrawn_version_the_register_hides_all_but_why(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    version = publish_with(scene)
    work(app, session, register)
    withdraw(session, scene.as_moderator, scene.briefing, now=LATER)
    assert work(app, session, register) == 1
    held = register.held[version.doi]
    assert held["state"] == version.doi_state == "registered"
    assert scene.thread.question not in json.dumps(held)
    assert version.doi in app.test_client().get(scene.address).text


def test_the_next_version_names_the_one_before_it(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    first = publish_with(scene)
    second = publish_with(scene, "A number was wrong.")
    session.expire_all()
    assert work(app, session, register) == 2
    [related] = register.held[second.doi]["relatedIdentifiers"]
    assert (related["relatedIdentifier"], related["relationType"]) == (first.doi, "IsNewVersionOf")


def test_a_series_that_not_everybody_finds_gets_none_and_one_that_closes_is_hidden(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    version = publish_with(scene)
    work(app, session, register)
    scene.series.visibility = "unlisted"
    session.flush()
    look_after(session, site_url=SITE, doi_prefix=PREFIX, now=LATER)
    work(app, session, register)
    assert register.held[version.doi]["state"] == "registered"
    assert publish_with(scene, "A number was wrong.").doi == ""


def test_what_the_register_does_not_take_is_tried_again_and_then_said(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    version = publish_with(scene)
    job = session.scalars(select(Job).where(Job.name == REGISTER)).one()
    register.fails = True
    with pytest.raises(Exception, match="the register answered 503"):
        work(app, session, register)
    assert version.doi_state == "asked"
    ENDED[REGISTER](session, job, RuntimeError(), LATER)
    assert "could not be registered" in app.test_client().get(scene.address).text
    register.fails = False
    assert work(app, session, register) == 1
    assert version.doi_state == "findable"


def test_an_address_that_is_not_public_is_told_nothing(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    publish_with(scene)
    app.extensions[ASKER] = Asker("test", ports=frozenset({register.port}))
    with pytest.raises(Exception, match="_Refused"):
        work(app, session, register)
    assert register.asked == []


def test_while_it_is_off_there_is_none_and_nothing_is_sent(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    version = scene.publish()
    assert (version.doi, version.doi_state) == ("", "")
    assert session.scalars(select(Job).where(Job.name == REGISTER)).all() == []
    publish_with(scene, "A number was wrong.")
    assert work(app, session, register, datacite_url="") == 0
    assert register.asked == []


def test_an_essay_has_its_author_as_a_person(
    app: Flask, session: Session, scene: Briefed, register: Register
) -> None:
    row = keep_essay(session, scene.as_moderator, scene.series, ESSAY, now=NOW)
    version = publish_essay(
        session, scene.as_moderator, row, site_url=SITE, doi_prefix=PREFIX, now=NOW
    )
    work(app, session, register)
    held = register.held[version.doi]
    assert held["creators"] == [{"name": ESSAY.author, "nameType": "Personal"}]
    [ris] = [one.body.decode() for one in version.files if one.format == "ris"]
    assert version.doi in ris


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"datacite_url": "http://register.example.org"}, "must be an https address"),
        ({"datacite_url": "https://register.example.org"}, "must be set too"),
        (
            {"datacite_url": "https://register.example.org", "datacite_prefix": "11.1",
             "datacite_user": "a", "datacite_password": "b"},
            "must be a prefix",
        ),
    ],
)  # fmt: skip
def test_half_a_register_is_refused_at_the_start(given: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Settings(environment="test", **given)  # type: ignore[arg-type]
