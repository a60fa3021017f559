"""Looking at an outcome again when its day has come, and letting a move by date happen."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.drafts_arranging import problems_in_look
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.queries.higher import find_rounds
from discussion.debate.threads.queries.needs import missing_for, next_move
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused


def look_again(
    session: Session,
    actor: Viewer,
    thread: Thread,
    *,
    review_on: date | None,
    why: str,
    now: datetime,
) -> Thread:
    """Keep the outcome of a closed thread until another day; raises Invalid and Refused."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    if thread.stage != "closed":
        raise Refused(_("Only the outcome of a closed thread can be reviewed."))
    if problems := problems_in_look(review_on, why, clock.day(now)):
        raise Invalid(problems)
    before, thread.review_on = thread.review_on, review_on
    thread.changed_at = now
    record(
        session,
        actor,
        thread,
        "look_again",
        why=why,
        now=now,
        before=str(before),
        review_on=str(review_on),
    )
    return thread


def let_move(session: Session, actor: Viewer, thread: Thread, *, now: datetime) -> Thread:
    """Say that a thread may move on its day, so that it no longer waits on the desk."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    to, day = next_move(thread)
    if day is None:
        raise Refused(_("This thread does not move by a date."))
    if missing_for(thread, to, find_rounds(session, [thread.id], now)):
        raise Refused(_("It cannot move yet: see what is missing."))
    record(session, actor, thread, "let_move", now=now, to=to, on=str(day))
    return thread
