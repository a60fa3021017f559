"""The worker: does what the outbox promises, one job after another.

What a kill in the middle means. The claim is a transaction of its own, so that a job that brings
the process down is counted and given up in the end. The task and its mark `done_at` are one
transaction: killed before its commit, nothing was done and the job is taken again when its lease
has run out; killed after, it is done. Mail is the one thing that no transaction can hold. It is
prepared in a transaction, sent outside any, and then marked: a kill after the server said yes and
before the mark is kept sends it a second time, under the same Message-ID, which most mail systems
show once. That is the only window, it is some milliseconds wide, and losing mail would be worse.
Asking another server is done likewise, but what it said is kept together with the mark: killed
before, it is asked again.

Two lanes. Mail waits for servers that may be slow or silent, so it is done when nothing else waits,
and in a lane of its own: while one thread waits for a server, another does what else is due.
"""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from discussion import clock
from discussion.db import random_id
from discussion.jobs.claims import (
    LEASE,
    MAX_ATTEMPTS,
    Died,
    Later,
    claim_job,
    find_claimed,
    find_next_due,
    mark_done,
    mark_failed,
    put_off,
    release_claims,
    renew_claims,
)
from discussion.jobs.models import Heartbeat, Job
from discussion.jobs.queue import enqueue
from discussion.jobs.registry import WORK, Registry
from discussion.web.site import site

log = logging.getLogger("discussion.jobs")
GRACE_SECONDS = 10.0


class Worker:
    """Does jobs for one application; any number of them may run beside each other."""

    def __init__(
        self, app: Flask, registry: Registry | None = None, *, lease: timedelta = LEASE
    ) -> None:
        self._app = app
        self._registry = registry or WORK()()
        app.extensions["registry"] = self._registry
        self._lease = lease
        self._stopping = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._last_lane = threading.Lock()
        self._is_asked_again = threading.Event()
        self.name = f"{socket.gethostname()[:16]}-{os.getpid()}-{random_id(6)}"

    def sweep(self) -> int:
        """Do every job that is due; returns how many were taken.

        What comes last is left to the thread that is at it already, if there is one.
        """
        taken = self._sweep_first()
        self._is_asked_again.set()
        while self._is_asked_again.is_set() and self._last_lane.acquire(blocking=False):
            try:
                self._is_asked_again.clear()
                while self._take_one(only=self._registry.last.keys()):
                    taken += 1 + self._sweep_first()
            finally:
                self._last_lane.release()
        return taken

    def _sweep_first(self) -> int:
        taken = 0
        with self._one_at_a_time:
            while self._take_one(but=self._registry.last.keys()):
                taken += 1
        return taken

    def _take_one(self, *, only: Collection[str] | None = None, but: Collection[str] = ()) -> bool:
        if self._stopping.is_set():
            return False
        with self._session() as session:
            job = claim_job(
                session,
                self.name,
                clock.now(),
                self._lease,
                only=only,
                but=but,
                gave_up=partial(self._ended, session, error=Died()),
            )
            session.commit()
        if job is None:
            return False
        self._do(job)
        return True

    def seconds_to_next(self, within: timedelta) -> float | None:
        """How long until a job is due that was promised for a moment not far ahead."""
        now = clock.now()
        with self._session(writes=False) as session:
            due = find_next_due(session, now, now + within)
        return None if due is None else max(0.0, (due - clock.now()).total_seconds())

    def tick(self) -> None:
        """Promise the regular work of this interval, once however many workers there are."""
        now = clock.now()
        for name, every in self._registry.periodic.items():
            turn = int(now.timestamp() // every.total_seconds())
            try:
                with self._session() as session:
                    enqueue(session, name, {}, now=now, once_key=f"{name}@{turn}")
                    session.commit()
            except IntegrityError:
                continue  # another worker promised it in this very moment

    def beat(self) -> None:
        """Say that this worker lives, and keeps what it has in hand."""
        with self._session() as session:
            renew_claims(session, self.name, clock.now())
            session.merge(Heartbeat(name=self.name, at=clock.now()))
            session.commit()

    def stop(self) -> None:
        """Take no more jobs; the one in hand is finished."""
        self._stopping.set()

    def leave(self) -> None:
        """After stopping: give back what was claimed, and take the heartbeat along.

        What still waits for a slow server keeps its claim, so that nobody does it beside.
        """
        is_free = self._last_lane.acquire(timeout=GRACE_SECONDS)
        with self._one_at_a_time, self._session() as session:
            if is_free:
                session.execute(release_claims(self.name))
            session.execute(delete(Heartbeat).where(Heartbeat.name == self.name))
            session.commit()
        if is_free:
            self._last_lane.release()

    def _do(self, job: Job) -> None:
        began = clock.now()
        try:
            self._do_outside(job) if job.name in self._registry.outside else self._do_inside(job)
        except Later as wait:
            self._put_off(job, wait.until)
            return
        except Exception as error:
            self._failed(job, error)
            return
        spent = (clock.now() - began).total_seconds()
        log.info("job done", extra={"job": job.id, "task": job.name, "ms": round(1000 * spent, 1)})

    def _do_inside(self, claimed: Job) -> None:
        task = self._registry.tasks.get(claimed.name)
        if task is None:
            raise LookupError("no room has a task of this name")
        with self._surroundings(), self._session() as session:
            job = find_claimed(session, claimed.id, self.name)
            if job is None:
                return  # another worker took it over
            task(session, job.payload, clock.now())
            mark_done(job, clock.now())
            session.commit()

    def _do_outside(self, claimed: Job) -> None:
        prepare = self._registry.outside[claimed.name]
        with self._surroundings():
            with self._session(writes=False) as session:
                errand = prepare(session, claimed, clock.now())
            afterwards = errand() if errand is not None else None
            with self._session() as session:
                job = find_claimed(session, claimed.id, self.name)
                if job is not None:
                    if afterwards is not None:
                        afterwards(session, clock.now())
                    mark_done(job, clock.now())
                session.commit()

    def _put_off(self, job: Job, until: datetime) -> None:
        with self._session() as session:
            put_off(session, job.id, self.name, until, "It waits for others before it")
            session.commit()

    def _failed(self, job: Job, error: Exception) -> None:
        said = describe_error(error)
        log.error(
            "job failed",
            extra={"job": job.id, "task": job.name, "attempt": job.attempts, "error": said},
        )
        now, most = clock.now(), getattr(error, "most_attempts", MAX_ATTEMPTS)
        with self._session() as session:
            until = self._ended(session, job, error)
            if until:
                put_off(session, job.id, self.name, until, said)
            else:
                mark_failed(session, job.id, self.name, said, now, most)
            session.commit()

    def _ended(self, session: Session, job: Job, error: Exception) -> datetime | None:
        """What its room keeps of a job that failed; until when it wants it put off."""
        ended = self._registry.ended.get(job.name)
        return ended(session, job, error, clock.now()) if ended else None

    def _session(self, *, writes: bool = True) -> Session:
        return site(self._app).open_session(writes)

    def _surroundings(self) -> "_Surroundings":
        return _Surroundings(self._app)


class _Surroundings:
    """What a task finds around it: the application, and addresses that begin with the site's."""

    def __init__(self, app: Flask) -> None:
        self._request = app.test_request_context(base_url=site(app).settings.public_url)

    def __enter__(self) -> None:
        self._request.push()

    def __exit__(self, *_given: object) -> None:
        self._request.pop()


def describe_error(error: Exception) -> str:
    """Kind and place of an error, without its message: that could quote what people wrote."""
    frames = [
        f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-4:]
    ]
    return f"{type(error).__name__} in {' > '.join(frames)}"
