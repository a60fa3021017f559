"""A series with positions, responses and a closed round, of which a package is made."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

from flask import Flask
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.reach.packages import tasks
from discussion.reach.packages.models import DataPackage
from discussion.reach.packages.operations import MAKE, promise
from discussion.reach.packages.queries.finding import read_pieces
from discussion.series.series.models import Series
from tests.factories import NOW

LATER = NOW + timedelta(days=3)  # so that what is under the Chatham House Rule is told


def make_package(
    app: Flask, session: Session, series: Series, now: datetime = LATER
) -> DataPackage:
    """Have it made now, as the worker does."""
    package, finish = begin_package(app, session, series, now)
    finish()
    return package


def begin_package(
    app: Flask, session: Session, series: Series, now: datetime = LATER
) -> tuple[DataPackage, Callable[[], None]]:
    """Have it read now; and what keeps it."""
    package = promise(session, series, now=now)
    with app.test_request_context():
        errand = tasks.prepare(session, _job(package), now)
        assert errand is not None
        afterwards = errand()

    def finish() -> None:
        assert afterwards is not None
        afterwards(session, now)
        session.flush()

    return package, finish


def read_package(session: Session, package: DataPackage) -> dict[str, str]:
    """Every file in it, by its path."""
    return unpack(b"".join(read_pieces(session, package.id)))


def unpack(body: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(body)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_of(files: dict[str, str], table: str) -> list[dict[str, object]]:
    """The rows of a table, as JSON Lines have them."""
    return [json.loads(line) for line in files[f"jsonl/{table}.jsonl"].split("\n") if line]


def _job(package: DataPackage) -> Job:
    return Job(name=MAKE, payload={"package": package.id})
