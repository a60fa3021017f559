"""The site served for real: a process of its own on a free port, with its own SQLite file."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from discussion.db import make_engine, transaction
from tests.conftest import SECRET
from tests.databases import migrated_database

LONGEST_START = 40.0  # seconds
ROOT = Path(__file__).parents[2]


@contextmanager
def served(folder: Path, fill: Callable[[Session], Any]) -> Iterator[tuple[str, Engine, Any]]:
    """Its address, an engine on its database, and what `fill` returned; ended afterwards."""
    port = _free_port()
    environ = {name: value for name, value in os.environ.items() if "DISCUSSION" not in name} | {
        "DISCUSSION_ENVIRONMENT": "test",
        "DISCUSSION_FAST_PASSWORDS": "true",
        "DISCUSSION_SECRET_KEY": SECRET,
        "DISCUSSION_DATA_DIR": str(folder),
        "DISCUSSION_PORT": str(port),
        "DISCUSSION_LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "discussion"]
    with migrated_database("sqlite", folder) as url:
        environ["DISCUSSION_DATABASE_URL"] = url
    engine = make_engine(url, threads=2)
    with transaction(engine) as session:
        filled = fill(session)
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen([*command, "serve"], env=environ, cwd=ROOT, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server, folder / "server.log")
        yield address, engine, filled
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(5)
        log.close()
        engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            if httpx.get(f"{address}/healthz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer: {log.read_text()}")
