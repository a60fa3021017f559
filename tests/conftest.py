"""Real databases, rolled back after each test; the application under test shares the connection."""

import fcntl
import gc
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

import discussion
from discussion import clock
from discussion.app import create_app
from discussion.config import Settings
from discussion.db import ALONE, make_engine
from discussion.migrations import every_table
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.sessions import begin_session
from discussion.wiring.registering import register_rooms
from tests.databases import KINDS, made_database
from tests.one_database import is_left_out
from tests.postgresql import never_look_at, postgresql_url

register_rooms()  # for tests that ask queries and operations without an application

FILLED = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECRET = "a secret that is only used in these tests, and nowhere else"


class Compiled(BytecodeCache):
    """Templates as whichever application came first compiled them: in this run, or an earlier one.

    Pytest's cache keeps them by what they say and by what compiles them (`COMPILERS`); a template
    whose words changed is compiled anew, and everything is where a compiler changed.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is None and (path := self._path(bucket)) and path.is_file():
            kept = self._kept[bucket.key, bucket.checksum] = path.read_bytes()
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
        if path := self._path(bucket):
            filling = path.with_suffix(f".{os.getpid()}")
            filling.write_bytes(kept)
            filling.replace(path)

    def _path(self, bucket: Bucket) -> Path | None:
        return self.folder and self.folder / f"{bucket.key}-{bucket.checksum}"


# Whoever makes an application of their own is given what another has compiled.
COMPILED = Compiled()
COMPILERS = ("app.py", "language.py", "web/*.py")  # where the environment of templates is set up
Flask.jinja_options = {"bytecode_cache": COMPILED}
APPLICATIONS: dict[str, tuple[Flask, dict[str, Any], dict[str, Any]]] = {}  # by their settings


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
           ) -> Iterator[Engine]:  # fmt: skip
    """An engine with every table, once per database and worker process."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'tests.sqlite'}"
    else:
        url = postgresql_url()
    made = make_engine(url)
    tables = every_table()
    tables.drop_all(made)
    tables.create_all(made)
    if request.param == "postgresql":
        never_look_at(made)
    yield made
    made.dispose()


