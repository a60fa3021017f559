"""Finding packages, and the pieces of their file."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.reach.packages.models import DataPackage, DataPiece


def newest_of(session: Session, series_id: int, state: str = "") -> DataPackage | None:
    """The newest, or the newest in that state."""
    rows = select(DataPackage).where(DataPackage.series_id == series_id)
    if state:
        rows = rows.where(DataPackage.state == state)
    return session.scalar(rows.order_by(DataPackage.number.desc()).limit(1))


def find_package(session: Session, series_id: int, number: int) -> DataPackage | None:
    """One by its number."""
    return session.scalar(
        select(DataPackage)
        .where(DataPackage.series_id == series_id)
        .where(DataPackage.number == number)
    )


def read_pieces(session: Session, package_id: int) -> Iterator[bytes]:
    """The file, a piece at a time."""
    number = 0
    while True:
        body = session.scalar(
            select(DataPiece.body)
            .where(DataPiece.package_id == package_id)
            .where(DataPiece.number == number)
        )
        if body is None:
            return
        yield body
        number += 1
