"""One server for each thing that is compared: waitress with eight threads, in a process of its own.

`python -m bench.servers KIND FOLDER PORT` serves one; `serving` starts it from the bench.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask import Flask, Response

THREADS = 8
SECRET = "a secret that is only used to measure"
LONGEST_START = 40.0  # seconds


def settings_of(folder: Path) -> Any:
    from discussion.config import Settings

    return Settings(environment="test", secret_key=SECRET, data_dir=folder, fast_passwords=True,
                    threads=THREADS)  # fmt: skip


def site_app(folder: Path, *, is_cached: bool) -> Flask:
    """The site; without its cache every request is the first."""
    from discussion.app import create_app
    from discussion.web.site import site

    app = create_app(settings_of(folder))
    if not is_cached:
        site(app).assets["pages"].keep = lambda *_given: None
    return app


def ready_app(folder: Path) -> Flask:
    """A view that returns the thread page's bytes ready-made."""
    body = (folder / "thread.html").read_bytes()
    app = Flask("ready")

    @app.get("/")
    def ready() -> Response:
        return Response(body, mimetype="text/html")

    return app


def _plain_app(folder: Path) -> Flask:
    from bench.plain import plain_app

    return plain_app(folder, (folder / "thread.html").stat().st_size)


KINDS = {
    "cached": lambda folder: site_app(folder, is_cached=True),
    "uncached": lambda folder: site_app(folder, is_cached=False),
    "ready": ready_app,
    "plain": _plain_app,
}


@contextmanager
def serving(kind: str, folder: Path) -> Iterator[int]:
    """Its port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "bench.servers", kind, str(folder), str(port)]
    server = subprocess.Popen(command)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("a server to be measured did not start")


def main(kind: str, folder: str, port: str) -> None:
    import logging

    from waitress import serve

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    serve(KINDS[kind](Path(folder)), host="127.0.0.1", port=int(port), threads=THREADS,
          connection_limit=1_000, asyncore_use_poll=True)  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
