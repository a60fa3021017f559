"""Telling members something, stopping it, and promising conveners how their series went."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.audit.operations import append_event
from discussion.jobs.queue import enqueue
from discussion.language import _, in_words
from discussion.mail.queue import promise_mail
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.reach.announcements.drafts import AnnouncementDraft
from discussion.reach.announcements.models import Announcement
from discussion.reach.announcements.queries.page import list_conveners, list_members, next_on
from discussion.reach.announcements.words import AT_A_TIME, SAID, WEEK
from discussion.series.series.models import Series

SPREAD = "announcements.spread"
MORNING = 7  # o'clock


def announce(
    session: Session, actor: Viewer, series: Series, draft: AnnouncementDraft, *, now: datetime
) -> Announcement:
    """Write to every member; raises Refused where the last time is not long ago."""
    require(actor, May.CONVENE, series)
    if series.status != "open":
        raise Refused(_("Members are written to while the series is open."))
    session.execute(select(Series.id).where(Series.id == series.id).with_for_update())
    if (day := next_on(session, series, now)) is not None:
        raise Refused(_("You can write to all members again on %(day)s.", day=in_words(day)))
    row = Announcement(
        series_id=series.id,
        title=draft.title,
        text=draft.text,
        language=series.language,
        written_by_id=actor.person_id,
        made_at=now,
    )
    session.add(row)
    session.flush()
    append_event(
        session,
        series_id=series.id,
        actor_id=actor.person_id,
        verb="announce",
        subject=("announcement", row.public_id),
        now=now,
    )
    enqueue(session, SPREAD, {"announcement": row.id, "after": 0}, now=now)
    return row


def stop_announcement(session: Session, actor: Viewer, row: Announcement, *, now: datetime) -> None:
    """Send no more of its letters; those that went are out of the house."""
    require(actor, May.CONVENE, row.series)
    if row.stopped_at is None:
        row.stopped_at = now
        session.flush()
        append_event(
            session,
            series_id=row.series_id,
            actor_id=actor.person_id,
            verb="stop_announcement",
            subject=("announcement", row.public_id),
            now=now,
        )


def spread(session: Session, announcement_id: int, after: int, *, now: datetime) -> None:
    """Promise the letters of some members, and the work for those after them.

    Asks no right: it follows from the announcement.
    """
    row = session.get(Announcement, announcement_id)
    if row is None or row.stopped_at is not None:
        return
    members = list_members(session, row.series_id, after, AT_A_TIME)
    for person_id in members:
        if person_id != row.written_by_id:
            promise_mail(
                session,
                template=SAID,
                person_id=person_id,
                ids={"announcement": row.id},
                now=now,
                once_key=f"{SAID}-{row.id}-{person_id}",
            )
    if len(members) == AT_A_TIME:
        enqueue(session, SPREAD, {"announcement": row.id, "after": members[-1]}, now=now)


def promise_weeks(session: Session, *, now: datetime) -> int:
    """On Mondays, a letter to each convener of an open series; returns how many were promised.

    Asks no right: the site does it by itself, and after a missed Monday on the next day it can.
    """
    here = clock.here(now)
    monday = clock.day(now) - timedelta(days=here.weekday())
    if here.hour < MORNING:
        return 0
    promised = 0
    for person_id, series_id in list_conveners(session):
        job = promise_mail(
            session,
            template=WEEK,
            person_id=person_id,
            ids={"series": series_id, "until": monday.isoformat()},
            now=now,
            once_key=f"{WEEK}-{series_id}-{person_id}@{monday}",
        )
        promised += job is not None
    return promised
