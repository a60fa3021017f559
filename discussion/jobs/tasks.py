"""The outbox tidies up after itself."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from discussion.jobs.models import Heartbeat, Job, KeptKey
from discussion.jobs.queries import DISK, state_of_disk
from discussion.jobs.registry import Payload
from discussion.jobs.standings import note_trouble, note_well
from discussion.web.site import site

KEPT_FOR = timedelta(days=30)
LOOKED_AT = 1_000  # rows of each index: what SQLite itself advises
FORGOTTEN_AFTER = timedelta(days=1)
TOO_LATE = "Nobody did it for thirty days"


def tidy(session: Session, _payload: Payload, now: datetime) -> None:
    """Forget jobs that ended a month ago, and the heartbeats of workers that are gone.

    What has waited for a month is given up: a letter that old would speak of a past moment.
    """
    long_ago = now - KEPT_FOR
    ended = (Job.done_at < long_ago) | (Job.failed_at < long_ago)
    keys = session.scalars(
        select(Job.once_key).where(ended, Job.once_key.is_not(None), ~Job.once_key.contains("@"))
    ).all()
    session.execute(delete(Job).where(ended))
    session.add_all(KeptKey(key=key, kept_at=now) for key in keys)
    session.execute(
        update(Job)
        .where(Job.done_at.is_(None), Job.failed_at.is_(None), Job.claimed_at.is_(None))
        .where(Job.run_after < long_ago)
        .values(failed_at=now, error=TOO_LATE)
    )
    session.execute(delete(Heartbeat).where(Heartbeat.at < now - FORGOTTEN_AFTER))


def survey(session: Session, _payload: Payload, _now: datetime) -> None:
    """Let SQLite see how large its tables have become, or it takes the wrong ways through them.

    It looks at so many rows of each index and no more, so nobody waits for it longer on a large
    site. PostgreSQL does it by itself.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA analysis_limit={LOOKED_AT}"))
        session.execute(text("ANALYZE"))


def watch(session: Session, _payload: Payload, now: datetime) -> None:
    """Note since when the disk has been as it is."""
    state = state_of_disk(site().settings)
    if state == "ok":
        note_well(session, DISK, now)
    else:
        note_trouble(session, DISK, state, now)


TASKS = {"jobs.tidy": tidy, "jobs.watch": watch, "jobs.survey": survey}
PERIODIC = {
    "jobs.tidy": timedelta(hours=6),
    "jobs.watch": timedelta(minutes=10),
    "jobs.survey": timedelta(days=1),
}
