"""How the site stands: its worker, mail, other work, disk and backups, each with since when.

Numbers, moments and kinds of errors alone: nobody's name or address, and nothing that was written.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from discussion.config import Settings
from discussion.jobs.models import Heartbeat, Job, Standing
from discussion.registers import Only

SILENCE = timedelta(minutes=2)
LATE = timedelta(minutes=15)
LITTLE_SPACE = 500 * 2**20
MAIL, DISK, BACKUPS, MAIL_TASK = "mail", "disk", "backups", "mail.send"
FINDINGS = "findings"  # of one thread by its id: findings:7


# When the first person came, since when there was something to back up.
FIRST_CAME: Only[Callable[[Session], datetime | None]] = Only("when the first person came")


@dataclass(frozen=True)
class Part:
    """One part of the site: how it is, since when, and its numbers."""

    state: str  # ok, or in a word or two what is wrong
    since: datetime | None = None  # when that began; None when nobody saw it
    numbers: Mapping[str, float] = field(default_factory=dict)
    kind: str = ""  # of the last error

    @property
    def is_well(self) -> bool:
        return self.state in ("ok", "not watched")


def how_it_stands(session: Session, settings: Settings, now: datetime) -> dict[str, Part]:
    """Every part that the process itself cannot see to."""
    return {
        "worker": _worker(session, now),
        "mail": _mail(session, now),
        "work": _work(session, now),
        FINDINGS: _findings(session),
        "disk": _disk(session, settings, now),
        "backups": _backups(session, settings, now),
    }


def _worker(session: Session, now: datetime) -> Part:
    last = session.scalar(select(func.max(Heartbeat.at)))
    if last is None:
        return Part("never seen")
    numbers = {"seconds_since_heartbeat": (now - last).total_seconds()}
    return Part("ok" if now - last < SILENCE else "silent", last, numbers)


def _mail(session: Session, now: datetime) -> Part:
    waiting, oldest, given_up = _jobs(session, Job.name == MAIL_TASK, now)
    row = session.get(Standing, MAIL)
    numbers = {"waiting": waiting, "given_up": given_up} | _age("oldest", oldest, now)
    kind = row.kind if row else ""
    if row is not None and not row.is_well:
        return Part("failing", row.since, numbers, kind)
    if oldest is not None and oldest < now - LATE:
        return Part("late", oldest, numbers, kind)
    return Part("ok", row.since if row else None, numbers, kind)


def _work(session: Session, now: datetime) -> Part:
    waiting, oldest, given_up = _jobs(session, Job.name != MAIL_TASK, now)
    numbers = {"waiting": waiting, "given_up": given_up} | _age("oldest", oldest, now)
    is_late = oldest is not None and oldest < now - LATE
    return Part("late" if is_late else "ok", oldest if is_late else None, numbers)


def is_failing_part(name: str) -> ColumnElement[bool]:
    """Of standings: those of this name, one for each thread or the like, that are not well."""
    return and_(Standing.name.startswith(f"{name}:"), Standing.is_well.is_(False))


def _findings(session: Session) -> Part:
    """Since when the first of those that fail does, and of which kind the newest error was."""
    rows = session.scalars(select(Standing).where(is_failing_part(FINDINGS))).all()
    if not rows:
        return Part("ok", None, {"failing": 0})
    newest = max(rows, key=lambda row: row.at)
    return Part("failing", min(row.since for row in rows), {"failing": len(rows)}, newest.kind)


def _disk(session: Session, settings: Settings, now: datetime) -> Part:
    row = session.get(Standing, DISK)
    state = state_of_disk(settings)
    agrees = row is not None and row.is_well == (state == "ok")
    try:
        free = shutil.disk_usage(settings.data_dir).free
    except OSError:
        return Part(state, now)
    return Part(state, row.since if row and agrees else now, {"free_bytes": free})


def _backups(session: Session, settings: Settings, now: datetime) -> Part:
    if settings.backup_days == 0:
        return Part("not watched")
    row = session.get(Standing, BACKUPS)
    if row is None:
        began = FIRST_CAME()(session)
        is_new = began is None or began > now - timedelta(days=settings.backup_days)
        return Part("ok" if is_new else "never made", began)
    is_old = row.at < now - timedelta(days=settings.backup_days)
    return Part("old" if is_old else "ok", row.at, _age("last", row.at, now))


def state_of_disk(settings: Settings) -> str:
    """ "ok", "little space" or "no data folder", of the folder that holds the site’s files."""
    try:
        free = shutil.disk_usage(settings.data_dir).free
    except OSError:
        return "no data folder"
    return "ok" if free >= LITTLE_SPACE else "little space"


def _jobs(
    session: Session, which: ColumnElement[bool], now: datetime
) -> tuple[int, datetime | None, int]:
    """How many are late or were put off, since when the oldest, and how many were given up."""
    was_tried = Job.error != ""
    asked = (
        select(
            func.count(),
            func.min(case((was_tried, Job.created_at), else_=Job.run_after)),
        )
        .where(which, Job.done_at.is_(None), Job.failed_at.is_(None))
        .where((Job.run_after <= now) | was_tried)
    )
    waiting, oldest = session.execute(asked).one()
    given_up = session.scalar(select(func.count()).where(which, Job.failed_at.is_not(None)))
    return waiting, oldest, given_up or 0


def _age(name: str, at: datetime | None, now: datetime) -> dict[str, float]:
    return {f"{name}_seconds": (now - at).total_seconds()} if at else {}
