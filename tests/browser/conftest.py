"""A real server on a free port on a file of SQLite, and a real browser (or a loud skip)."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread as OSThread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from discussion.app import create_app
from discussion.cli.demo import demonstration_settings
from discussion.config import Settings
from discussion.db import transaction
from discussion.migrations import every_table
from tests.conftest import SECRET, session_of

CHROMIUM = Path("/usr/bin/chromium")
# Without these a processor of its own is played to it, which takes a quarter of the time.
FLAGS = ["--no-sandbox", "--disable-gpu", "--in-process-gpu", "--renderer-process-limit=1"]


@dataclass
class Served:
    """An application that answers at `url`; rows are made in `transaction()`."""

    app: Flask
    url: str
    contexts: list[Any] = field(default_factory=list)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with transaction(self.app.extensions["site"].engine) as session:
            yield session

    def cookie_of(self, person: Any) -> dict[str, Any]:
        """The cookie of somebody signed in, as a browser takes it."""
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        value = signer.dumps({"_user_id": session_of(self.app, person), "_fresh": True})
        return {"name": "session", "value": value, "url": self.url, "httpOnly": True}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, empty, served by threads on a free port of this machine."""
    folder = tmp_path_factory.mktemp("served")
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    settings = Settings(
        environment="test",
        secret_key=SECRET,
        base_url=url,
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'site.sqlite'}",
        fast_passwords=True,
        crossref_url="http://127.0.0.1:9",
    )
    server.app = app = create_app(settings)
    engine = app.extensions["site"].engine
    every_table().create_all(engine)
    thread = OSThread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(app, url)
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()


@pytest.fixture(scope="module")
def demonstrated(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, served by threads on a free port."""
    folder = tmp_path_factory.mktemp("shown")
    shutil.copytree(demonstration, folder, dirs_exist_ok=True)
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    settings = demonstration_settings(folder, server.server_port)
    server.app = app = create_app(settings)
    thread = OSThread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(app, settings.base_url)
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["site"].engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; without one these tests say what to install."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="install requirements/dev.txt to test in a browser"
    )
    if not CHROMIUM.exists():
        pytest.skip("no browser: install Debian's package chromium to run these tests")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


Opener = Callable[..., Any]


@pytest.fixture
def open_page(chromium: Any, served: Served) -> Iterator[Opener]:
    """Opens a page: `open_page(path, person=…, scripts=False, width=360, theme="dark")`.

    A script error or an address that the policy refuses fails the test.
    """
    contexts, wrong = [], []

    def open_it(path: str, *, person: Any = None, scripts: bool = True, width: int = 1440,
                height: int = 900, theme: str = "light", touch: bool = False,
                context: Any = None) -> Any:  # fmt: skip
        if context is None:
            context = chromium.new_context(
                base_url=served.url, java_script_enabled=scripts, color_scheme=theme,
                viewport={"width": width, "height": height}, reduced_motion="reduce",
                has_touch=touch, is_mobile=touch,
            )  # fmt: skip
            context.set_default_timeout(20_000)
            contexts.append(context)
            if person is not None:
                context.add_cookies([served.cookie_of(person)])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: _note(said, wrong))
        page.goto(path)
        if scripts:
            page.wait_for_selector("html[data-awake]", state="attached")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert not wrong, wrong


def _note(said: Any, wrong: list[str]) -> None:
    """The browser's own line about an answer of 400 or more is no error of a script."""
    if said.type == "error" and "Failed to load resource" not in said.text:
        wrong.append(said.text)
