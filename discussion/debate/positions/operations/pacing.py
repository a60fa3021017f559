"""What a thread's pace refuses for now: new voices, and responses that come too soon."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.positions.operations.holding import lock_thread_by_id
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.pacing import why_closed, why_slow
from discussion.problems import Invalid, Problem


def refuse_new_voice(session: Session, person_id: int | None, thread: Thread) -> None:
    """Refuse who has no position or response here, while the thread is closed to new voices.

    None is somebody new, as every guest of a round table is.
    """
    if sentence := why_closed(session, person_id, thread):
        raise Invalid([Problem("publish", sentence)])


def refuse_hurry(session: Session, person_id: int, thread: Thread, *, now: datetime) -> None:
    """Refuse a response within the minutes of slow mode.

    The thread is held first, so that of two responses sent at once the second sees the first.
    """
    if not thread.slow_minutes:
        return
    lock_thread_by_id(session, thread.id)
    if sentence := why_slow(session, person_id, thread, now):
        raise Invalid([Problem("publish", sentence)])
