"""One process that serves: the lock of SQLite, the application, and its worker if it has one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from flask import Flask

from discussion.config import Settings, SettingsError, from_environment

LOCK = "serving.lock"
REFUSAL = (
    "Another process (number {holder}) serves from {folder}. SQLite keeps one writer at a time in "
    "order within one process only, so a second serving process is refused. Stop the other one, or "
    "give this one a DISCUSSION_DATA_DIR of its own, or set DISCUSSION_DATABASE_URL to PostgreSQL. "
    "Commands such as `discussion backup` may run beside it."
)
BROKEN = (
    "The lock file {path} cannot be used: {why}. It must be a plain file that this user may write, "
    "on a disk of this machine; an empty one, or none, is as good as any."
)
_held: list[IO[str]] = []  # kept open for as long as the process lives


class SecondServerError(SettingsError):
    """Another process serves from the same SQLite file."""


def application(settings: Settings | None = None) -> Flask:
    """For gunicorn: `gunicorn "discussion.serving:application()"`.

    Takes the lock, and begins the embedded worker when the settings ask for one.
    """
    from discussion.app import create_app
    from discussion.web import logs

    settings = settings or from_environment()
    _held.append(take_lock(settings))
    logs.set_up(settings.log_level)
    app = create_app(settings)
    start_worker(app, settings)
    return app


def start_worker(app: Flask, settings: Settings) -> Any:
    """The embedded worker, begun; None where a separate one does the work."""
    if settings.worker != "embedded":
        return None
    from discussion.jobs.clockwork import Clockwork

    clockwork = Clockwork(app)
    clockwork.start()
    return clockwork


def take_lock(settings: Settings) -> IO[str]:
    """Be the one serving process of this SQLite file; raises SecondServerError.

    The lock is the system's, on the open file: it ends with the process, however that ends.
    """
    path = settings.data_dir / LOCK
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = path.open("a+", encoding="utf-8", errors="replace")
        if settings.is_sqlite:
            _lock(lock, settings)
    except OSError as error:
        raise SettingsError(BROKEN.format(path=path, why=error.strerror)) from error
    return lock


def _lock(lock: IO[str], settings: Settings) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        said = lock.read(40).strip()
        lock.close()
        holder = said if said.isdecimal() else "unknown"
        raise SecondServerError(REFUSAL.format(holder=holder, folder=settings.data_dir)) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()


@contextmanager
def the_lock(settings: Settings) -> Iterator[None]:
    """The lock for as long as the block runs."""
    lock = take_lock(settings)
    try:
        yield
    finally:
        lock.close()
