"""Commands as somebody types them: processes of their own, with settings of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.conftest import SECRET

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """What a command finds around it: nothing of ours but these settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DISCUSSION_")}
    own = {"SECRET_KEY": SECRET, "BASE_URL": "https://talk.example.org", "DATA_DIR": str(folder)}
    own |= settings
    return kept | {f"DISCUSSION_{name}": value for name, value in own.items()}


def run(
    *words: str, env: dict[str, str], python: str = sys.executable, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """One command, until it ends."""
    return subprocess.run(
        [python, "-m", "discussion", *words], env=env, cwd=cwd, text=True, capture_output=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


@contextmanager
def served(
    *words: str, env: dict[str, str], cwd: Path = ROOT, python: str = sys.executable
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A command that serves: its address once it answers; ended as by Ctrl-C."""
    process = subprocess.Popen(
        [python, "-m", "discussion", *words], env=env, cwd=cwd, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield _address(process), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=30)
        finally:
            process.kill()


def fetch(address: str) -> str:
    """A page, or an OSError."""
    with urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


def free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            _wait_for(found.group())
            return found.group()
    raise AssertionError("".join(said))


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fetch(f"{address}/healthz")
        except OSError:
            assert time.monotonic() < end, "it never answered"
            time.sleep(0.05)
        else:
            return
