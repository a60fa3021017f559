"""Pairs of threads that are worth reading beside each other."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.db import add_unless_there
from discussion.debate.threads.drafts_arranging import problems_in_relation
from discussion.debate.threads.models import RelatedThread, Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.words_arranging import MAX_RELATED
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.problems import Invalid, Refused


def relate_threads(
    session: Session, actor: Viewer, thread: Thread, other: Thread, *, why: str, now: datetime
) -> RelatedThread:
    """Say on both threads that the other is worth reading, and why; raises Refused and Invalid.

    It stands on both, so the actor curates both.
    """
    require(actor, May.CURATE_THREAD, thread)
    require(actor, May.CURATE_THREAD, other)
    if thread.id == other.id:
        raise Refused(_("Choose another thread than this one."))
    for each in sorted((thread, other), key=lambda row: row.id):
        lock_thread(session, each)
    if _pair(session, thread, other) is not None:
        raise Refused(_("These two threads are related already."))
    for each in (thread, other):
        _refuse_too_many(session, each)
    if problems := problems_in_relation(why):
        raise Invalid(problems)
    row = RelatedThread(thread_id=thread.id, other_id=other.id, why=text.line(why))
    if not add_unless_there(session, row):
        raise Refused(_("These two threads are related already."))
    _record(session, actor, (thread, other), "relate", row, now)
    return row


def unrelate_threads(
    session: Session, actor: Viewer, thread: Thread, related_id: int, *, now: datetime
) -> None:
    """Take the pair apart; raises Refused when somebody has done it."""
    require(actor, May.CURATE_THREAD, thread)
    row = session.scalar(
        select(RelatedThread)
        .where(RelatedThread.id == related_id)
        .where(or_(RelatedThread.thread_id == thread.id, RelatedThread.other_id == thread.id))
        .with_for_update()
    )
    if row is None:
        raise Refused(_("These threads are no longer related."))
    pair = (session.get_one(Thread, row.thread_id), session.get_one(Thread, row.other_id))
    session.delete(row)
    session.flush()
    _record(session, actor, pair, "unrelate", row, now)


def _pair(session: Session, thread: Thread, other: Thread) -> RelatedThread | None:
    ids = (thread.id, other.id)
    return session.scalar(
        select(RelatedThread)
        .where(RelatedThread.thread_id.in_(ids))
        .where(RelatedThread.other_id.in_(ids))
    )


def _refuse_too_many(session: Session, thread: Thread) -> None:
    count = session.scalar(
        select(func.count())
        .select_from(RelatedThread)
        .where(or_(RelatedThread.thread_id == thread.id, RelatedThread.other_id == thread.id))
    )
    if (count or 0) >= MAX_RELATED:
        raise Refused(
            _(
                "“%(question)s” has %(most)s related threads, which is the most. Remove one first.",
                question=thread.question,
                most=MAX_RELATED,
            )
        )


def _record(
    session: Session,
    actor: Viewer,
    pair: tuple[Thread, Thread],
    action: str,
    row: RelatedThread,
    now: datetime,
) -> None:
    """In the record of each that the actor curates, since it changed what stands on both."""
    for thread, other in (pair, pair[::-1]):
        thread.changed_at = now
        if allowed(actor, May.CURATE_THREAD, thread):
            record(session, actor, thread, action, why=row.why, now=now, other=other.public_id)
