"""How parts of the site stand, kept by whoever finds out: since when, and why not."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.jobs.models import Standing


def note_well(session: Session, name: str, now: datetime) -> Standing:
    """It works."""
    row = _row(session, name, now)
    if not row.is_well:
        row.since = now
    row.is_well, row.at, row.failures, row.waits_until = True, now, 0, None
    session.flush()
    return row


def note_trouble(session: Session, name: str, kind: str, now: datetime) -> Standing:
    """It does not; `kind` says of which kind the error was, without anybody's words."""
    row = _row(session, name, now)
    if row.is_well:
        row.since = now
    row.is_well, row.at, row.kind, row.failures = False, now, kind[:60], row.failures + 1
    session.flush()
    return row


def _row(session: Session, name: str, now: datetime) -> Standing:
    row = session.get(Standing, name, with_for_update=True)
    if row is None:
        row = Standing(name=name, is_well=True, since=now, at=now, kind="", failures=0)
        if not add_unless_there(session, row):  # another worker has just found out
            row = session.get_one(Standing, name, with_for_update=True)
    return row
