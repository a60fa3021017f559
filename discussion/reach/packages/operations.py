"""Asking for a package, keeping it, taking it away; and on which terms a series gives its data."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from discussion import clock
from discussion.audit.operations import append_event
from discussion.debate.threads.models import Thread
from discussion.jobs.queue import enqueue
from discussion.permissions.facts import READABLE_STATUSES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.reach.packages.models import DataPackage, DataPiece, DataTerms
from discussion.reach.packages.queries.finding import newest_of
from discussion.reach.packages.queries.standing import is_newest, stands
from discussion.reach.packages.shapes import Made
from discussion.reach.packages.words import GONE, MAKING, PIECE, READY, WAITING
from discussion.records import dump
from discussion.series.series.models import Series

MAKE = "packages.make"
GIVES_UP = timedelta(hours=6)  # a making that nobody ended


def ask_for(session: Session, actor: Viewer, series: Series, *, now: datetime) -> DataPackage:
    """Have a new package made, unless one is being made already."""
    require(actor, May.CONVENE, series)
    return promise(session, series, now=now)


def set_terms(
    session: Session, actor: Viewer, series: Series, *, licence: str, ratings: str, now: datetime
) -> None:
    """Say under which licence the data is given, and how imported answers leave; made anew."""
    require(actor, May.CONVENE, series)
    row = session.get(DataTerms, series.id)
    if row is None:
        row = DataTerms(series_id=series.id)
        session.add(row)
    if (row.licence, row.ratings) == (licence, ratings):
        return
    row.licence, row.ratings = licence, ratings
    session.flush()
    append_event(
        session,
        series_id=series.id,
        actor_id=actor.person_id,
        verb="set_data_terms",
        subject=("series", series.public_id),
        now=now,
        details={"licence": licence, "ratings": ratings},
    )
    for package in _not_gone(session, series.id):  # one that is being made has the old terms
        take_away(session, package, "replaced", now=now)
    promise(session, series, now=now)


def promise(session: Session, series: Series, *, now: datetime) -> DataPackage:
    """The package that is being made, or a new one with the work for it; one for two who ask."""
    session.flush()
    session.refresh(series, with_for_update={"of": Series, "key_share": True})
    newest = newest_of(session, series.id)
    if newest is not None and newest.state in (WAITING, MAKING):
        return newest
    package = DataPackage(
        series_id=series.id,
        number=(newest.number + 1) if newest else 1,
        state=WAITING,
        asked_at=now,
    )
    session.add(package)
    session.flush()
    enqueue(session, MAKE, {"package": package.id}, now=now)
    return package


def note_progress(session: Session, package_id: int, done: int, of: int) -> None:
    """How far a making is, for its page."""
    session.execute(
        update(DataPackage)
        .where(DataPackage.id == package_id)
        .where(DataPackage.state.in_((WAITING, MAKING)))
        .values(state=MAKING, done_rows=done, all_rows=of)
    )


def keep_pieces(session: Session, package: DataPackage, file: IO[bytes]) -> int:
    """The file in pieces, as they are sent; returns how many bytes it has."""
    size = number = 0
    while body := file.read(PIECE):
        session.execute(insert(DataPiece).values(package_id=package.id, number=number, body=body))
        size, number = size + len(body), number + 1
    return size


def keep(
    session: Session, package: DataPackage, file: IO[bytes], made: Made, *, now: datetime
) -> None:
    """Keep what was made and let go of what was before; nothing of one that was given up."""
    _hold(session, package)
    if package.state not in (WAITING, MAKING):
        return
    for before in _ready(session, package.series_id):
        take_away(session, before, "replaced", now=now)
    package.size = keep_pieces(session, package, file)
    package.sha256, package.shown, package.states = (
        made.sha256,
        made.shown,
        [str(one) for one in made.states],
    )
    package.contents = {one.path: dump(one) for one in made.files}
    package.terms = {"licence": made.licence}
    package.state, package.made_at = READY, now
    session.flush()


def take_away(session: Session, package: DataPackage, why: str, *, now: datetime) -> None:
    """Nothing of it stays but its hash, when it went, and why."""
    _hold(session, package)
    session.execute(delete(DataPiece).where(DataPiece.package_id == package.id))
    package.shown, package.contents, package.terms, package.states = b"", {}, {}, []
    package.state, package.gone_at, package.gone_why = GONE, now, why
    session.flush()


def _hold(session: Session, package: DataPackage) -> None:
    """Of who keeps and who takes away, the second sees what the first did."""
    session.flush()
    session.refresh(package, with_for_update={"of": DataPackage})


def look_after(session: Session, *, now: datetime) -> int:
    """Take away what may not be shown any more; make what is missing, and each night what is old.

    Asks no right: the site does it by itself. Returns how many went.
    """
    went = 0
    for package in session.scalars(select(DataPackage).where(DataPackage.state == READY)).all():
        if not stands(session, package):
            take_away(session, package, "changed", now=now)
            went += 1
    for package in session.scalars(
        select(DataPackage)
        .where(DataPackage.state.in_((WAITING, MAKING)))
        .where(DataPackage.asked_at < now - GIVES_UP)
    ).all():
        take_away(session, package, "failed", now=now)
    for series in _with_threads(session):
        newest = newest_of(session, series.id)
        if newest is None or _is_due(session, newest, now):
            promise(session, series, now=now)
    return went


def _is_due(session: Session, newest: DataPackage, now: datetime) -> bool:
    morning = clock.morning(clock.day(now))
    if newest.state == GONE:
        return newest.gone_why != "failed" or (newest.gone_at or now) < morning
    made = newest.made_at
    return made is not None and made < morning and not is_newest(session, newest)


def _with_threads(session: Session) -> Sequence[Series]:
    there = select(Thread.series_id).where(Thread.stage != "proposed")
    return session.scalars(
        select(Series).where(Series.status.in_(READABLE_STATUSES)).where(Series.id.in_(there))
    ).all()


def _not_gone(session: Session, series_id: int) -> Sequence[DataPackage]:
    return session.scalars(
        select(DataPackage)
        .where(DataPackage.series_id == series_id)
        .where(DataPackage.state != GONE)
    ).all()


def _ready(session: Session, series_id: int) -> Sequence[DataPackage]:
    return [one for one in _not_gone(session, series_id) if one.state == READY]
