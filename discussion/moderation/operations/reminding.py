"""Reminding moderators: once a day of what is past its time, and at once of what cannot wait.

Promised here with ids only; the letter is written when it goes out, from what waits then, and is
not sent when nothing does.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.accounts.queries import viewer_of
from discussion.jobs.models import KeptKey
from discussion.mail.queue import promise_mail
from discussion.moderation.queries.due import list_late, list_moderators
from discussion.series.models import Series

MORNING = timedelta(hours=6)  # a day of letters begins then, and not at midnight
SPOKEN_OF_AFTER = (0, 3, 7, 21)  # days
PAUSE = timedelta(minutes=5)  # between two letters about what is urgent


def remind_moderators(session: Session, now: datetime) -> int:
    """Promise a letter to each moderator for whom something is past its time; for the clock.

    One letter for all of it, no second one the same day, and none that says again what was said:
    an item calls for a letter on the day it is due and after 3, 7 and 21 days, and then it stands
    on the desk only. Returns how many were promised.
    """
    day = clock.day(now - MORNING)
    promised = 0
    for person in list_moderators(session):
        late = list_late(session, viewer_of(session, person, now), now)
        news = _untold(session, [f"late-{person.id}-{name}-{_step(due, day)}"
                                 for name, due in late])  # fmt: skip
        if not news:
            continue
        job = promise_mail(session, template="moderation/due", person_id=person.id, now=now,
                           once_key=f"desk-due-{person.id}@{day}")  # fmt: skip
        if job is not None:
            session.add_all(KeptKey(key=key, kept_at=now) for key in news)
            promised += 1
    return promised


def _step(due: datetime, day: date) -> int:
    """Of the days after which an item is spoken of again, the last that has come."""
    days = (day - clock.day(due - MORNING)).days
    return max((step for step in SPOKEN_OF_AFTER if step <= days), default=0)


def _untold(session: Session, keys: Sequence[str]) -> list[str]:
    told = set(session.scalars(select(KeptKey.key).where(KeptKey.key.in_(keys))))
    return [key for key in keys if key not in told]


def remind_urgent(session: Session, series: Series, now: datetime) -> None:
    """Write to the moderators of a series that something urgent has come; called by its report.

    At once; of several within five minutes the first is told at once and the others together when
    the five minutes are over, unless they are decided by then.
    """
    turn = int(now.timestamp() // PAUSE.total_seconds())
    later = datetime.fromtimestamp((turn + 1) * PAUSE.total_seconds(), now.tzinfo)
    for person in list_moderators(session, series.id):
        key = f"desk-urgent-{series.id}-{person.id}@{turn}"
        first = promise_mail(session, template="moderation/urgent", person_id=person.id,
                             ids={"series": series.id}, now=now, once_key=key)  # fmt: skip
        if first is None:
            promise_mail(session, template="moderation/urgent", person_id=person.id,
                         ids={"series": series.id}, now=now, run_after=later,
                         once_key=f"{key}-more")  # fmt: skip
