"""The worker's clock: huey wakes it when there is work, and once a minute."""

import logging
import threading
from datetime import datetime

from flask import Flask
from huey.consumer import Consumer

from discussion.jobs.waking import Waker, make_huey, wake_task
from discussion.jobs.worker import Worker
from discussion.web.site import site

log = logging.getLogger("discussion.jobs")
BEAT_SECONDS = 30.0
GRACE_SECONDS = 30.0


class Clockwork:
    """A worker with its clock, in threads of this process."""

    def __init__(self, app: Flask, worker: Worker | None = None) -> None:
        self.worker = worker or Worker(app)
        self._site = site(app)
        settings = self._site.settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._huey = make_huey(settings)
        self._wake = wake_task(self._huey, self.worker)
        self._huey.periodic_task(_every_minute, name="tick")(self._tick)
        self._closing = threading.Lock()
        self._huey.on_shutdown()(self._close_queue)  # in each thread that listens
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
        self._close_queue()
        if isinstance(self._site.wake, Waker):
            self._site.wake.close()

    def _close_queue(self) -> None:
        """Let go of it; one after another, since huey looks and closes in two steps."""
        with self._closing:
            self._huey.storage.close()

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


def _every_minute(_at: datetime) -> bool:
    return True
