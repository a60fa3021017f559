"""What a table of the data is, and for whom it is read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Belonging, Viewer
from discussion.permissions.kinds import NOBODY
from discussion.permissions.visibility import visible_threads
from discussion.reach.packages.shapes import Column, Key, Row
from discussion.series.series.models import Series


@dataclass(frozen=True)
class Reading:
    """For whom a package is read, of which series, and what it may tell of today.

    What is under the Chatham House Rule is left out from `morning` on: two packages of one day
    would tell when it was written.
    """

    session: Session
    viewer: Viewer | None
    series: Series
    morning: datetime
    site_url: str
    has_rows: bool = False  # imported answers leave row by row


OfSeries = Callable[[Reading], Iterator[Row]]
OfThread = Callable[[Reading, Thread], Iterator[Row]]
Together = Callable[[Reading, Thread], Iterator[tuple[str, Row]]]  # rows by the name of their table
Mark = tuple[Any, ...]
Marks = Callable[[Reading], Iterator[Mark]]


@dataclass(frozen=True)
class DataTable:
    """A table of the data: of the series once, or of each thread that may be read.

    Rows stand in an order that tells nothing of time. `marks` name everything in the table that
    may be taken away later, each with what it is shown with: once one of them is no longer among
    those of the day, no package is served that was made with it. None: those of others cover it.
    """

    name: str
    title: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    of_series: OfSeries | None = None
    of_thread: OfThread | None = None
    together: Together | None = None  # with the tables beside that have the same, in one pass
    refers: tuple[Key, ...] = ()
    marks: Marks | None = None


def reading_of(
    session: Session, series: Series, now: datetime, *, site_url: str = "", has_rows: bool = False
) -> Reading:
    """As anybody reads who may read the series: a visitor, or of one for members any member."""
    return Reading(
        session, _anybody(series), series, clock.morning(clock.day(now)), site_url, has_rows
    )


def list_threads(reading: Reading) -> Sequence[Thread]:
    """Those that may be read, by their random ids."""
    return reading.session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.series_id == reading.series.id)
        .where(visible_threads(reading.viewer))
        .order_by(Thread.public_id)
    ).all()


def _anybody(series: Series) -> Viewer | None:
    if series.visibility != "members":
        return None
    return Viewer(
        person_id=NOBODY,
        public_id="",
        name="",
        is_confirmed=True,
        is_administrator=False,
        belongings={series.id: Belonging("contributor", is_admitted=True)},
    )


def iso_day(day: date | None) -> str | None:
    """A day as files write it."""
    return day.isoformat() if day else None
