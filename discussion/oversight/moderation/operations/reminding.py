"""Reminding moderators of what is past its time, and at once of what cannot wait.

Promised here with ids only; the letter is written when it goes out, from what waits then, and is
not sent when nothing does.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.queue import is_promised
from discussion.mail.queue import promise_mail
from discussion.mail.reminding import day_of_letters, promise_reminder
from discussion.oversight.moderation.queries.due import ALL, find_due, list_late, list_moderators
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.series.series.models import Series

MORNING_BEGINS, MORNING_ENDS = 6, 12  # o'clock
PAUSE = timedelta(minutes=5)  # between two letters about what is urgent


def remind_moderators(session: Session, now: datetime) -> int:
    """Promise a letter to each moderator for whom something is past its time; for the clock.

    Returns how many were promised.
    """
    promised = 0
    for person in list_moderators(session):
        late = list_late(session, viewer_of(session, person, now), now)
        waits = [(name, day_of_letters(due)) for name, due in late]
        promised += promise_reminder(
            session, template="moderation/due", person_id=person.id, waits=waits, now=now
        )
    return promised


def promise_daily(session: Session, now: datetime) -> int:
    """Promise a letter of all that waits to each moderator for whom something does; for the clock.

    Once, in the morning, so that its hour does not tell when something came; none on a day on which
    they are reminded of what is past its time. Returns how many were promised.
    """
    today, promised = day_of_letters(now), 0
    if not MORNING_BEGINS <= clock.here(now).hour < MORNING_ENDS:
        return 0
    for person in list_moderators(session):
        if is_promised(session, f"moderation/due-{person.id}@{today}"):
            continue
        if find_due(session, viewer_of(session, person, now), now, which=ALL) is None:
            continue
        job = promise_mail(
            session,
            template="moderation/waits",
            person_id=person.id,
            now=now,
            once_key=f"moderation/waits-{person.id}@{today}",
        )
        promised += job is not None
    return promised


def remind_urgent(session: Session, series: Series, now: datetime) -> None:
    """Write to the moderators of a series that something urgent has come; called by its report.

    At once; of several within five minutes the first is told at once and the others together when
    the five minutes are over, unless they are decided by then.
    """
    turn = int(now.timestamp() // PAUSE.total_seconds())
    later = datetime.fromtimestamp((turn + 1) * PAUSE.total_seconds(), now.tzinfo)
    for person in list_moderators(session, series.id):
        key = f"desk-urgent-{series.id}-{person.id}@{turn}"
        first = promise_mail(
            session,
            template="moderation/urgent",
            person_id=person.id,
            ids={"series": series.id},
            now=now,
            once_key=key,
        )
        if first is None:
            promise_mail(
                session,
                template="moderation/urgent",
                person_id=person.id,
                ids={"series": series.id},
                now=now,
                run_after=later,
                once_key=f"{key}-more",
            )
