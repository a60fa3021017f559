"""Reminding whoever curates a series of what waits for them in its threads."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.threads.queries.overdue import curated_by, list_curated, list_waits
from discussion.mail.reminding import promise_reminder


def remind_curators(session: Session, now: datetime) -> int:
    """Promise each of them a letter of each kind that has something new; returns how many."""
    curated = list_curated(session)
    return sum(
        promise_reminder(
            session,
            template=template,
            person_id=person_id,
            now=now,
            waits=[(one.name, one.since) for one in curated_by(series_ids, waits)],
        )
        for template, waits in list_waits(session, now).items()
        for person_id, series_ids in curated.items()
    )
