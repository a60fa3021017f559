"""What the worker does for packages: making them, and looking after those that are there."""

import logging
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.models import Job
from discussion.jobs.registry import Afterwards, Errand, Payload
from discussion.reach.packages.making import Edition, Tell, write_package
from discussion.reach.packages.models import DataPackage
from discussion.reach.packages.operations import (
    MAKE,
    keep,
    look_after,
    note_progress,
    take_away,
)
from discussion.reach.packages.queries.licensing import find_terms
from discussion.reach.packages.queries.page import count_rows
from discussion.reach.packages.queries.standing import hash_marks, read_states
from discussion.reach.packages.queries.tabling import reading_of
from discussion.reach.packages.shapes import Made
from discussion.reach.packages.words import MAKING, PIECE, WAITING
from discussion.web.site import site

log = logging.getLogger("discussion.packages")
LOOK_AFTER = "packages.look_after"


def prepare(session: Session, job: Job, now: datetime) -> Errand | None:
    """Read everything in one moment of the database into a file; it is kept afterwards."""
    package = session.get(DataPackage, job.payload["package"])
    if package is None or package.state not in (WAITING, MAKING):
        return None
    series = package.series
    states = read_states(session, series.id)
    terms = find_terms(session, series)
    reading = reading_of(
        session, series, now, site_url=site().settings.public_url, has_rows=terms.has_rows
    )
    edition = Edition(package.number, clock.iso(now, 10), terms)
    tell = _told(package.id, count_rows(session, series, has_rows=terms.has_rows))
    licence = terms.licence.slug if terms.licence else ""
    with ExitStack() as unless_made:
        file = unless_made.enter_context(TemporaryFile())
        shown = hash_marks(reading)
        files = write_package(file, reading, edition, tell)
        made = Made(files, _hash_of(file), shown, tuple(states), licence)
        unless_made.pop_all()  # it outlives this transaction
    return partial(_kept, package.id, file, made)


def _kept(package_id: int, file: IO[bytes], made: Made) -> Afterwards:
    def write(session: Session, now: datetime) -> None:
        package = session.get(DataPackage, package_id)
        with file:
            file.seek(0)
            if package is not None:
                keep(session, package, file, made, now=now)

    return write


def failed(session: Session, job: Job, _error: Exception, now: datetime) -> None:
    """Its page says so, and another is made the next day."""
    package = session.get(DataPackage, job.payload["package"])
    if package is not None and package.state in (WAITING, MAKING) and job.failed_at is not None:
        take_away(session, package, "failed", now=now)


def look_again(session: Session, _payload: Payload, now: datetime) -> None:
    """Take away what may not be shown any more, and have made what is missing."""
    look_after(session, now=now)


def _told(package_id: int, of: int) -> Tell:
    """Note how far it is, in transactions of their own, of which no kept page is the staler.

    While somebody writes just then nothing is noted: the next note says it.
    """
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        try:
            with site().unnoticed() as session:
                note_progress(session, package_id, done, of)
        except OperationalError as error:
            log.info("not noted how far", extra={"error": type(error.orig).__name__})

    return tell


def _hash_of(file: IO[bytes]) -> str:
    file.seek(0)
    hashed = sha256()
    while body := file.read(PIECE):
        hashed.update(body)
    return hashed.hexdigest()


OUTSIDE = {MAKE: prepare}
ENDED = {MAKE: failed}
TASKS = {LOOK_AFTER: look_again}
PERIODIC = {LOOK_AFTER: timedelta(minutes=1)}
