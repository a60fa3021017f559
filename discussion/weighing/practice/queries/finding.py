"""Finding rows by what stands in an address: nothing where there is none, or not for who asks."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.weighing.practice.keys import LINK_LENGTH, hash_of
from discussion.weighing.practice.models import (
    DRAFT,
    OPEN,
    Instrument,
    Organisation,
    Run,
    RunInvitation,
    Unit,
)


def find_run(session: Session, viewer: Viewer | None, public_id: str) -> Run | None:
    """A run that the viewer coordinates; to all others it is not there."""
    run = session.scalar(select(Run).where(Run.public_id == public_id))
    return run if run is not None and allowed(viewer, May.COORDINATE, run) else None


def find_invitation(session: Session, link: str) -> RunInvitation | None:
    """Whose link it is."""
    if len(link) != LINK_LENGTH:
        return None
    return session.scalar(select(RunInvitation).where(RunInvitation.link_hash == hash_of(link)))


def find_code(session: Session, code: str) -> tuple[Run, Unit | None] | None:
    """The run of a code, and the unit where it is a unit's; however it was typed."""
    plain = "".join(code.split()).replace("-", "").lower()
    unit = session.scalar(select(Unit).where(Unit.code == plain))
    if unit is not None:
        return unit.run, unit
    run = session.scalar(select(Run).where(Run.code == plain))
    return (run, None) if run is not None else None


def find_organisation(
    session: Session, viewer: Viewer | None, slug: str, public_id: str
) -> Organisation | None:
    """One of a series that the viewer may read; it is named to its coordinators and administrators
    alone."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    row = session.scalar(
        select(Organisation)
        .where(Organisation.series_id == series.id)
        .where(Organisation.public_id == public_id)
    )
    if row is None or not (allowed(viewer, May.COORDINATE, row) or allowed(viewer, May.ADMINISTER)):
        return None
    return row


def newest_instrument(session: Session, series: Series, *, state: str) -> Instrument | None:
    return session.scalar(
        select(Instrument)
        .where(Instrument.series_id == series.id)
        .where(Instrument.state == state)
        .order_by(Instrument.version.desc())
        .limit(1)
    )


def find_draft(session: Session, series: Series) -> Instrument | None:
    return newest_instrument(session, series, state=DRAFT)


def find_open(session: Session, series: Series, version: int | None = None) -> Instrument | None:
    """The newest open version, or the one that is asked for."""
    if version is None:
        return newest_instrument(session, series, state=OPEN)
    return session.scalar(
        select(Instrument)
        .where(Instrument.series_id == series.id)
        .where(Instrument.state == OPEN)
        .where(Instrument.version == version)
    )


def count_asked(session: Session, run: Run) -> int:
    asked = select(func.count()).select_from(RunInvitation).where(RunInvitation.run_id == run.id)
    return session.scalar(asked) or 0
