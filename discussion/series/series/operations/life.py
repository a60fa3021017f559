"""A series' life: draft, open, closed, archived, and open again."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.language import _
from discussion.permissions.facts import OVER_STATUSES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.series.models import Series
from discussion.series.series.operations.higher import ON_OVER
from discussion.series.series.operations.record import lock_series, record
from discussion.series.series.queries.readiness import missing_to_open
from discussion.series.series.words import MOVES


def move_series(
    session: Session, actor: Viewer, series: Series, act: str, *, now: datetime
) -> None:
    """Open, close, archive or reopen a series; opening lists everything that is missing."""
    require(actor, May.CONVENE, series)
    lock_series(session, series)
    starts, ends = MOVES.get(act, ((), ""))
    if series.status not in starts:
        raise Refused(_("The series cannot move there from where it is now."))
    missing = missing_to_open(session, series) if ends == "open" else []
    if missing:
        raise Refused(*missing)
    before = series.status
    enter_status(session, series, ends, actor.person_id, now)
    series.end_asked_for = None  # of a last day that has passed conveners are asked afresh
    record(session, actor, series, f"{act}_series", now=now, before=before, after=ends)


def enter_status(
    session: Session, series: Series, status: str, by_id: int | None, now: datetime
) -> None:
    """Move, and with the end of a series end what rooms above hold in it. Asks no right."""
    series.status = status
    session.flush()
    if status in OVER_STATUSES:
        for end in ON_OVER:
            end(session, series, by_id, now)