@pytest.fixture(params=KINDS)
def own_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of a test's own, where commits are real."""
    with made_database(request.param, tmp_path) as url:
        engine = make_engine(url, threads=16)
        yield engine
        engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session whose commits are undone after the test."""
    with _session_on(connection) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        environment="test",
        site_name="Discussion",
        secret_key=SECRET,
        data_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'unused.sqlite'}",
        fast_passwords=True,
        crossref_url="http://127.0.0.1:9",
    )


@pytest.fixture
def app(
    settings: Settings,
    engine: Engine,
    connection: Connection,
    session: Session,
    tmp_path_factory: pytest.TempPathFactory,
) -> Flask:
    """The application over this test's connection; what it commits, the test sees.

    Making one takes longer than most tests, so tests whose settings differ in their folder alone
    are given the same, with nothing left of the test before.
    """
    usual = repr(replace(settings, data_dir=Path(), database_url=""))
    if usual not in APPLICATIONS:
        # in a folder that outlives this test's
        unused = tmp_path_factory.getbasetemp() / "unused.sqlite"
        new = create_app(replace(settings, database_url=f"sqlite:///{unused}"))
        APPLICATIONS[usual] = new, dict(new.extensions), dict(new.extensions["site"].assets)
    made, extensions, assets = APPLICATIONS[usual]
    made.extensions.clear()
    made.extensions.update(extensions)
    made.extensions["site"].assets = dict(assets)
    return _over(made, settings, engine, connection, session)


@pytest.fixture
def own_app(settings: Settings, engine: Engine, connection: Connection, session: Session) -> Flask:
    """The same for tests that add to the application: nobody else is given it."""
    return _over(create_app(settings), settings, engine, connection, session)


def _over(
    made: Flask, settings: Settings, engine: Engine, connection: Connection, session: Session
) -> Flask:
    site = made.extensions["site"]
    site.settings = settings
    site.engine = engine

    def open_session(_writes: bool) -> Session:
        session.flush()
        opened = _session_on(connection)
        event.listen(opened, "after_commit", lambda _opened: session.expire_all())
        return opened

    site.open_session = open_session
    site.unnoticed = lambda: _committed(open_session(True))
    site.wake = lambda: None  # no worker runs beside a test; see tests/jobs for real ones
    for kept in ("pages", "bodies", "lately"):
        site.assets[kept].keep = lambda *_given: None  # what is rolled back must not be kept
    site.assets["bodies"].keep_made = lambda *_given: None  # nor before its news is filled in
    return made


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration, filled once a run since it takes long: copy it to change it.

    Whichever worker needs it first fills it, in a folder of the whole run.
    """
    from discussion.cli.demo import demonstration_settings, fill_if_empty

    own = tmp_path_factory.getbasetemp()
    is_one_of_many = "PYTEST_XDIST_WORKER" in os.environ
    folder = (own.parent if is_one_of_many else own) / "demonstration"
    with (folder.parent / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            filling = folder.with_suffix(".filling")
            shutil.rmtree(filling, ignore_errors=True)
            with time_machine.travel(FILLED, tick=True):
                fill_if_empty(demonstration_settings(filling, 8000))
            filling.rename(folder)
    return folder


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@contextmanager
def _committed(opened: Session) -> Iterator[Session]:
    with opened:
        yield opened
        opened.commit()


def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Sign somebody in without the form."""
    return carry_session(client, session_of(client.application, person))


def carry_session(client: FlaskClient, token: str) -> FlaskClient:
    """Give the browser the secret of a session."""
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def without_tokens(html: str) -> str:
    """A page without what differs at each opening: tokens of its forms, seconds that are left."""
    html = re.sub(r' data-ends="\d+"', "", html)
    return re.sub(r'<input type="hidden" name="(form_token|opened)" value="[^"]*">', "", html)


def session_of(app: Flask, person: Person) -> str:
    """The secret of a new session of somebody, in the application's own database."""
    with app.extensions["site"].open_session(True) as opened:
        _row, token = begin_session(opened, person, device="Firefox on Linux", now=clock.now())
        opened.commit()
    return token


def json_of(response: TestResponse) -> Any:
    """What was answered as JSON; it fails where nothing was."""
    said = response.json
    assert said is not None, (response.status_code, response.text[:200])
    return said


def words_of(response: TestResponse) -> str:
    """What was answered, as far as it is text: a picture or a file may be anything."""
    return response.get_data().decode("utf-8", "replace")


FOUND = {"is_kept": False}


@pytest.fixture
def keeps_found() -> Iterator[None]:
    """Commits keep the index of what can be found; to all other tests it is nothing but work."""
    FOUND["is_kept"] = True
    yield
    FOUND["is_kept"] = False


def _session_on(connection: Connection) -> Session:
    return Session(
        connection,
        join_transaction_mode="create_savepoint",
        expire_on_commit=False,
        info={} if FOUND["is_kept"] else {ALONE: True},
    )


os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
MEMORY = Path("/dev/shm")  # where Linux keeps files in memory
ROOM = 2 * 1024**3  # bytes; a run takes a tenth of it


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of tests in memory where there is room: each commit would wait for a disk."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if (kept := getattr(config, "cache", None)) is not None:
        COMPILED.folder = kept.mkdir(f"templates-{_digest_of_compilers()}")
        for other in COMPILED.folder.parent.glob("templates-*"):
            if other != COMPILED.folder:
                shutil.rmtree(other, ignore_errors=True)


def _digest_of_compilers() -> str:
    rooms = Path(discussion.__file__).parent
    sources = sorted(path for pattern in COMPILERS for path in rooms.glob(pattern))
    versions = f"{sys.version} {jinja2.__version__}".encode()
    return sha256(b"".join([versions, *(path.read_bytes() for path in sources)])).hexdigest()[:12]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what no database could change: see `tests/one_database.py`."""
    left: list[pytest.Item] = []
    both: list[pytest.Item] = []
    for item in items:
        given = getattr(getattr(item, "callspec", None), "params", {})
        (left if is_left_out(item.nodeid, given) else both).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = both


def pytest_collection_finish() -> None:
    """What is there before the first test stays until the last: it need not be looked through.

    Until here nothing is looked through at all: see the first lines of this package.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


# A shell that starts the tests in the background lets them ignore Ctrl-C, and what they start too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
