"""Reminders: of each kind one letter for all that waits, which comes less and less often.

What waits calls for a letter on the day it is due and after 3, 7 and 21 days; then it stands on
the desk only. The letter is written when it goes out, from all that waits then, so its template is
one of the `SUMMARIES` of its room: none follows where one went meanwhile.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.models import KeptKey
from discussion.mail.queue import promise_mail

MORNING = timedelta(hours=6)  # a day of letters begins then, and not at midnight
SPOKEN_OF_AFTER = (0, 3, 7, 21)  # days


def promise_reminder(
    session: Session,
    *,
    template: str,
    person_id: int,
    waits: Iterable[tuple[str, date]],
    now: datetime,
    after: Sequence[int] = SPOKEN_OF_AFTER,
) -> bool:
    """Promise a letter if something waits that it has not said yet; never two on one day.

    Each thing by a name of its own, which no other thing of this kind ever has, and the day on
    which it is due; `after` says on which days from then it is spoken of.
    """
    today = day_of_letters(now)
    keys = [
        f"{template}-{person_id}-{name}-{max(steps)}"
        for name, due in waits
        if (steps := [step for step in after if step <= (today - due).days])
    ]
    told = set(session.scalars(select(KeptKey.key).where(KeptKey.key.in_(keys))))
    news = [key for key in keys if key not in told]
    if not news:
        return False
    job = promise_mail(
        session,
        template=template,
        person_id=person_id,
        now=now,
        once_key=f"{template}-{person_id}@{today}",
    )
    if job is None:
        return False
    session.add_all(KeptKey(key=key, kept_at=now) for key in news)
    session.flush()
    return True


def day_of_letters(moment: datetime) -> date:
    """The day to which a letter of this moment belongs."""
    return clock.day(moment - MORNING)
