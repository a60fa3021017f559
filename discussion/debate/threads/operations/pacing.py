"""Slowing a thread down, and closing it for a while to new voices or to everybody."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.drafts_arranging import problems_in_closing, problems_in_pace
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.queries.pacing import list_lapsed, slow_in_words
from discussion.debate.threads.words_arranging import CLOSING
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused


def slow_thread(
    session: Session, actor: Viewer, thread: Thread, minutes: int | None, *, now: datetime
) -> Thread:
    """Let each person respond once in so many minutes; 0 ends it. Raises Invalid and Refused."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    if problems := problems_in_pace(minutes):
        raise Invalid(problems)
    assert minutes is not None
    if thread.slow_minutes == minutes:
        raise Refused(_("It is set like this already."))
    thread.slow_minutes = minutes
    thread.changed_at = now
    action = "slow" if minutes else "unslow"
    record(session, actor, thread, action, why=slow_in_words(minutes), now=now, minutes=minutes)
    return thread


def close_to(
    session: Session,
    actor: Viewer,
    thread: Thread,
    to: str,
    *,
    until: date | None,
    why: str,
    now: datetime,
) -> Thread:
    """Close a thread to new voices or to everybody, or open it again; raises Invalid and Refused.

    On the day `until` it opens by itself; without one, when a moderator opens it.
    """
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    if problems := problems_in_closing(to, until, why, clock.day(now)):
        raise Invalid(problems)
    if not to and not thread.closed_to:
        raise Refused(_("It is open to everybody already."))
    thread.closed_to = to
    thread.closed_until = until if to else None
    thread.changed_at = now
    record(
        session, actor, thread, CLOSING[to], why=why, now=now, until=str(thread.closed_until or "")
    )
    return thread


def open_lapsed_threads(session: Session, now: datetime) -> int:
    """Open what was closed until today; the decision that closed it said so. Returns how many."""
    threads = list_lapsed(session, clock.day(now))
    for thread in threads:
        thread.closed_to, thread.closed_until = "", None
        thread.changed_at = now
    session.flush()
    return len(threads)
