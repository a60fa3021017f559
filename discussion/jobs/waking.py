"""Waking the worker: a queue of wake-ups that whoever promised work fills, and a worker empties.

Nothing of value is ever in huey's hands. A wake-up that is lost costs at most a minute, until the
next sweep.
"""

import logging
import threading
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import event

from discussion.config import Settings
from discussion.db import keep_private
from discussion.jobs.worker import Worker
from discussion.later import later
from discussion.web.site import site

if TYPE_CHECKING:
    import huey
else:
    huey = later("huey")

log = logging.getLogger("discussion.jobs")
TICK = timedelta(minutes=1)


def install(app: Flask) -> None:
    """From now on a commit that promised work wakes a worker, in this process or another."""
    waker = Waker(site(app).settings)
    site(app).wake = waker
    event.listen(site(app).engine, "engine_disposed", lambda _engine: waker.close())


class Waker:
    """Wakes the worker; begins with the first call, so that commands stay quick."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._huey: Any = None
        self._wake: Any = None

    def __call__(self) -> None:
        try:
            with self._lock:
                if self._huey is None:
                    self._huey = make_huey(self._settings)
                    self._wake = wake_task(self._huey, None)
            self._wake()
        except Exception as error:  # the sweep will find the job; nobody needs to wait for that
            log.warning("not woken", extra={"error": type(error).__name__})

    def close(self) -> None:
        """Let go of the queue."""
        with self._lock:
            if self._huey is not None:
                self._huey.storage.close()
            self._huey = None


def make_huey(settings: Settings) -> "huey.Huey":
    """A queue of wake-ups: a file beside SQLite's, or tables of its own in PostgreSQL."""
    if settings.is_sqlite:
        path = str(settings.data_dir / "wake.sqlite")
        keep_private(path)
        return huey.SqliteHuey("wake", filename=path, results=False)
    dsn = settings.sqlalchemy_url.replace("postgresql+psycopg://", "postgresql://", 1)
    return huey.PostgresHuey("wake", dsn=dsn, results=False)


def wake_task(queue: "huey.Huey", worker: Worker | None) -> Any:
    planned = [0.0]

    def wake() -> None:
        if worker is None:
            return
        worker.sweep()
        seconds = worker.seconds_to_next(TICK)
        if seconds is None:
            return
        at = monotonic() + seconds
        if not monotonic() < planned[0] <= at:  # nothing wakes it before, or just then
            planned[0] = at
            task.schedule(delay=seconds)

    task = queue.task(name="wake")(wake)
    return task
