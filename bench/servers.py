"""One server for each thing that is compared, in a process of its own, on this machine alone.

Every contestant of one table is served by the same server, `discussion serve`'s unless another is
asked for, with one process and as many threads. `bench/served.py` holds what is served.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask import Flask

THREADS = 8
SECRET = "a secret that is only used to measure"
LONGEST_START = 60.0  # seconds
HERE = Path(__file__).parents[1]
# How each server is called, as its own pages say; the last word is the application.
SERVERS = {
    "waitress": ("waitress", "--listen=127.0.0.1:{port}", "--threads={threads}",
                 "--connection-limit=1000", "--asyncore-use-poll", "{app}"),
    "gunicorn": ("gunicorn", "--bind=127.0.0.1:{port}", "--workers=1", "--worker-class=gthread",
                 "--threads={threads}", "--worker-connections=1000", "--keep-alive=75",
                 "--log-level=error", "{app}"),
    "granian": ("granian", "--interface=wsgi", "--host=127.0.0.1", "--port={port}", "--workers=1",
                "--blocking-threads={threads}", "--backpressure=1000", "--no-ws",
                "--log-level=error", "{app}"),
}  # fmt: skip


@dataclass(frozen=True)
class Served:
    """What is served: an application by its import name, and what its process must know."""

    app: str
    environment: Mapping[str, str]
    python: str = sys.executable
    folder: Path = HERE
    threads: int = THREADS


def settings_of(folder: Path, url: str = "") -> Any:
    from discussion.config import Settings

    return Settings(environment="test", secret_key=SECRET, data_dir=folder, database_url=url,
                    fast_passwords=True, threads=THREADS)  # fmt: skip


def site_app(folder: Path, *, is_cached: bool, url: str = "") -> Flask:
    """The site; without its cache every request is the first."""
    from bench.bypassing import without_pages
    from discussion.app import create_app

    app = create_app(settings_of(folder, url))
    return app if is_cached else without_pages(app)


def of_site(kind: str, folder: Path, url: str = "") -> Served:
    """A kind of bench/served.py over the database of this address, or SQLite in the folder."""
    said = {"BENCH_KIND": kind, "BENCH_FOLDER": str(folder), "BENCH_DATABASE": url}
    return Served("bench.served:app", said)


@dataclass(frozen=True)
class Server:
    """A server that answers on this machine, and its process."""

    port: int
    pid: int

    def processor_seconds(self) -> float:
        """What it and the processes that it began have taken of the processors so far."""
        return sum(map(_spent, _family(self.pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for began in Path(f"/proc/{pid}/task").glob("*/children"):  # by whichever of its threads
        for child in began.read_text().split():
            yield from _family(int(child))


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(what: Served, by: str) -> Iterator[Server]:
    """Once it answers; ended with the block, by its own number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [word.format(port=port, threads=what.threads, app=what.app) for word in SERVERS[by]]
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            [what.python, "-m", *words], cwd=what.folder, env=os.environ | what.environment,
            stdout=said, stderr=said,
        )  # fmt: skip
        try:
            if not _answers(port, server):
                said.seek(0)
                raise RuntimeError(f"{by} did not serve:\n{said.read()[-2000:].decode()}")
            yield Server(port, server.pid)
        finally:
            _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    """Whether it answers at all within its time."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return True
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    return False
