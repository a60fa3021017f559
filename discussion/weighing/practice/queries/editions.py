"""Whether an edition still stands: by what its organisations let be told now."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.records import read
from discussion.series.series.models import Series
from discussion.weighing.practice.models import Edition, Run
from discussion.weighing.practice.shapes_sector import SectorFigures


def stands(session: Session, edition: Edition) -> bool:
    """Whether every run in it was counted all the while; who left and came back has left."""
    if edition.withdrawn_at is not None:
        return False
    rows = session.execute(
        select(Run.public_id, Run.shared_at).where(Run.public_id.in_(edition.runs))
    ).all()
    shared = {key: at for key, at in rows if at is not None and at <= edition.made_at}
    return set(shared) == set(edition.runs)


def find_edition(session: Session, series: Series, number: int) -> Edition | None:
    """One edition, whether it stands or was withdrawn."""
    return session.scalar(
        select(Edition).where(Edition.series_id == series.id, Edition.number == number)
    )


def standing_editions(session: Session, series: Series) -> Iterator[Edition]:
    """Those that stand, the newest first."""
    rows = session.scalars(
        select(Edition)
        .where(Edition.series_id == series.id, Edition.withdrawn_at.is_(None))
        .order_by(Edition.number.desc())
    ).all()
    return (each for each in rows if stands(session, each))


def newest_edition(session: Session, series: Series) -> Edition | None:
    """The newest that stands."""
    return next(standing_editions(session, series), None)


def figures_of(session: Session, edition: Edition) -> SectorFigures | None:
    """What it tells; None once it does not stand."""
    return read(SectorFigures, edition.figures) if stands(session, edition) else None
