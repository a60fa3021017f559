"""huey's one home: it wakes the worker when there is work, and keeps its clock.

Nothing of value is ever in huey's hands. A wake-up that is lost costs at most a minute, until the
next sweep.
"""

import logging
import threading
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey
from huey.consumer import Consumer
from sqlalchemy import event

from discussion.config import Settings
from discussion.db import keep_private
from discussion.jobs.worker import Worker
from discussion.web.site import site

log = logging.getLogger("discussion.jobs")
BEAT_SECONDS = 30.0
TICK = timedelta(minutes=1)
GRACE_SECONDS = 30.0


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
                    self._wake = _wake_task(self._huey, None)
            self._wake()
        except Exception as error:  # the sweep will find the job; nobody needs to wait for that
            log.warning("not woken", extra={"error": type(error).__name__})

    def close(self) -> None:
        """Let go of the queue."""
        with self._lock:
            if self._huey is not None:
                self._huey.storage.close()
            self._huey = None


class Clockwork:
    """A worker with its clock, in threads of this process."""

    def __init__(self, app: Flask, worker: Worker | None = None) -> None:
        self.worker = worker or Worker(app)
        self._site = site(app)
        settings = self._site.settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._huey = make_huey(settings)
        self._wake = _wake_task(self._huey, self.worker)
        self._huey.periodic_task(_every_minute, name="tick")(self._tick)
        self._huey.on_shutdown()(self._huey.storage.close)  # in the thread that listens
        self._consumer = _QuietConsumer(
            self._huey, workers=2, max_delay=1.0, shutdown_timeout=GRACE_SECONDS
        )  # one may wait for a mail server while the other does what else is due
        self._ended = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin; whatever waited is done at once."""
        logging.getLogger("huey").setLevel(logging.WARNING)
        self._heart.start()
        self._consumer.start()

    def stop(self) -> None:
        """End in good order: the job in hand is finished, the rest stays for the next worker."""
        self.worker.stop()
        self._ended.set()
        self._consumer.stop(graceful=True)
        self._heart.join(GRACE_SECONDS)
        self.worker.leave()
        self._huey.storage.close()
        if isinstance(self._site.wake, Waker):
            self._site.wake.close()

    def _tick(self) -> None:
        self.worker.tick()
        self._wake.call_local()

    def _beat(self) -> None:
        while True:
            try:
                self.worker.beat()
            except Exception as error:
                log.warning("no heartbeat", extra={"error": type(error).__name__})
            if self._ended.wait(BEAT_SECONDS):
                return


class _QuietConsumer(Consumer):  # type: ignore[misc]  # huey ships no types
    """A consumer that leaves the process's signals to whoever started it."""

    def _set_signal_handlers(self) -> None:
        return


def make_huey(settings: Settings) -> Huey:
    """A queue of wake-ups: a file beside SQLite's, or tables of its own in PostgreSQL."""
    if settings.is_sqlite:
        path = str(settings.data_dir / "wake.sqlite")
        keep_private(path)
        return SqliteHuey("wake", filename=path, results=False)
    dsn = settings.sqlalchemy_url.replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresHuey("wake", dsn=dsn, results=False)


def _wake_task(huey: Huey, worker: Worker | None) -> Any:
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

    task = huey.task(name="wake")(wake)
    return task


def _every_minute(_at: datetime) -> bool:
    return True
