"""Whether everything in a package may still be shown: asked whenever it is read.

Nothing has to be told to this room. A package keeps the hash of everything that it rests on, each
with what it was shown with; once one of them is no longer among those of the day, it stands no
more. While the database's own states say that nothing changed, nothing is asked again.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.oversight.redactions.models import Redaction
from discussion.reach.packages.models import DataPackage
from discussion.reach.packages.queries.tables import all_tables
from discussion.reach.packages.queries.tabling import Reading, reading_of
from discussion.states.queries import state_of

WIDTH = 8  # bytes of a hash: among a million, two are alike by chance once in 40 million
_KEPT = 200  # packages of which the last answer is remembered
_KEEPING = Lock()


def read_states(session: Session, series_id: int) -> list[int]:
    """Of the site, the series and all within it: others after every change of what pages show."""
    row = session.execute(
        select(
            state_of("site"),
            *(state_of(scope, series_id) for scope in ("series", "within", "replies")),
        )
    ).one()
    return [int(one) for one in row]


def hash_marks(reading: Reading) -> bytes:
    """The hashes of everything that may be taken away, in their order."""
    return b"".join(sorted(_hashes(reading)))


def stands(session: Session, package: DataPackage) -> bool:
    """Whether it may be served now."""
    states = tuple(read_states(session, package.series_id))
    key = (package.public_id, states)
    if any(states) and ([*map(str, states)] == package.states or key in _stood()):
        return True
    if _redacted_since(session, package) or not _all_there(session, package):
        return False
    with _KEEPING:
        _stood()[key] = None
        while len(_stood()) > _KEPT:
            _stood().pop(next(iter(_stood())))
    return True


def is_newest(session: Session, package: DataPackage) -> bool:
    """Whether nothing that pages show has changed since it was read."""
    states = read_states(session, package.series_id)
    return any(states) and [*map(str, states)] == package.states


@lru_cache(maxsize=1)
def _stood() -> dict[tuple[str, tuple[int, ...]], None]:
    return {}


def _all_there(session: Session, package: DataPackage) -> bool:
    reading = reading_of(session, package.series, clock.now())
    kept = package.shown
    asked = {kept[at : at + WIDTH] for at in range(0, len(kept), WIDTH)}
    for one in _hashes(reading):
        asked.discard(one)
    return not asked


def _redacted_since(session: Session, package: DataPackage) -> bool:
    """Words were taken out of something since it was asked for, whatever it was."""
    count = session.scalar(
        select(func.count(Redaction.id))
        .where(Redaction.series_id == package.series_id)
        .where(Redaction.made_at >= package.asked_at)
    )
    return bool(count)


def _hashes(reading: Reading) -> Iterator[bytes]:
    for table in all_tables():
        if table.marks is not None:
            for mark in table.marks(reading):
                yield blake2b(repr(mark).encode(), digest_size=WIDTH).digest()
